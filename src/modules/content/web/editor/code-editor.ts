import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { xml } from '@codemirror/lang-xml'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorState, StateEffect, StateField } from '@codemirror/state'
import { Decoration, drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const mark = StateEffect.define<readonly number[]>()
const marked = StateField.define({
  create: () => Decoration.none,
  update: (marks, { changes, effects, state }) => {
    const asked = effects.find((effect) => effect.is(mark))
    if (!asked) return marks.map(changes)
    const lines = [...new Set(asked.value as readonly number[])]
      .filter((line) => line >= 1 && line <= state.doc.lines)
      .toSorted((a, b) => a - b)
    const bad = Decoration.line({ class: 'content-bad-line' })
    return Decoration.set(lines.map((line) => bad.range(state.doc.line(line).from)))
  },
  provide: (field) => EditorView.decorations.from(field),
})

const colours = HighlightStyle.define([
  { tag: [tags.tagName, tags.angleBracket], color: 'var(--link)' },
  { tag: tags.attributeName, color: 'var(--warning)' },
  { tag: tags.attributeValue, color: 'var(--success)' },
  { tag: tags.comment, color: 'var(--muted)', fontStyle: 'italic' },
])

/** MJML or HTML; loaded when it is first shown. */
export function openCode(
  parent: HTMLElement,
  text: string,
  { label, readOnly }: { label: string; readOnly: boolean },
  onChange: (text: string) => void,
) {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        EditorView.lineWrapping,
        EditorState.readOnly.of(readOnly),
        xml(),
        syntaxHighlighting(colours),
        marked,
        // Tab leaves the editor: whoever works by keyboard must get out.
        keymap.of([...defaultKeymap, ...historyKeymap]),
        EditorView.contentAttributes.of({ 'aria-label': label }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) onChange(state.doc.toString())
        }),
      ],
    }),
  })
  return {
    setText: (next: string) => {
      if (view.state.doc.toString() === next) return
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } })
    },
    markLines: (lines: readonly number[]) => view.dispatch({ effects: mark.of(lines) }),
    close: () => view.destroy(),
  }
}
export type OpenCode = ReturnType<typeof openCode>
