import { Select } from 'antd'

type Props<V extends string> = {
  label: string
  value: V | undefined
  /** What stands for no narrowing. */
  all: string
  choices: readonly { value: V; label: string }[]
  onChange: (value: V | undefined) => void
}

/** Narrows a list to one of a few values, or to none. */
export function FilterSelect<V extends string>({ label, value, all, choices, onChange }: Props<V>) {
  return (
    <Select<V | ''>
      className="hw-filter"
      popupMatchSelectWidth={false}
      aria-label={label}
      value={value ?? ''}
      options={[{ value: '', label: all }, ...choices]}
      onChange={(chosen) => onChange(chosen === '' ? undefined : chosen)}
    />
  )
}
