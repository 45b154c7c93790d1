import type { Scalar, Test } from '../contract.ts'
import { encodePath, numberPattern } from './canonical.ts'
import { opposite } from './match-value.ts'
import type { Bindings } from './sql-bindings.ts'
import { bindNumber } from './sql-bindings.ts'

/** SQL for one stored value, one expression per type it may have (NULL or empty where it has another). */
export type ValueColumns = {
  text: string
  number: string
  bool: string
  texts: string
  numbers: string
  bools: string
  present: string
}

// dynamicElement on one Dynamic column reads it once; six `.:Type` subcolumns read it six times (2 × slower at 20 M rows).
const typeNames = {
  text: 'String',
  number: 'Float64',
  bool: 'Bool',
  texts: 'Array(Nullable(String))',
  numbers: 'Array(Nullable(Float64))',
  bools: 'Array(Nullable(Bool))',
} as const

/** A path inside a JSON column. `encodePath` leaves nothing that could end the quoted identifier. */
export function storedColumn(column: 'attrs' | 'props', path: string): ValueColumns {
  const stored = `${column}.\`${encodePath(path)}\``
  const typed = Object.fromEntries(
    Object.entries(typeNames).map(([type, name]) => [type, `dynamicElement(${stored}, '${name}')`]),
  ) as Record<keyof typeof typeNames, string>
  return { ...typed, present: `isNotNull(${stored})` }
}

/** A plain text column as a value; '' is missing. */
export function textColumn(sql: string): ValueColumns {
  const none = (type: string): string => `CAST(NULL, 'Nullable(${type})')`
  const empty = (type: string): string => `CAST([], 'Array(Nullable(${type}))')`
  return {
    text: `nullIf(${sql}, '')`,
    number: none('Float64'),
    bool: none('Bool'),
    texts: empty('String'),
    numbers: empty('Float64'),
    bools: empty('Bool'),
    present: `${sql} != ''`,
  }
}

/** Text that reads as a number; NULL else. Same pattern as `readNumber`. */
function textAsNumber(sql: string): string {
  return `if(match(${sql}, '${numberPattern}'), toFloat64OrNull(trimBoth(${sql})), NULL)`
}

/** All numbers of a value as Array(Float64): its own, those of its list, and text that reads as one. */
export function numbersOf(value: ValueColumns): string {
  const texts = `arrayMap(x -> ${textAsNumber('x')}, arrayConcat([${value.text}], ${value.texts}))`
  const all = `arrayConcat([${value.number}], ${value.numbers}, ${texts})`
  const any = `arrayMap(x -> assumeNotNull(x), arrayFilter(x -> isNotNull(x), ${all}))`
  // Nearly always it is one number: nothing has to be looked for then (a third of the CPU of a sum).
  return `if(isNotNull(${value.number}), [assumeNotNull(${value.number})], ${any})`
}

/** Elements of a value per type, as Array(Nullable(type)): equal only to elements of their own type. */
export function elementsOf(value: ValueColumns): string[] {
  return [
    `arrayConcat([${value.text}], ${value.texts})`,
    `arrayConcat([${value.number}], ${value.numbers})`,
    `arrayConcat([${value.bool}], ${value.bools})`,
  ]
}

/** The condition that a stored value satisfies a test: never NULL. The same table as `matchesValue`. */
export function valueSql(bindings: Bindings, value: ValueColumns, test: Test): string {
  const positive = opposite[test.op]
  if (positive !== undefined) return `NOT ${valueSql(bindings, value, { op: positive, value: test.value })}`
  if (test.op === 'exists') return `(${value.present})`
  if (test.op === 'in') return inSql(bindings, value, test.value as Scalar[])
  if (test.op === 'between') {
    const [low, high] = test.value as [Scalar, Scalar]
    const isBetween = (x: string): string =>
      `${x} >= ${bindScalar(bindings, low)} AND ${x} <= ${bindScalar(bindings, high)}`
    return typeof low === 'number' ? anyNumber(value, isBetween) : anyText(value, isBetween)
  }
  return scalarSql(bindings, value, test.op, test.value as Scalar)
}

const comparisons: Partial<Record<string, string>> = { eq: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' }

function scalarSql(bindings: Bindings, value: ValueColumns, op: string, operand: Scalar): string {
  const bound = bindScalar(bindings, operand)
  const sign = comparisons[op]
  if (sign !== undefined) {
    const compare = (x: string): string => `${x} ${sign} ${bound}`
    if (typeof operand === 'number') return anyNumber(value, compare)
    return typeof operand === 'string' ? anyText(value, compare) : anyBool(value, compare)
  }
  const text = bindings.bind('String', String(operand))
  if (op === 'starts_with') return anyText(value, (x) => `startsWith(${x}, ${text})`)
  if (op === 'ends_with') return anyText(value, (x) => `endsWith(${x}, ${text})`)
  if (op === 'matches') return anyText(value, (x) => `match(${x}, ${text})`)
  const hasText = anyText(value, (x) => `position(${x}, ${text}) > 0`)
  if (typeof operand !== 'number') return hasText
  const equals = `(ifNull(${value.number} = ${bound}, 0) OR has(${value.numbers}, ${bound}))`
  return `(${hasText} OR ${equals})`
}

function inSql(bindings: Bindings, value: ValueColumns, operands: Scalar[]): string {
  const parts: string[] = []
  const texts = operands.filter((item) => typeof item === 'string')
  const numbers = operands.filter((item) => typeof item === 'number')
  if (texts.length > 0) {
    const list = bindings.bind('Array(String)', texts)
    parts.push(`(ifNull(${value.text} IN ${list}, 0) OR hasAny(${value.texts}, ${list}))`)
  }
  if (numbers.length > 0) {
    const list = `arrayMap(n -> toFloat64(n), ${bindings.bind('Array(String)', numbers.map(String))})`
    parts.push(anyNumber(value, (x) => `has(${list}, ${x})`))
  }
  for (const bool of [true, false])
    if (operands.includes(bool)) parts.push(scalarSql(bindings, value, 'eq', bool))
  return parts.length === 0 ? '0' : `(${parts.join(' OR ')})`
}

function bindScalar(bindings: Bindings, operand: Scalar): string {
  if (typeof operand === 'number') return bindNumber(bindings, operand)
  return typeof operand === 'string' ? bindings.bind('String', operand) : String(operand)
}

type Predicate = (x: string) => string

// `ifNull(…, 0)`: a comparison with the NULL of another type is false, never unknown.
function anyText(value: ValueColumns, predicate: Predicate): string {
  return `(${one(value.text, predicate)} OR ${many(value.texts, predicate)})`
}

function anyNumber(value: ValueColumns, predicate: Predicate): string {
  const readable = (x: string): string => predicate(textAsNumber(x))
  return `(${one(value.number, predicate)} OR ${many(value.numbers, predicate)} OR ${one(value.text, readable)} OR ${many(value.texts, readable)})`
}

function anyBool(value: ValueColumns, predicate: Predicate): string {
  return `(${one(value.bool, predicate)} OR ${many(value.bools, predicate)})`
}

const one = (x: string, predicate: Predicate): string => `ifNull(${predicate(x)}, 0)`
const many = (list: string, predicate: Predicate): string =>
  `arrayExists(x -> ifNull(${predicate('x')}, 0), ${list})`
