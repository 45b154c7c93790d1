import type { Operand, Operator, Scalar, Test } from '../contract.ts'
import type { Canonical } from './canonical.ts'
import { readNumber } from './canonical.ts'
import { matchesRegex } from './compile-regex.ts'

/** The positive operator that a negated one is the exact opposite of; negated ones hold for missing values. */
export const opposite: Partial<Record<Operator, Operator>> = {
  ne: 'eq',
  not_in: 'in',
  not_contains: 'contains',
  not_exists: 'exists',
}

/** Does a stored value (or its absence) satisfy a test? A list does when any element does. Table in the README. */
export function matchesValue(value: Canonical | undefined, test: Test): boolean {
  const positive = opposite[test.op]
  if (positive !== undefined) return !matchesValue(value, { op: positive, value: test.value })
  if (value === undefined) return false
  if (Array.isArray(value)) return value.some((item: Scalar) => matchesScalar(item, test.op, test.value))
  return matchesScalar(value, test.op, test.value)
}

function matchesScalar(value: Scalar, op: Operator, operand: Operand | undefined): boolean {
  if (op === 'exists') return true
  if (Array.isArray(operand)) {
    if (op === 'in') return operand.some((item) => compare(value, item) === 0)
    const [low, high] = operand
    return op === 'between' && isAtLeast(value, low) && isAtMost(value, high)
  }
  if (operand === undefined) return false
  if (op === 'contains') return contains(value, operand)
  if (op === 'starts_with' || op === 'ends_with' || op === 'matches')
    return matchesText(value, op, String(operand))
  const order = compare(value, operand)
  return order !== undefined && holdsOrder(op, order)
}

/** Is `order` (sign of value − operand) what a comparison operator asks for? */
export function holdsOrder(op: Operator, order: number): boolean {
  if (op === 'eq') return order === 0
  if (op === 'gt') return order > 0
  if (op === 'gte') return order >= 0
  if (op === 'lt') return order < 0
  return op === 'lte' && order <= 0
}

const isAtLeast = (value: Scalar, low: Scalar | undefined): boolean => (compare(value, low) ?? -1) >= 0
const isAtMost = (value: Scalar, high: Scalar | undefined): boolean => (compare(value, high) ?? 1) <= 0

// undefined: the two cannot be compared. Only the operand's type decides; text is never compared with text
// that merely looks like a number.
function compare(value: Scalar, operand: Scalar | undefined): number | undefined {
  if (typeof operand === 'number') {
    const number = numberOf(value)
    return number === undefined ? undefined : orderOf(number, operand)
  }
  if (typeof operand === 'string') return typeof value === 'string' ? compareText(value, operand) : undefined
  return typeof operand === 'boolean' && value === operand ? 0 : undefined
}

/** Sign of left − right, exact also where the difference would overflow or vanish. */
export function orderOf<T extends number | bigint>(left: T, right: T): number {
  return left === right ? 0 : left < right ? -1 : 1
}

/** A stored number, or text that reads as one. */
export function numberOf(value: Scalar): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' ? readNumber(value) : undefined
}

function contains(value: Scalar, operand: Scalar): boolean {
  if (typeof value === 'number') return value === operand
  return (
    typeof value === 'string' &&
    value.includes(typeof operand === 'number' ? String(operand) : wellFormed(operand))
  )
}

function matchesText(value: Scalar, op: 'starts_with' | 'ends_with' | 'matches', operand: string): boolean {
  if (typeof value !== 'string') return false
  if (op === 'starts_with') return value.startsWith(wellFormed(operand))
  if (op === 'ends_with') return value.endsWith(wellFormed(operand))
  return matchesRegex(value, operand)
}

const wellFormed = (operand: Scalar): string => String(operand).toWellFormed()

// By code point, as ClickHouse compares UTF-8 bytes; `<` on JavaScript strings compares UTF-16 units.
function compareText(left: string, right: string): number {
  return left === right ? 0 : Buffer.compare(Buffer.from(left), Buffer.from(right))
}
