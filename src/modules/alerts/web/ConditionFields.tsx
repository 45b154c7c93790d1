import { Checkbox, InputNumber, Segmented, Select } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '#ui/i18n.ts'
import type { AlertInterval } from '../contract/condition.ts'
import { alertWords } from './alert-words.ts'
import { type Draft, mayRun } from './draft.ts'

type Props = {
  draft: Draft
  interval: AlertInterval
  percent: boolean
  wrong: boolean
  onChange: (part: Partial<Draft>) => void
}

/** When it fires: past a limit, after a large change, or unlike what is usual; and how that is found out. */
export function ConditionFields({ draft, interval, percent, wrong, onChange }: Props) {
  const t = useWords(alertWords)
  return (
    <>
      <div className="alert-field">
        <Label>{t('kind')}</Label>
        <Segmented<Draft['kind']>
          block
          aria-label={t('kind')}
          value={draft.kind}
          options={(['deviation', 'threshold', 'change'] as const).map((value) => ({
            value,
            label: t(`kind_${value}`),
          }))}
          onChange={(kind) => onChange({ kind })}
        />
      </div>
      <div className="alert-field">
        <div className="alert-row">
          {draft.kind === 'threshold' && <Limits {...{ draft, percent, onChange }} />}
          {draft.kind === 'change' && <Changes {...{ draft, interval, onChange }} />}
          {draft.kind === 'deviation' && <Deviations {...{ draft, onChange }} />}
        </div>
        {wrong && (
          <div className="alert-wrong" role="alert">
            {draft.low !== null && draft.high !== null && draft.kind === 'threshold'
              ? t('rangeReversed')
              : t('numberMissing')}
          </div>
        )}
        {mayRun(draft) && (
          <Checkbox checked={draft.running} onChange={({ target }) => onChange({ running: target.checked })}>
            {t('runningToo')}
          </Checkbox>
        )}
      </div>
      <p className="hw-fine">
        {draft.kind === 'deviation' &&
          `${t(interval === 'day' || interval === 'hour' ? `howDeviation_${interval}` : 'howDeviation_long')} `}
        {t('howClosed')}
      </p>
    </>
  )
}

type Part = Pick<Props, 'draft' | 'onChange'>

function Limits({ draft, percent, onChange }: Part & { percent: boolean }) {
  const t = useWords(alertWords)
  const limit = (key: 'low' | 'high') => (
    <div>
      <Label>{t(key)}</Label>
      <InputNumber<number>
        aria-label={t(key)}
        value={draft[key]}
        suffix={percent ? '%' : undefined}
        onChange={(value) => onChange({ [key]: value })}
      />
    </div>
  )
  return (
    <>
      <div>
        <Label>{t('is')}</Label>
        <Choice
          label={t('is')}
          value={draft.is}
          choices={(['below', 'above', 'outside'] as const).map((value) => [value, t(`is_${value}`)])}
          onChange={(is) => onChange({ is })}
        />
      </div>
      {draft.is !== 'above' && limit('low')}
      {draft.is !== 'below' && limit('high')}
    </>
  )
}

function Changes({ draft, interval, onChange }: Part & { interval: AlertInterval }) {
  const t = useWords(alertWords)
  const against = interval === 'month' ? (['previous'] as const) : (['week', 'previous'] as const)
  return (
    <>
      <div>
        <Label>{t('against')}</Label>
        <Choice
          label={t('against')}
          value={draft.against}
          choices={against.map((value) => [value, t(`against_${value}`)])}
          onChange={(value) => onChange({ against: value })}
        />
      </div>
      <Direction {...{ draft, onChange }} />
      <div className="alert-narrow">
        <Label>{t('moreThan')}</Label>
        <InputNumber<number>
          aria-label={t('moreThan')}
          min={0}
          value={draft.by}
          onChange={(by) => onChange({ by })}
        />
      </div>
      <div className="alert-narrow">
        <Label>{'\u00a0'}</Label>
        <Choice
          label={t('moreThan')}
          value={draft.unit}
          choices={(['percent', 'absolute'] as const).map((value) => [value, t(`unit_${value}`)])}
          onChange={(unit) => onChange({ unit })}
        />
      </div>
    </>
  )
}

function Deviations({ draft, onChange }: Part) {
  const t = useWords(alertWords)
  return (
    <>
      <Direction {...{ draft, onChange }} />
      <div>
        <Label>{t('sensitivity')}</Label>
        <Choice
          label={t('sensitivity')}
          value={draft.sensitivity}
          choices={(['low', 'medium', 'high'] as const).map((value) => [value, t(`sensitivity_${value}`)])}
          onChange={(sensitivity) => onChange({ sensitivity })}
        />
      </div>
    </>
  )
}

function Direction({ draft, onChange }: Part) {
  const t = useWords(alertWords)
  return (
    <div>
      <Label>{t('to')}</Label>
      <Choice
        label={t('to')}
        value={draft.to}
        choices={(['either', 'up', 'down'] as const).map((value) => [value, t(`to_${value}`)])}
        onChange={(to) => onChange({ to })}
      />
    </div>
  )
}

export const Label = ({ children }: { children: ReactNode }) => (
  <span className="alert-label">{children}</span>
)

function Choice<V extends string>(props: {
  label: string
  value: V
  choices: readonly (readonly [V, string])[]
  onChange: (value: V) => void
}) {
  return (
    <Select<V>
      aria-label={props.label}
      value={props.value}
      options={props.choices.map(([value, label]) => ({ value, label }))}
      onChange={props.onChange}
      popupMatchSelectWidth={false}
    />
  )
}
