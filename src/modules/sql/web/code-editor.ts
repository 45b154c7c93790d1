import { autocompletion, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { SQLDialect, sql } from '@codemirror/lang-sql'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { Compartment, EditorState, StateEffect, StateField } from '@codemirror/state'
import { Decoration, drawSelection, EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import type { Catalogue } from '../contract.ts'
import { completionsOf } from './completions.ts'

type Span = { from: number; to: number }
type Events = { onChange(text: string): void; onRun(): void; onCancel(): void }

const keywords =
  'select from where prewhere group by having order limit offset union all distinct join inner left right full cross any semi anti asof on using array with as and or not in is between like ilike case when then else end cast interval asc desc nulls first last over partition rows range window totals rollup cube filter exists'

const mark = StateEffect.define<Span | undefined>()
const fault = StateField.define({
  create: () => Decoration.none,
  update: (marks, { changes, effects, docChanged }) => {
    for (const effect of effects)
      if (effect.is(mark))
        return effect.value === undefined
          ? Decoration.none
          : Decoration.set(Decoration.mark({ class: 'sql-fault' }).range(effect.value.from, effect.value.to))
    return docChanged ? marks.map(changes) : marks
  },
  provide: (field) => EditorView.decorations.from(field),
})

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: 'var(--link)', fontWeight: '500' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--success)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--warning)' },
  { tag: [tags.lineComment, tags.blockComment], color: 'var(--muted)', fontStyle: 'italic' },
])

const done = (act: () => void): true => {
  act()
  return true
}

/** The editor; loaded when the page is opened, because it is as large as the page. */
export function openEditor(parent: HTMLElement, text: string, label: string, events: Events) {
  const words = new Compartment()
  const dialect = SQLDialect.define({
    keywords,
    doubleDollarQuotedStrings: false,
    doubleQuotedStrings: false,
    backslashEscapes: true,
    hashComments: false,
    slashComments: false,
    identifierQuotes: '`"',
  })
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        EditorView.lineWrapping,
        sql({ dialect, upperCaseKeywords: true }),
        syntaxHighlighting(colours),
        fault,
        words.of([]),
        autocompletion({ icons: false }),
        placeholder('SELECT …'),
        keymap.of([
          { key: 'Mod-Enter', run: () => done(events.onRun), preventDefault: true },
          ...completionKeymap,
          { key: 'Escape', run: () => done(events.onCancel) },
          // Tab leaves the editor: whoever works by keyboard must get out.
          ...defaultKeymap,
          ...historyKeymap,
        ]),
        EditorView.contentAttributes.of({ 'aria-label': label }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) events.onChange(state.doc.toString())
        }),
      ],
    }),
  })
  return {
    setText: (next: string) => {
      if (view.state.doc.toString() === next) return
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } })
    },
    insert: (piece: string) => {
      view.dispatch(view.state.replaceSelection(piece))
      view.focus()
    },
    /** Marks a place, or none. */
    markFault: (span: Span | undefined) => {
      const end = view.state.doc.length
      const from = span ? Math.min(span.from, Math.max(0, end - 1)) : 0
      const isThere = span !== undefined && end > 0
      const to = isThere ? Math.min(Math.max(span.to, from + 1), end) : 0
      view.dispatch({ effects: mark.of(isThere ? { from, to } : undefined) })
    },
    complete: (catalogue: Catalogue) => {
      view.dispatch({
        effects: words.reconfigure(
          EditorState.languageData.of(() => [{ autocomplete: completionsOf(catalogue) }]),
        ),
      })
    },
    focus: () => view.focus(),
    close: () => view.destroy(),
  }
}

export type OpenEditor = ReturnType<typeof openEditor>
