import { AutoComplete, Input, InputNumber, Select } from 'antd'
import { useEffect, useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import type { Operand, Operator, Scalar, Test } from '../contract.ts'
import { operandList, operatorsFor, readOperand, takesNoValue, withOperator } from './operators-for.ts'
import type { ValueType } from './rule-catalogue.ts'
import { ruleWords } from './rule-words.ts'

type Option = { value: string; label: string }
export const isChoice = (type: ValueType | undefined): boolean => type === 'enum' || type === 'multi_enum'

type Props<T extends Test> = {
  test: T
  type: ValueType | undefined
  examples?: string[]
  /** Of an enum: all there is to choose from. */
  options?: readonly Option[]
  operators?: readonly Operator[]
  onChange: (test: T) => void
}

/** "is one of [北京] [上海]": operator and value of any test. */
export function TestInput<T extends Test>({
  test,
  type,
  examples = [],
  options: choices = [],
  operators,
  onChange,
}: Props<T>) {
  const t = useWords(ruleWords)
  const options = (operators ?? operatorsFor(type, test.op)).map((op) => ({
    value: op,
    label: t(`op.${op}`),
  }))
  const { op: _op, value: _value, ...rest } = test
  const choose = (op: Operator) => onChange({ ...rest, ...withOperator(test, op) } as T)
  return (
    <>
      <Select
        className="rule-pick"
        variant="filled"
        size="small"
        aria-label={t('operator')}
        value={test.op}
        options={options}
        onChange={choose}
        popupMatchSelectWidth={false}
      />
      <ValueInput
        op={test.op}
        value={test.value}
        type={type}
        examples={examples}
        choices={choices}
        onChange={(value) => onChange({ ...test, value })}
      />
    </>
  )
}

type ValueProps = {
  op: Operator
  value: Operand | undefined
  type: ValueType | undefined
  examples: string[]
  choices: readonly Option[]
  onChange: (value: Operand) => void
}

function ValueInput({ op, value, type, examples, choices, onChange }: ValueProps) {
  const t = useWords(ruleWords)
  if (takesNoValue(op)) return null
  const list = operandList(value)
  if (op === 'in' || op === 'not_in') {
    return (
      <Select
        mode="tags"
        className="rule-values"
        variant="filled"
        size="small"
        aria-label={t('value')}
        placeholder={t('values')}
        value={list.map(String)}
        options={
          choices.length > 0 ? [...choices] : examples.map((example) => ({ value: example, label: example }))
        }
        optionFilterProp="label"
        tokenSeparators={[',', '，', '\n']}
        onChange={(texts: string[]) => onChange(texts.map((text) => readOperand(text, type, op)))}
        popupMatchSelectWidth={false}
      />
    )
  }
  if (op === 'between') {
    const end = (i: 0 | 1) => (next: Scalar) =>
      onChange(i === 0 ? [next, list[1] ?? ''] : [list[0] ?? '', next])
    return (
      <>
        <ScalarInput
          label={t('valueFrom')}
          value={list[0]}
          type={type}
          op={op}
          examples={[]}
          onChange={end(0)}
        />
        <span className="rule-word">–</span>
        <ScalarInput
          label={t('valueTo')}
          value={list[1]}
          type={type}
          op={op}
          examples={[]}
          onChange={end(1)}
        />
      </>
    )
  }
  if (isChoice(type) && choices.length > 0)
    return (
      <Select
        className="rule-pick"
        variant="filled"
        size="small"
        aria-label={t('value')}
        placeholder={t('value')}
        value={list[0] === undefined || list[0] === '' ? null : String(list[0])}
        options={[...choices]}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={onChange}
        popupMatchSelectWidth={false}
      />
    )
  return (
    <ScalarInput
      label={t('value')}
      value={list[0]}
      type={type}
      op={op}
      examples={examples}
      onChange={onChange}
    />
  )
}

type ScalarProps = {
  label: string
  value: Scalar | undefined
  type: ValueType | undefined
  op: Operator
  examples: string[]
  onChange: (value: Scalar) => void
}

function ScalarInput({ label, value, type, op, examples, onChange }: ScalarProps) {
  const t = useWords(ruleWords)
  if (type === 'boolean') {
    const options = [
      { value: 'true', label: t('true') },
      { value: 'false', label: t('false') },
    ]
    return (
      <Select
        className="rule-pick"
        variant="filled"
        size="small"
        aria-label={label}
        value={value === undefined ? null : String(value)}
        options={options}
        onChange={(next) => onChange(next === 'true')}
        placeholder={label}
      />
    )
  }
  if (type === 'number') {
    const number =
      typeof value === 'number' ? value : value === undefined || value === '' ? null : Number(value)
    return (
      <InputNumber
        className="rule-number"
        variant="filled"
        size="small"
        controls={false}
        aria-label={label}
        placeholder={label}
        value={number}
        onChange={(next) => onChange(next ?? '')}
      />
    )
  }
  if (type === 'date') {
    return (
      <Input
        className="rule-date"
        type="date"
        variant="filled"
        size="small"
        aria-label={label}
        value={String(value ?? '').slice(0, 10)}
        onChange={(event) => onChange(event.target.value)}
      />
    )
  }
  return (
    <TextInput
      label={label}
      value={value}
      examples={examples}
      onChange={(text) => onChange(readOperand(text, type, op))}
    />
  )
}

/** Free text with the values seen so far. The number typed stays as typed ("1.") until it is left. */
function TextInput({
  label,
  value,
  examples,
  onChange,
}: {
  label: string
  value: Scalar | undefined
  examples: string[]
  onChange: (text: string) => void
}) {
  const outside = value === undefined ? '' : String(value)
  const [text, setText] = useState(outside)
  useEffect(() => setText(outside), [outside])
  const found = examples.filter(
    (example) => example !== text && example.toLowerCase().includes(text.toLowerCase()),
  )
  return (
    <AutoComplete
      className="rule-text"
      variant="filled"
      size="small"
      aria-label={label}
      placeholder={label}
      value={text}
      options={found.slice(0, 12).map((example) => ({ value: example }))}
      popupMatchSelectWidth={false}
      onChange={(next: string) => {
        setText(next)
        if (String(next) !== outside) onChange(next)
      }}
    />
  )
}
