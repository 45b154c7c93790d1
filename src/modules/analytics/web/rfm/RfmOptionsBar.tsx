import { Input, Select } from 'antd'
import { useWords } from '#ui/i18n.ts'
import type { PartProps } from '../kind-view.ts'
import { optionsOf } from '../question-state.ts'
import { CutPoints } from './CutPoints.tsx'
import { RfmOptions } from './rfm-options.ts'
import { rfmWords } from './rfm-words.ts'

export function RfmOptionsBar({ state, onChange }: PartProps) {
  const t = useWords(rfmWords)
  const options = optionsOf(state, 'rfm', RfmOptions) ?? {}
  const set = (change: Partial<RfmOptions>) =>
    onChange({ options: { ...state.options, rfm: { ...options, ...change } } })
  const fixed = options.method === 'fixed'
  return (
    <>
      <Select
        aria-label={t('asOf')}
        value={options.as_of ? 'day' : 'range'}
        options={[
          { value: 'range', label: t('asOfRange') },
          { value: 'day', label: t('asOfChoose') },
        ]}
        onChange={(value) =>
          set({ as_of: value === 'day' ? new Date().toISOString().slice(0, 10) : undefined })
        }
        popupMatchSelectWidth={false}
      />
      {options.as_of && (
        <Input
          type="date"
          className="rule-date"
          aria-label={t('asOf')}
          value={options.as_of}
          onChange={({ target }) => target.value && set({ as_of: target.value })}
        />
      )}
      <Select
        aria-label={t('method')}
        value={options.method ?? 'quantile'}
        options={(['quantile', 'fixed'] as const).map((value) => ({ value, label: t(`method.${value}`) }))}
        onChange={(method) => set({ method })}
        popupMatchSelectWidth={false}
      />
      {fixed ? (
        <CutPoints value={options.cuts} onChange={(cuts) => set({ cuts })} />
      ) : (
        <Select
          aria-label={t('bins')}
          value={options.bins ?? 5}
          options={[2, 3, 4, 5, 6, 7, 8, 9, 10].map((value) => ({
            value,
            label: t('binsOf', { count: value }),
          }))}
          onChange={(bins) => set({ bins })}
          popupMatchSelectWidth={false}
        />
      )}
      <Select
        aria-label={t('high')}
        value={options.high ?? 0}
        options={[
          { value: 0, label: t('high.mean') },
          ...[2, 3, 4, 5].map((value) => ({ value, label: t('highFrom', { count: value }) })),
        ]}
        onChange={(high) => set({ high: high === 0 ? undefined : high })}
        popupMatchSelectWidth={false}
      />
    </>
  )
}
