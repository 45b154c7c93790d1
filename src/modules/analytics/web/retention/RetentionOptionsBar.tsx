import { Checkbox, Select } from 'antd'
import { PropertyPicker } from '#modules/rules/web/WhereList.tsx'
import { useWords } from '#ui/i18n.ts'
import { RetentionMode } from '../../contract/retention.ts'
import type { PartProps } from '../kind-view.ts'
import { optionsOf } from '../question-state.ts'
import { PeriodsPicker } from './PeriodsPicker.tsx'
import { RetentionOptions } from './retention-options.ts'
import { retentionWords } from './retention-words.ts'

export function RetentionOptionsBar({ state, onChange }: PartProps) {
  const t = useWords(retentionWords)
  const options = optionsOf(state, 'retention', RetentionOptions) ?? {}
  const set = (change: Partial<RetentionOptions>) =>
    onChange({ options: { ...state.options, retention: { ...options, ...change } } })
  const returned = state.events?.[1]?.event ?? state.events?.[0]?.event ?? ''
  return (
    <>
      <Select
        aria-label={t('mode')}
        value={options.mode ?? 'first_time'}
        options={RetentionMode.options.map((value) => ({ value, label: t(`mode.${value}`) }))}
        onChange={(mode) => set({ mode })}
        popupMatchSelectWidth={false}
      />
      <Select
        aria-label={t('window')}
        value={options.window ?? 'calendar'}
        options={(['calendar', '24_hour'] as const).map((value) => ({ value, label: t(`window.${value}`) }))}
        onChange={(window) => set({ window })}
        popupMatchSelectWidth={false}
      />
      <PeriodsPicker value={options} onChange={set} />
      <Select
        aria-label={t('minimum')}
        value={options.minimum ?? 1}
        options={[1, 2, 3, 5, 10].map((value) => ({ value, label: t('minimumOf', { count: value }) }))}
        onChange={(minimum) => set({ minimum })}
        popupMatchSelectWidth={false}
      />
      <Select
        aria-label={t('measure')}
        value={options.measure ?? 'people'}
        options={(['people', 'sum', 'avg'] as const).map((value) => ({
          value,
          label: t(`measure.${value}`),
        }))}
        onChange={(measure) => set({ measure })}
        popupMatchSelectWidth={false}
      />
      {options.measure !== undefined && options.measure !== 'people' && (
        <PropertyPicker
          event={returned ?? ''}
          value={options.prop ?? ''}
          onChange={(prop) => set({ prop })}
        />
      )}
      <Checkbox
        checked={options.cumulative === true}
        onChange={({ target }) => set({ cumulative: target.checked || undefined })}
      >
        {t('cumulative')}
      </Checkbox>
    </>
  )
}
