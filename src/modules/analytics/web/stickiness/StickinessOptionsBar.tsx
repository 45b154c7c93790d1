import { Checkbox, Select } from 'antd'
import { useWords } from '#ui/i18n.ts'
import type { PartProps } from '../kind-view.ts'
import { optionsOf } from '../question-state.ts'
import { StickinessOptions } from './stickiness-options.ts'
import { stickinessWords } from './stickiness-words.ts'

export function StickinessOptionsBar({ state, onChange }: PartProps) {
  const t = useWords(stickinessWords)
  const options = optionsOf(state, 'stickiness', StickinessOptions) ?? {}
  const set = (change: Partial<StickinessOptions>) =>
    onChange({ options: { ...state.options, stickiness: { ...options, ...change } } })
  return (
    <>
      <Select
        aria-label={t('minimum')}
        value={options.minimum ?? 1}
        options={[1, 2, 3, 5, 10].map((value) => ({ value, label: t('minimumOf', { count: value }) }))}
        onChange={(minimum) => set({ minimum })}
        popupMatchSelectWidth={false}
      />
      <Checkbox
        checked={options.cumulative === true}
        onChange={({ target }) => set({ cumulative: target.checked || undefined })}
      >
        {t('cumulative')}
      </Checkbox>
    </>
  )
}
