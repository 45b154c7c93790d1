import { Select } from 'antd'
import type { PlanProperty, PropertyType } from '#modules/plans/contract.ts'
import { readAllowed } from './read-allowed.ts'

type Props = {
  type: PropertyType
  placeholder: string
  id?: string
  value?: PlanProperty['allowed']
  onChange?: (value: PlanProperty['allowed']) => void
}

/** Values as words in a box; what they are follows from the property's type. */
export function AllowedValues({ type, placeholder, id, value = [], onChange }: Props) {
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      mode="tags"
      open={false}
      suffixIcon={null}
      tokenSeparators={[',', '，']}
      placeholder={placeholder}
      value={value.map(String)}
      onChange={(texts: string[]) => onChange?.(readAllowed(texts, type))}
    />
  )
}
