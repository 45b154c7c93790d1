import { Skeleton } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import type { Fault } from '../../contract/template.ts'
import { contentWords } from '../content-words.ts'
import type { OpenCode } from './code-editor.ts'

type Props = {
  text: string
  faults: readonly Fault[]
  readOnly: boolean
  note: string
  onChange: (text: string) => void
}

/** The MJML itself, with the lines that something is said about marked. */
export function CodeView({ text, faults, readOnly, note, onChange }: Props) {
  const t = useWords(contentWords)
  const box = useRef<HTMLDivElement>(null)
  const latest = useRef({ text, onChange })
  latest.current = { text, onChange }
  const [editor, setEditor] = useState<OpenCode>()
  const label = t('codeEditor')
  useEffect(() => {
    let here = true
    let opened: OpenCode | undefined
    void import('./code-editor.ts').then(({ openCode }) => {
      if (!here || !box.current) return
      opened = openCode(box.current, latest.current.text, { label, readOnly }, (next) =>
        latest.current.onChange(next),
      )
      setEditor(opened)
    })
    return () => {
      here = false
      opened?.close()
      setEditor(undefined)
    }
  }, [label, readOnly])
  useEffect(() => editor?.setText(text), [editor, text])
  useEffect(
    () => editor?.markLines(faults.flatMap(({ line }) => (line === null ? [] : [line]))),
    [editor, faults],
  )
  return (
    <div className="content-code">
      <p className="hw-fine">{note}</p>
      {!editor && <Skeleton.Node active style={{ width: '100%', height: 240 }} />}
      <div ref={box} className="content-code-box" />
    </div>
  )
}
