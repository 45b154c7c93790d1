import { Input, InputNumber, Select } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { type Span, type Unit, unitMs, type Window } from '../contract.ts'
import { ruleWords } from './rule-words.ts'

type Kind = 'ever' | 'last' | 'dates'
const kindOf = (within: Window | undefined): Kind =>
  within === undefined ? 'ever' : 'last' in within ? 'last' : 'dates'

/** "at any time", "in the last 30 days", "between dates". */
export function WindowInput({
  within,
  onChange,
}: {
  within: Window | undefined
  onChange: (within: Window | undefined) => void
}) {
  const t = useWords(ruleWords)
  const kind = kindOf(within)
  const choose = (next: Kind) =>
    onChange(next === 'ever' ? undefined : next === 'last' ? { last: 30, unit: 'day' } : {})
  const options = (['last', 'dates', 'ever'] as const).map((value) => ({
    value,
    label: t(`within.${value}`),
  }))
  return (
    <>
      <Select
        className="rule-pick"
        variant="filled"
        size="small"
        aria-label={t('within')}
        value={kind}
        options={options}
        onChange={choose}
        popupMatchSelectWidth={false}
      />
      {within && 'last' in within && (
        <SpanInput
          span={{ value: within.last, unit: within.unit }}
          onChange={({ value, unit }) => onChange({ last: value, unit })}
        />
      )}
      {within && !('last' in within) && <DateRange within={within} onChange={onChange} />}
    </>
  )
}

export function SpanInput({ span, onChange }: { span: Span; onChange: (span: Span) => void }) {
  const t = useWords(ruleWords)
  const units = (Object.keys(unitMs) as Unit[]).filter((unit) => unit !== 'second' || span.unit === 'second')
  return (
    <>
      <InputNumber
        className="rule-small-number"
        variant="filled"
        size="small"
        controls={false}
        min={1}
        max={1_000_000}
        precision={0}
        aria-label={t('amount')}
        value={span.value}
        onChange={(value) => value && onChange({ ...span, value })}
      />
      <Select
        className="rule-pick"
        variant="filled"
        size="small"
        aria-label={t('unit')}
        value={span.unit}
        options={units.map((value) => ({ value, label: t(`unit.${value}`) }))}
        onChange={(unit) => onChange({ ...span, unit })}
        popupMatchSelectWidth={false}
      />
    </>
  )
}

function DateRange({
  within,
  onChange,
}: {
  within: { from?: string | undefined; to?: string | undefined }
  onChange: (within: Window) => void
}) {
  const t = useWords(ruleWords)
  const change = (part: { from?: string | undefined; to?: string | undefined }) => {
    const { from, to } = { ...within, ...part }
    onChange({ ...(from ? { from } : {}), ...(to ? { to } : {}) })
  }
  return (
    <>
      <Input
        className="rule-date"
        type="date"
        variant="filled"
        size="small"
        aria-label={t('dateFrom')}
        value={within.from?.slice(0, 10) ?? ''}
        max={within.to?.slice(0, 10)}
        onChange={(event) => change({ from: event.target.value })}
      />
      <span className="rule-word">–</span>
      <Input
        className="rule-date"
        type="date"
        variant="filled"
        size="small"
        aria-label={t('dateTo')}
        value={within.to?.slice(0, 10) ?? ''}
        min={within.from?.slice(0, 10)}
        onChange={(event) => change({ to: event.target.value })}
      />
    </>
  )
}
