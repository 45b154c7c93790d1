import { CheckOutlined, CopyOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { useEffect, useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { uiWords } from '#ui/ui-words.ts'

/** Text with a copy button. `shown` may be shorter than what is copied. */
export function CopyText({ text, shown, mono = true }: { text: string; shown?: string; mono?: boolean }) {
  return (
    <span className="hw-copy">
      <span className={mono ? 'hw-mono' : undefined}>{shown ?? text}</span>
      <CopyButton text={text} />
    </span>
  )
}

export function CopyButton({ text, label }: { text: string; label?: string }) {
  const t = useWords(uiWords)
  const [done, setDone] = useState(false)
  useEffect(() => {
    if (!done) return
    const timer = setTimeout(() => setDone(false), 1500)
    return () => clearTimeout(timer)
  }, [done])
  const name = done ? t('copied') : (label ?? t('copy'))
  return (
    <Tooltip title={name}>
      <Button
        size="small"
        type="text"
        className="hw-copy-button"
        aria-label={name}
        icon={
          done ? (
            <CheckOutlined style={{ color: 'var(--success)' }} aria-hidden="true" />
          ) : (
            <CopyOutlined aria-hidden="true" />
          )
        }
        onClick={(event) => {
          event.stopPropagation()
          void copyText(text).then(() => setDone(true))
        }}
      />
    </Tooltip>
  )
}

/** The clipboard API exists only on https and localhost; a plain intranet address needs the old way. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}
