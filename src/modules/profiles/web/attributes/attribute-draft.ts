import type { Attribute, AttributeOption, DeclaredType, DescribeAttribute } from '../../attribute-shapes.ts'
import { declaredTypes } from '../../attribute-shapes.ts'

/** What the form holds; a type of '' is one nobody has declared. */
export type AttributeValues = {
  name: string
  type: DeclaredType | ''
  labelZh: string
  labelEn: string
  description: string
  group: string
  options: AttributeOption[]
  refersTo: 'person' | 'company'
  personal: boolean
  searchable: boolean
  archived: boolean
}

export const newValues: AttributeValues = {
  name: '',
  type: 'text',
  labelZh: '',
  labelEn: '',
  description: '',
  group: '',
  options: [],
  refersTo: 'person',
  personal: false,
  searchable: false,
  archived: false,
}

export const valuesOf = (one: Attribute): AttributeValues => ({
  name: one.name,
  type: one.declared ? (declaredTypes.find((type) => type === one.type) ?? '') : '',
  labelZh: one.labels.zh,
  labelEn: one.labels.en,
  description: one.description,
  group: one.group,
  options: one.options,
  refersTo: one.refersTo ?? 'person',
  personal: one.personal,
  searchable: one.searchable,
  archived: one.archived,
})

export const isChoice = (type: string): boolean => type === 'enum' || type === 'multi_enum'

export function bodyOf(values: AttributeValues): DescribeAttribute {
  const { name, type, labelZh, labelEn, description, group, options, refersTo } = values
  return {
    name,
    labels: { zh: labelZh, en: labelEn },
    description,
    group,
    ...(type === '' ? {} : { type }),
    ...(isChoice(type) ? { options: options.filter((one) => one.value.trim() !== '') } : {}),
    ...(type === 'reference' ? { refersTo } : {}),
    personal: values.personal,
    searchable: values.searchable,
    archived: values.archived,
  }
}
