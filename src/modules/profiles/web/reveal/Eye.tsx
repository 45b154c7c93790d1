import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { useCan } from '#web/session.ts'
import { revealWords } from './reveal-words.ts'
import './reveal.css'

type Props = {
  /** What is masked, as it is called on screen. */
  what: string
  /** Asks for the full value and shows it; says itself what went wrong. */
  reveal: () => Promise<void>
}

/** Behind something masked: asks for the whole of it, which is noted; closed for who may not see it. */
export function Eye({ what, reveal }: Props) {
  const t = useWords(revealWords)
  const can = useCan()
  const [busy, setBusy] = useState(false)
  if (!can('people:unmask'))
    return (
      <Tooltip title={t('hidden')}>
        <EyeInvisibleOutlined className="reveal-closed" role="img" aria-label={t('hidden')} />
      </Tooltip>
    )
  return (
    <Tooltip title={t('why')}>
      <Button
        type="text"
        size="small"
        className="reveal-eye"
        loading={busy}
        icon={<EyeOutlined aria-hidden="true" />}
        aria-label={t('show', { what })}
        onClick={(event) => {
          event.stopPropagation()
          setBusy(true)
          void reveal().finally(() => setBusy(false))
        }}
      />
    </Tooltip>
  )
}
