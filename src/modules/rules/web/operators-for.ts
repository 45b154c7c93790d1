import type { Operand, Operator, Test } from '../contract.ts'
import type { ValueType } from './rule-catalogue.ts'

const numbers: Operator[] = [
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'between',
  'in',
  'not_in',
  'exists',
  'not_exists',
]
const texts: Operator[] = [
  'eq',
  'ne',
  'in',
  'not_in',
  'contains',
  'not_contains',
  'starts_with',
  'ends_with',
  'matches',
  'exists',
  'not_exists',
]
const byType: Record<ValueType, Operator[]> = {
  text: texts,
  email: texts,
  phone: texts,
  number: numbers,
  boolean: ['eq', 'ne', 'exists', 'not_exists'],
  date: ['gte', 'lte', 'between', 'eq', 'starts_with', 'exists', 'not_exists'],
  list: ['contains', 'not_contains', 'in', 'not_in', 'eq', 'exists', 'not_exists'],
  object: ['exists', 'not_exists'],
  enum: ['in', 'not_in', 'eq', 'ne', 'exists', 'not_exists'],
  // Over a list, `in` asks for any of them.
  multi_enum: ['in', 'not_in', 'eq', 'ne', 'exists', 'not_exists'],
  reference: ['eq', 'ne', 'in', 'not_in', 'exists', 'not_exists'],
}
const all: Operator[] = [...texts, 'gt', 'gte', 'lt', 'lte', 'between']

/** What asks for nothing but the value that is stored. */
export const takesNoValue = (op: Operator): boolean =>
  op === 'exists' || op === 'not_exists' || op === 'this_month'

/** As `operatorsFor`, of an attribute: a day may also be asked by the calendar. */
export function operatorsForAttribute(type: ValueType | undefined, present: Operator): Operator[] {
  const offered = operatorsFor(type, present)
  return type !== 'date' || offered.includes('this_month') ? offered : [...offered, 'this_month']
}

/** Comparisons that make sense for a type; all of them while the type is unknown. The present one always stays. */
export function operatorsFor(type: ValueType | undefined, present: Operator): Operator[] {
  const offered = type === undefined ? all : byType[type]
  return offered.includes(present) ? offered : [...offered, present]
}

/** The test after another operator was chosen: the value is kept where it still fits. */
export function withOperator(test: Test, op: Operator): Test {
  if (takesNoValue(op)) return { op }
  const { value } = test
  const first = Array.isArray(value) ? value[0] : value
  if (op === 'in' || op === 'not_in')
    return { op, value: Array.isArray(value) ? value : first === undefined || first === '' ? [] : [first] }
  if (op === 'between')
    return { op, value: Array.isArray(value) && value.length === 2 ? value : [first ?? '', ''] }
  return first === undefined ? { op } : { op, value: first }
}

const orders: Operator[] = ['gt', 'gte', 'lt', 'lte', 'between']

/**
 * What a typed text means: on numbers, and for "more than" on anything not known to be text, a number if it reads as one.
 * Text stays text, so that a phone or a postcode keeps its leading zero.
 */
export function readOperand(text: string, type: ValueType | undefined, op: Operator): string | number {
  const wantsNumber = type === 'number' || (type === undefined && orders.includes(op))
  const number = Number(text)
  return wantsNumber && text.trim() !== '' && Number.isFinite(number) ? number : text
}

export const operandList = (value: Operand | undefined): (string | number | boolean)[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value]
