import { Select } from 'antd'
import type { ReactNode } from 'react'

export type Choice = {
  value: string
  label: string
  hint?: ReactNode
  search?: string
  title?: string | undefined
  group?: string
}
type Props = {
  label: string
  placeholder: string
  value: string
  choices: Choice[]
  onChange: (value: string) => void
  loading?: boolean
  /** What a value is called that is not offered (any more). */
  labelOf?: ((value: string) => string) | undefined
  className?: string
}

/** A searchable choice of a name. One that is not in the catalogue (any more) is still shown, and new names can be typed. */
export function Picker({
  label,
  placeholder,
  value,
  choices,
  onChange,
  loading = false,
  labelOf = (value) => value,
  className = '',
}: Props) {
  const known = value === '' || choices.some((choice) => choice.value === value)
  const shown = grouped(known ? choices : [{ value, label: labelOf(value) }, ...choices])
  return (
    <Select
      className={`rule-picker ${className}`}
      variant="filled"
      size="small"
      showSearch={{ filterOption: (typed, option) => matches(typed, option as Choice | undefined) }}
      aria-label={label}
      placeholder={placeholder}
      loading={loading}
      value={value === '' ? null : value}
      options={shown}
      onChange={onChange}
      popupMatchSelectWidth={false}
      status={value === '' ? 'warning' : ''}
      optionRender={(option) => (
        <span className="rule-choice">
          <span className="hw-clip">{option.data.label}</span>
          {option.data.hint !== undefined && <span className="hw-fine">{option.data.hint}</span>}
        </span>
      )}
    />
  )
}

/** Under the headings the choices name; those without one first. */
function grouped(
  choices: Choice[],
): (Choice | { label: string; title: string; options: Choice[]; hint?: undefined })[] {
  const groups = Map.groupBy(choices, (choice) => choice.group ?? '')
  const loose = groups.get('') ?? []
  const headed = [...groups].filter(([group]) => group !== '')
  return [...loose, ...headed.map(([group, options]) => ({ label: group, title: group, options }))]
}

function matches(typed: string, choice: Choice | undefined): boolean {
  if (!choice) return false
  return `${choice.label} ${choice.value} ${choice.search ?? ''}`
    .toLowerCase()
    .includes(typed.trim().toLowerCase())
}
