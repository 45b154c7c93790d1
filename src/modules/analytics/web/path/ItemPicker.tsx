import { AutoComplete, Select } from 'antd'
import { useRuleCatalogue } from '#modules/rules/web/rule-catalogue.ts'
import { useWords } from '#ui/i18n.ts'
import type { PathOptions } from './path-options.ts'
import { pathWords } from './path-words.ts'

/** Names a path may have: of events, or examples of the values of the property; groups first. */
export function useItemChoices({ by, groups = [] }: PathOptions): { value: string; label: string }[] {
  const { events, useProperties } = useRuleCatalogue()
  const properties = useProperties(by === undefined ? '' : pageEvent)
  const own =
    by === undefined
      ? events.map(({ name, label }) => ({ value: name, label: label ?? name }))
      : (properties.find(({ path }) => path === by)?.examples ?? []).map((value) => ({ value, label: value }))
  const named = groups.map(({ name }) => ({ value: name, label: name }))
  return [...named, ...own.filter(({ value }) => !named.some((one) => one.value === value))]
}

/** Pages carry what paths are most often made of besides events. */
export const pageEvent = 'Page Viewed'

type Props = {
  label: string
  placeholder: string
  options: PathOptions
  value: string | undefined
  onChange: (item: string | undefined) => void
}

/** One node by its name: chosen among events, typed where it is a value. */
export function ItemPicker({ label, placeholder, options, value, onChange }: Props) {
  const choices = useItemChoices(options)
  if (options.by !== undefined)
    return (
      <AutoComplete
        key={value ?? ''}
        aria-label={label}
        className="path-item"
        allowClear
        placeholder={placeholder}
        defaultValue={value ?? ''}
        options={choices}
        showSearch={{ filterOption: (typed, one) => String(one?.value).includes(typed) }}
        onSelect={(next: string) => onChange(next)}
        onClear={() => onChange(undefined)}
        onBlur={({ target }) => {
          const typed = (target as HTMLInputElement).value
          if (typed !== (value ?? '')) onChange(typed === '' ? undefined : typed)
        }}
      />
    )
  return (
    <Select
      aria-label={label}
      className="path-item"
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={placeholder}
      value={value ?? null}
      options={choices}
      onChange={(next) => onChange(next ?? undefined)}
      popupMatchSelectWidth={false}
    />
  )
}

type ListProps = Omit<Props, 'value' | 'onChange'> & {
  value: string[] | undefined
  onChange: (items: string[] | undefined) => void
}

/** Several, by name or by pattern. */
export function ItemsPicker({ label, placeholder, options, value, onChange }: ListProps) {
  const t = useWords(pathWords)
  return (
    <div className="path-field">
      <span aria-hidden="true">{label}</span>
      <Select
        mode="tags"
        aria-label={label}
        placeholder={placeholder}
        value={value ?? []}
        options={useItemChoices(options)}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={(next: string[]) => onChange(next.length > 0 ? next : undefined)}
        maxCount={20}
        notFoundContent={t('groupPatternsHint')}
      />
    </div>
  )
}
