import { Skeleton } from 'antd'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import type { Catalogue } from '../contract.ts'
import type { OpenEditor } from './code-editor.ts'
import { sqlWords } from './sql-words.ts'

type Props = {
  text: string
  fault: { from: number; to: number } | undefined
  catalogue: Catalogue | undefined
  onChange: (text: string) => void
  onRun: () => void
  onCancel: () => void
  /** What else on the page writes into it. */
  handle: RefObject<OpenEditor | undefined>
}

/** The text of the query. Ctrl or ⌘ + Enter runs it, Esc cancels. */
export function SqlEditor({ text, fault, catalogue, handle, ...events }: Props) {
  const t = useWords(sqlWords)
  const box = useRef<HTMLDivElement>(null)
  const latest = useRef({ ...events, text })
  latest.current = { ...events, text }
  const [editor, setEditor] = useState<OpenEditor>()
  const label = t('editor')
  useEffect(() => {
    let here = true
    let opened: OpenEditor | undefined
    void import('./code-editor.ts').then(({ openEditor }) => {
      if (!here || !box.current) return
      opened = openEditor(box.current, latest.current.text, label, {
        onChange: (next) => latest.current.onChange(next),
        onRun: () => latest.current.onRun(),
        onCancel: () => latest.current.onCancel(),
      })
      handle.current = opened
      setEditor(opened)
    })
    return () => {
      here = false
      opened?.close()
      handle.current = undefined
      setEditor(undefined)
    }
  }, [label, handle])
  useEffect(() => editor?.setText(text), [editor, text])
  useEffect(() => editor?.markFault(fault), [editor, fault])
  useEffect(() => {
    if (catalogue) editor?.complete(catalogue)
  }, [editor, catalogue])
  return (
    <div className="sql-editor">
      {!editor && (
        <Skeleton.Node active style={{ width: '100%', height: 160 }} aria-label={t('editorLoading')} />
      )}
      <div ref={box} />
    </div>
  )
}
