import { Select } from 'antd'
import { useWords } from '#ui/i18n.ts'
import type { PartProps } from '../kind-view.ts'
import { optionsOf } from '../question-state.ts'
import { LifecycleOptions } from './lifecycle-options.ts'
import { usageLifecycleWords } from './usage-lifecycle-words.ts'

export function LifecycleOptionsBar({ state, onChange }: PartProps) {
  const t = useWords(usageLifecycleWords)
  const options = optionsOf(state, 'usage_lifecycle', LifecycleOptions) ?? {}
  return (
    <Select
      aria-label={t('anchor')}
      value={options.anchor ?? 'first_event'}
      options={(['first_event', 'person_created'] as const).map((value) => ({
        value,
        label: t(`anchor.${value}`),
      }))}
      onChange={(anchor) =>
        onChange({ options: { ...state.options, usage_lifecycle: { ...options, anchor } } })
      }
      popupMatchSelectWidth={false}
    />
  )
}
