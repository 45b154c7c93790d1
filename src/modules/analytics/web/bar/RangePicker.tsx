import { Input, Select } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { dayKey } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { analyticsWords } from '../analytics-words.ts'
import type { PartProps } from '../kind-view.ts'
import { defaultRange } from '../question-state.ts'

const presets = [
  { name: 'day1', last: 1, unit: 'day' },
  { name: 'day7', last: 7, unit: 'day' },
  { name: 'day30', last: 30, unit: 'day' },
  { name: 'day90', last: 90, unit: 'day' },
  { name: 'month1', last: 1, unit: 'month' },
  { name: 'month3', last: 3, unit: 'month' },
  { name: 'month12', last: 12, unit: 'month' },
] as const
const dayMs = 86_400_000

/**
 * Presets that move with today, or fixed days; in the workspace's time zone. `none`: what it is called to choose no range at
 * all, where that means something.
 */
export function RangePicker({ state, onChange, none }: PartProps & { none?: string }) {
  const t = useWords(analyticsWords)
  const { timezone } = useDisplay()
  const range = state.range ?? defaultRange
  const isNone = none !== undefined && state.range === undefined
  const preset =
    'last' in range ? presets.find((one) => one.last === range.last && one.unit === range.unit) : undefined
  // Any other number of days comes by an address or a saved question, and is said as well as chosen ones are.
  const own =
    'last' in range && !preset && !isNone ? t(`range.last_${range.unit}`, { count: range.last }) : undefined
  const choose = (name: string) => {
    if (name === 'own') return
    if (name === 'none') return onChange({ range: undefined })
    const chosen = presets.find((one) => one.name === name)
    const today = dayKey(Date.now(), timezone)
    const month = dayKey(Date.now() - 29 * dayMs, timezone)
    onChange({ range: chosen ? { last: chosen.last, unit: chosen.unit } : { from: month, to: today } })
  }
  return (
    <>
      <Select
        aria-label={t('range')}
        value={isNone ? 'none' : own ? 'own' : (preset?.name ?? 'dates')}
        options={[
          ...(none === undefined ? [] : [{ value: 'none', label: none }]),
          ...presets.map((one) => ({ value: one.name as string, label: t(`range.${one.name}`) })),
          ...(own === undefined ? [] : [{ value: 'own', label: own }]),
          { value: 'dates', label: t('range.dates') },
        ]}
        onChange={choose}
        popupMatchSelectWidth={false}
      />
      {'from' in range && !isNone && (
        <span className="hw-bar">
          <Input
            type="date"
            className="rule-date"
            aria-label={t('from')}
            value={range.from}
            max={range.to}
            onChange={({ target }) => target.value && onChange({ range: { ...range, from: target.value } })}
          />
          <span className="hw-muted">–</span>
          <Input
            type="date"
            className="rule-date"
            aria-label={t('to')}
            value={range.to}
            min={range.from}
            onChange={({ target }) => target.value && onChange({ range: { ...range, to: target.value } })}
          />
        </span>
      )}
    </>
  )
}
