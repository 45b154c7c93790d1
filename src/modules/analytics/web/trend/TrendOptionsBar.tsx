import { Checkbox, Input, Select } from 'antd'
import { useWords } from '#ui/i18n.ts'
import type { PartProps } from '../kind-view.ts'
import { chosenEvents, optionsOf } from '../question-state.ts'
import { TrendOptions } from './trend-options.ts'
import { trendWords } from './trend-words.ts'

const summable = ['count', 'people', 'sum']

export function TrendOptionsBar({ state, onChange }: PartProps) {
  const t = useWords(trendWords)
  const options = optionsOf(state, 'trend', TrendOptions) ?? {}
  const set = (change: Partial<TrendOptions>) =>
    onChange({ options: { ...state.options, trend: { ...options, ...change } } })
  const mayAdd = chosenEvents(state).every(({ math }) => summable.includes(math ?? 'count'))
  return (
    <>
      <Select
        aria-label={t('shape')}
        value={options.shape ?? 'line'}
        options={(['line', 'bar'] as const).map((value) => ({ value, label: t(`shape.${value}`) }))}
        onChange={(shape) => set({ shape })}
        popupMatchSelectWidth={false}
      />
      <Select
        aria-label={t('average')}
        value={options.average ?? 0}
        options={[0, 3, 7, 14, 28].map((value) => ({
          value,
          label: value === 0 ? t('averageNone') : t('averageOf', { points: value }),
        }))}
        onChange={(average) => set({ average: average === 0 ? undefined : average })}
        popupMatchSelectWidth={false}
      />
      <Checkbox
        checked={options.cumulative === true && mayAdd}
        disabled={!mayAdd}
        onChange={({ target }) => set({ cumulative: target.checked || undefined })}
      >
        {t('cumulative')}
      </Checkbox>
      <Input
        className="analytics-formula"
        aria-label={t('formula')}
        placeholder={t('formulaPlaceholder')}
        allowClear
        defaultValue={options.formulas?.[0]?.expression ?? ''}
        onBlur={({ target }) => set({ formulas: target.value ? [{ expression: target.value }] : undefined })}
        onPressEnter={({ currentTarget: { value } }) =>
          set({ formulas: value ? [{ expression: value }] : undefined })
        }
        onClear={() => set({ formulas: undefined })}
      />
    </>
  )
}
