import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { use, useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { useCan } from '#web/session.ts'
import type { Profile } from '../../contract.ts'
import { RevealContext } from './reveal-store.ts'
import { revealWords } from './reveal-words.ts'
import './reveal.css'

type Props = {
  person: Pick<Profile, 'id' | 'masked'>
  /** Name of an attribute, kind of an identifier, or `name`. */
  field: string
  /** What it is called on screen. */
  what: string
}

/** The eye behind a masked value: shows the full one in this view. Nothing where the value is whole. */
export function RevealEye({ person, field, what }: Props) {
  const t = useWords(revealWords)
  const can = useCan()
  const { reveal } = use(RevealContext)
  const [busy, setBusy] = useState(false)
  if (!person.masked.includes(field)) return null
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
          void reveal(person.id, field).finally(() => setBusy(false))
        }}
      />
    </Tooltip>
  )
}
