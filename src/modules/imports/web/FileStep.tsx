import { InboxOutlined } from '@ant-design/icons'
import { Spin } from 'antd'
import { type DragEvent, useState } from 'react'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import type { Preview } from '../contract.ts'
import { importWords } from './import-words.ts'
import { usePreview } from './use-preview.ts'

type Props = { onPreview: (preview: Preview) => void; again: string | undefined }

/** A place to drop a file on, which is also a plain file field for keyboards and screen readers. */
export function FileStep({ onPreview, again }: Props) {
  const t = useWords(importWords)
  const { read, reading, error } = usePreview(onPreview, again)
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    read(event.dataTransfer.files[0])
  }
  return (
    <>
      <label
        className={`import-drop${over ? ' import-drop-over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <input
          type="file"
          className="hw-sr"
          accept=".csv,.tsv,.txt,.xlsx,.ndjson,.jsonl,.json"
          disabled={reading !== undefined}
          onChange={(event) => {
            read(event.target.files?.[0])
            event.target.value = ''
          }}
        />
        {reading === undefined ? <InboxOutlined aria-hidden="true" /> : <Spin />}
        <strong aria-live="polite">
          {reading === undefined
            ? t(again === undefined ? 'drop' : 'dropCorrected')
            : t('reading', { name: reading })}
        </strong>
        <span className="hw-fine">{t('dropHint')}</span>
      </label>
      {error !== undefined && <ErrorState error={error} compact />}
    </>
  )
}
