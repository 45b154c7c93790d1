import { Button, Input, Popover, Select } from 'antd'
import { useEffect, useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { searchByLabel } from '#web/forms/choices.ts'
import { useRoute } from '#web/use-route.ts'
import { routes } from '../contract.ts'
import { companyAttributeTitle } from './attribute-title.ts'
import { companyWords } from './company-words.ts'

const ops = ['eq', 'ne', 'contains', 'gte', 'lte', 'exists'] as const
type Op = (typeof ops)[number]
export type AttributeCondition = {
  attr?: string | undefined
  op?: Op | undefined
  value?: string | undefined
}

/** The condition in the address as the routes take it; undefined while it is unfinished. */
export function whereOf({ attr, op = 'eq', value }: AttributeCondition) {
  if (!attr) return undefined
  if (op === 'exists') return [{ prop: attr, op }]
  if (value === undefined || value === '') return undefined
  const isNumber = value.trim() !== '' && Number.isFinite(Number(value))
  const numeric = { prop: attr, op, value: Number(value) }
  const text = { prop: attr, op, value }
  if (op === 'gte' || op === 'lte') return [isNumber ? numeric : text]
  // A stored number equals a number, a stored text a text; the reader cannot know which it is.
  if (op === 'ne') return isNumber ? [text, numeric] : [text]
  return isNumber ? [{ any: [text, numeric] }] : [text]
}

type Props = { value: AttributeCondition; onChange: (change: AttributeCondition) => void }

/** One condition on an attribute of companies. */
export function AttributeFilter({ value, onChange }: Props) {
  const t = useWords(companyWords)
  const [open, setOpen] = useState(false)
  const isSet = whereOf(value) !== undefined
  const sign = t(`op_${value.op ?? 'eq'}`)
  const label = isSet
    ? `${companyAttributeTitle(value.attr ?? '')} ${sign} ${value.op === 'exists' ? '' : (value.value ?? '')}`
    : t('filterAttribute')
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomLeft"
      content={<Condition value={value} onChange={onChange} onDone={() => setOpen(false)} />}
    >
      <Button type={isSet ? 'primary' : 'default'} ghost={isSet}>
        {label}
      </Button>
    </Popover>
  )
}

function Condition({ value, onChange, onDone }: Props & { onDone: () => void }) {
  const t = useWords(companyWords)
  const { data } = useRoute(routes.attributes, {}, { staleTime: 60_000 })
  const [typed, setTyped] = useState(value.value ?? '')
  useEffect(() => setTyped(value.value ?? ''), [value.value])
  const op = value.op ?? 'eq'
  return (
    <form
      className="company-filter"
      onSubmit={(event) => {
        event.preventDefault()
        onChange({ value: typed || undefined })
        onDone()
      }}
    >
      <Select
        {...searchByLabel}
        aria-label={t('filterAttribute')}
        placeholder={t('chooseAttribute')}
        style={{ width: 180 }}
        allowClear
        value={value.attr ?? null}
        options={(data?.items ?? []).map(({ name }) => ({ value: name, label: companyAttributeTitle(name) }))}
        onChange={(attr) => onChange({ attr: attr ?? undefined })}
      />
      <Select
        aria-label={t('filterOp')}
        style={{ width: 110 }}
        value={op}
        options={ops.map((one) => ({ value: one, label: t(`op_${one}`) }))}
        onChange={(next: Op) => onChange({ op: next })}
      />
      {op !== 'exists' && (
        <Input
          aria-label={t('filterValue')}
          placeholder={t('filterValue')}
          style={{ width: 160 }}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => onChange({ value: typed || undefined })}
        />
      )}
    </form>
  )
}
