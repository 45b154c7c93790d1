import { Input, InputNumber, Select } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import type { Attribute } from '../../attribute-shapes.ts'
import { OptionDot } from '../attributes/OptionDot.tsx'
import { peopleWords } from '../people-words.ts'
import { personWords } from '../person-words.ts'
import { writeValue } from './read-value.ts'

type Props = {
  /** What the catalogue says of the attribute; nothing of a new one. */
  known: Attribute | undefined
  value: unknown
  autoFocus: boolean
  onChange: (value: unknown) => void
}

/** A field as the attribute's declared type asks for it; a text field where none is declared. */
export function TypedInput({ known, value, autoFocus, onChange }: Props) {
  const t = useWords(personWords)
  const words = useWords(peopleWords)
  const { language } = useDisplay()
  const label = t('attributeValue')
  const shared = { size: 'small' as const, autoFocus, 'aria-label': label, placeholder: label }
  const type = known?.declared ? known.type : undefined
  if (type === 'enum' || type === 'multi_enum') {
    const options = known?.options.map((one) => ({
      value: one.value,
      label: (
        <span className="attr-option">
          {one.color && <OptionDot color={one.color} />}
          {one[language] || one.zh || one.en || one.value}
        </span>
      ),
    }))
    const chosen = [value].flat().filter((one) => typeof one === 'string')
    return type === 'enum' ? (
      <Select
        {...shared}
        allowClear
        value={chosen[0] ?? null}
        options={options}
        onChange={(next) => onChange(next ?? null)}
      />
    ) : (
      <Select {...shared} mode="multiple" value={chosen} options={options} onChange={onChange} />
    )
  }
  if (type === 'boolean')
    return (
      <Select
        {...shared}
        allowClear
        value={typeof value === 'boolean' ? String(value) : null}
        options={[
          { value: 'true', label: words('yes') },
          { value: 'false', label: words('no') },
        ]}
        onChange={(next) => onChange(next === undefined || next === null ? null : next === 'true')}
      />
    )
  if (type === 'number')
    return (
      <InputNumber
        {...shared}
        controls={false}
        className="person-number"
        value={
          typeof value === 'number' ? value : value === null || value === undefined ? null : Number(value)
        }
        onChange={(next) => onChange(next ?? null)}
      />
    )
  const kind = type === 'date' ? 'date' : type === 'phone' ? 'tel' : type === 'email' ? 'email' : 'text'
  const text = writeValue(value)
  return (
    <Input
      {...shared}
      type={kind}
      {...(type === 'reference' ? { placeholder: t(`refersTo.${known?.refersTo ?? 'person'}`) } : {})}
      value={type === 'date' ? text.slice(0, 10) : text}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
