import { Select } from 'antd'
import { useEffect } from 'react'
import type { ChannelKind } from '#slots/channel-kind.ts'
import { useWords } from '#ui/i18n.ts'
import type { Fault, Template } from '../../contract/template.ts'
import { contentWords } from '../content-words.ts'
import { ColourButton } from './ColourButton.tsx'
import { DataRows } from './DataRows.tsx'
import { Labelled } from './Labelled.tsx'
import { LiquidInput } from './LiquidInput.tsx'
import { PhoneFrame } from './PhoneFrame.tsx'
import { PreviewNotes } from './PreviewNotes.tsx'
import type { Draft } from './use-draft.ts'
import { usePreview } from './use-preview.ts'

type Key = 'text' | 'title' | 'body' | 'image' | 'icon' | 'url' | 'button' | 'templateId' | 'description'
type Field = { key: Key; rows?: number }
const push: Field[] = [{ key: 'title' }, { key: 'body', rows: 3 }, { key: 'image' }, { key: 'url' }]
const fields: Partial<Record<ChannelKind, Field[]>> = {
  sms: [{ key: 'text', rows: 4 }],
  push,
  web_push: [...push, { key: 'icon' }],
  onsite: [{ key: 'title' }, { key: 'text', rows: 3 }, { key: 'image' }, { key: 'button' }, { key: 'url' }],
  webhook: [{ key: 'body', rows: 10 }],
}
const ofWechat: Record<string, Field[]> = {
  template: [{ key: 'templateId' }, { key: 'url' }],
  customer_service: [
    { key: 'text', rows: 4 },
    { key: 'title' },
    { key: 'description', rows: 2 },
    { key: 'image' },
    { key: 'url' },
  ],
}
/** What a body may lack altogether, so that an empty field is none. */
const optional = new Set<Key>(['image', 'icon', 'url', 'button', 'templateId', 'description'])
type Props = {
  template: Template
  draft: Draft
  language: string
  readOnly: boolean
  onFaults: (faults: Fault[]) => void
}

/** Every channel but mail: a form, and beside it the message on a phone as the server renders it. */
export function ChannelForm({ template, draft, language, readOnly, onFaults }: Props) {
  const t = useWords(contentWords)
  const { body, change } = draft
  const { channel } = template
  const preview = usePreview(template, language, body, undefined).data
  useEffect(() => {
    if (preview) onFaults(preview.faults)
  }, [preview, onFaults])
  const kind = String(body.kind ?? 'template')
  const shown = (channel === 'wechat' ? ofWechat[kind] : fields[channel]) ?? []
  const put = (key: Key, value: string) => {
    const { [key]: _old, ...rest } = body
    change(value === '' && optional.has(key) ? rest : { ...rest, [key]: value })
  }
  return (
    <div className="content-split">
      <div className="content-form">
        {channel === 'wechat' && (
          <Choice name="kind" choices={['template', 'customer_service']} draft={draft} readOnly={readOnly} />
        )}
        {channel === 'onsite' && (
          <>
            <Choice name="kind" choices={['banner', 'popup']} draft={draft} readOnly={readOnly} />
            <Choice name="position" choices={['top', 'bottom', 'center']} draft={draft} readOnly={readOnly} />
          </>
        )}
        {shown.map(({ key, rows }) => {
          const label = t(channel === 'webhook' ? 'field_json' : `field_${key}`)
          return (
            <Labelled key={key} label={label}>
              <LiquidInput
                label={label}
                value={String(body[key] ?? '')}
                readOnly={readOnly}
                {...(rows ? { rows } : {})}
                onChange={(value) => put(key, value)}
              />
            </Labelled>
          )
        })}
        {channel === 'onsite' && (
          <Labelled label={t('colour')}>
            <ColourButton
              label={t('colour')}
              value={String(body.colour ?? '#0B6BCB')}
              disabled={readOnly}
              onChange={(colour) => change({ ...body, colour })}
            />
          </Labelled>
        )}
        {channel === 'wechat' && kind === 'template' && <DataRows draft={draft} readOnly={readOnly} />}
      </div>
      <div className="content-side">
        {preview && <PreviewNotes preview={preview} />}
        {preview?.rendered && <PhoneFrame channel={channel} rendered={preview.rendered} />}
      </div>
    </div>
  )
}

type Word = 'template' | 'customer_service' | 'banner' | 'popup' | 'top' | 'bottom' | 'center'
type ChoiceProps = { name: 'kind' | 'position'; choices: Word[]; draft: Draft; readOnly: boolean }
function Choice({ name, choices, draft: { body, change }, readOnly }: ChoiceProps) {
  const t = useWords(contentWords)
  return (
    <Labelled label={t(`field_${name}`)}>
      <Select
        aria-label={t(`field_${name}`)}
        disabled={readOnly}
        value={(body[name] as Word | undefined) ?? choices[0]}
        options={choices.map((value) => ({ value, label: t(`choice_${value}`) }))}
        onChange={(next) => change({ ...body, [name]: next })}
      />
    </Labelled>
  )
}
