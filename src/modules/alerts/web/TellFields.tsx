import { Checkbox, Select } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { useCan } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'
import type { AlertInterval } from '../contract/condition.ts'
import { routes } from '../contract.ts'
import { alertWords } from './alert-words.ts'
import { Label } from './ConditionFields.tsx'
import type { Draft } from './draft.ts'

type Props = { draft: Draft; interval: AlertInterval; onChange: (part: Partial<Draft>) => void }
const reminders = [1, 2, 3, 6, 12, 24]

/** Who is told, how, and how often. */
export function TellFields({ draft, interval, onChange }: Props) {
  const t = useWords(alertWords)
  const options = useRoute(routes.options, {}, { staleTime: 60_000 }).data
  const kept = draft.remindEvery
  const every = kept === null || reminders.includes(kept) ? reminders : [...reminders, kept]
  return (
    <>
      <div className="alert-field">
        <Label>{t('who')}</Label>
        <Select
          mode="multiple"
          aria-label={t('who')}
          value={draft.members}
          optionFilterProp="label"
          options={(options?.members ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(members) => onChange({ members })}
        />
        <p className="hw-fine">{t('whoHint')}</p>
        <div>
          <Checkbox
            checked={draft.mail}
            disabled={options?.mail === false && !draft.mail}
            onChange={({ target }) => onChange({ mail: target.checked })}
          >
            {t('byMail')}
          </Checkbox>
          {options?.mail === false && <span className="hw-fine">{t('mailOff')}</span>}
        </div>
        <Checkbox checked={draft.webhook} onChange={({ target }) => onChange({ webhook: target.checked })}>
          {t('byWebhook')}
        </Checkbox>
        {draft.webhook && options && (
          <Endpoints
            known={options.endpoints}
            chosen={draft.endpoints}
            onChange={(endpoints) => onChange({ endpoints })}
          />
        )}
      </div>
      <div className="alert-field alert-row">
        <div>
          <Label>{t('remind')}</Label>
          <Select<number>
            aria-label={t('remind')}
            value={kept ?? 0}
            options={[
              { value: 0, label: t('remindOnce') },
              ...every.map((count) => ({
                value: count,
                label: t('remindEvery', { count, interval: t(`interval_${interval}`) }),
              })),
            ]}
            onChange={(count) => onChange({ remindEvery: count === 0 ? null : count })}
          />
        </div>
        {interval !== 'hour' && (
          <div>
            <Label>{t('hour')}</Label>
            <Select<number>
              aria-label={t('hour')}
              value={draft.hour}
              options={Array.from({ length: 24 }, (_, hour) => ({
                value: hour,
                label: t('hourOf', { hour: String(hour).padStart(2, '0') }),
              }))}
              onChange={(hour) => onChange({ hour })}
            />
          </div>
        )}
      </div>
    </>
  )
}

type EndpointsProps = {
  known: { id: string; name: string }[]
  chosen: string[] | null
  onChange: (chosen: string[] | null) => void
}

/** To which webhooks; with none chosen, to all that ask for alerts. */
function Endpoints({ known, chosen, onChange }: EndpointsProps) {
  const t = useWords(alertWords)
  const can = useCan()
  if (!can('webhook:read')) return null
  if (known.length === 0 && chosen === null) return <p className="hw-fine">{t('noEndpoints')}</p>
  const gone = (chosen ?? []).filter((id) => !known.some((one) => one.id === id))
  return (
    <Select
      mode="multiple"
      className="alert-endpoints"
      aria-label={t('endpoints')}
      placeholder={t('allEndpoints')}
      value={chosen ?? []}
      optionFilterProp="label"
      options={[
        ...known.map(({ id, name }) => ({ value: id, label: name })),
        ...gone.map((id) => ({ value: id, label: t('endpointGone') })),
      ]}
      onChange={(ids: string[]) => onChange(ids.length === 0 ? null : ids)}
    />
  )
}
