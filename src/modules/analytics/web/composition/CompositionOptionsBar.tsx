import { Select } from 'antd'
import { useRuleCatalogue } from '#modules/rules/web/rule-catalogue.ts'
import { useWords } from '#ui/i18n.ts'
import type { PartProps } from '../kind-view.ts'
import { optionsOf } from '../question-state.ts'
import { CompositionOptions } from './composition-options.ts'
import { compositionWords } from './composition-words.ts'

/** By what people are told apart. */
export function CompositionOptionsBar({ state, onChange }: PartProps) {
  const t = useWords(compositionWords)
  const { attributes, loading } = useRuleCatalogue()
  const { attr = '' } = optionsOf(state, 'composition', CompositionOptions) ?? {}
  const choices = attributes
    .filter((one) => !one.wholeOnly && one.type !== 'object')
    .map(({ name, label }) => ({ value: name, label: label ?? name }))
  return (
    <Select
      aria-label={t('by')}
      className="analytics-breakdown"
      loading={loading}
      showSearch={{ optionFilterProp: 'label' }}
      value={attr}
      options={[{ value: '', label: t('byTags') }, ...choices]}
      onChange={(next) =>
        onChange({ options: { ...state.options, composition: next === '' ? {} : { attr: next } } })
      }
      popupMatchSelectWidth={false}
    />
  )
}
