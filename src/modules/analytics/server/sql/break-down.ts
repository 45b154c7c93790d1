import { type BreakdownBy, type BreakdownValues, otherValue } from '#modules/analytics/contract/question.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { join, storedColumn } from '#modules/rules/index.ts'

/** The values of a breakdown as text: columns `b0`, `b1`, … of a query over `events`, missing ones NULL. */
export type BrokenDown = {
  /** SELECT items of the scan of events. */
  columns: string[]
  /** What follows the scan as `… FROM (scan) AS e`: attributes of people as they are now. Empty without any. */
  joined: string
  /** Names of the columns, in order. */
  names: string[]
}

export const propOf = (by: BreakdownBy): string | undefined =>
  typeof by === 'string' ? by : 'prop' in by ? by.prop : undefined
export const nameOf = (by: BreakdownBy): string => propOf(by) ?? (by as { attr: string }).attr

export function breakDown(inquiry: Inquiry, breakdown: readonly BreakdownBy[] = []): BrokenDown {
  const names = breakdown.map((_, at) => `b${at}`)
  const columns: string[] = []
  const attributes: string[] = []
  for (const [at, by] of breakdown.entries()) {
    const prop = propOf(by)
    if (prop === undefined) attributes.push(`${textOf('attrs', nameOf(by))} AS b${at}`)
    else columns.push(`${textOf('props', prop)} AS b${at}`)
  }
  if (attributes.length === 0) return { columns, joined: '', names }
  inquiry.reads.people()
  const ws = inquiry.bindings.bind('UInt32', inquiry.ctx.workspace.num)
  // Somebody without a row has no attributes: the join gives NULL, the columns being nullable.
  const people = `SELECT person, ${attributes.join(', ')} FROM people FINAL WHERE ws = ${ws} AND deleted = 0`
  return { columns, joined: ` LEFT ANY JOIN (${people}) AS p ON p.person = e.person`, names }
}

/** Any stored value as text: lists joined, numbers and booleans as they are written. */
export function textOf(column: 'props' | 'attrs', path: string): string {
  const value = storedColumn(column, path)
  const list = (of: string) => `arrayStringConcat(arrayMap(x -> ifNull(toString(x), ''), ${of}), ', ')`
  return `multiIf(isNotNull(${value.text}), ${value.text}, isNotNull(${value.number}), toString(${value.number}),
    isNotNull(${value.bool}), if(${value.bool}, 'true', 'false'), notEmpty(${value.texts}), ${list(value.texts)},
    notEmpty(${value.numbers}), ${list(value.numbers)}, notEmpty(${value.bools}), ${list(value.bools)}, NULL)`
}

/** The values of a stored list as text, each by itself; of a single value that alone; empty where there is none. */
export function listOf(column: 'props' | 'attrs', path: string): string {
  const value = storedColumn(column, path)
  const texts = (of: string) => `arrayMap(x -> toString(x), ${of})`
  const single = textOf(column, path)
  return `multiIf(notEmpty(${value.texts}), ${value.texts}, notEmpty(${value.numbers}), ${texts(value.numbers)},
    notEmpty(${value.bools}), ${texts(value.bools)}, isNull(${single}), CAST([], 'Array(Nullable(String))'), [${single}])`
}

/** Equality with given values, missing ones included. */
export function valuesSql(inquiry: Inquiry, names: readonly string[], values: BreakdownValues): string {
  return join(
    names.map((name, at) => {
      const value = values[at] ?? null
      return value === null
        ? `isNull(${name})`
        : `ifNull(${name} = ${inquiry.bindings.bind('String', value)}, 0)`
    }),
    'AND',
  )
}

/** SQL of the combination a row belongs to: its place in `top`, or their number for the rest. */
export function placeSql(
  inquiry: Inquiry,
  names: readonly string[],
  top: readonly BreakdownValues[],
): string {
  if (names.length === 0) return '0'
  const columns = names.map(keyPart).join(', ')
  const keys = inquiry.bindings.bind(
    'Array(String)',
    top.map((values) => values.map(keyText).join('')),
  )
  const place = `indexOf(${keys}, concat('', ${columns}))`
  return `if(${place} = 0, ${top.length}, ${place} - 1)`
}

// Length before text, so that no two combinations are one key: `3:abc`, and `-` where there is nothing.
const keyPart = (name: string) => `ifNull(concat(toString(length(${name})), ':', ${name}), '-')`
const keyText = (value: string | null) => (value === null ? '-' : `${Buffer.byteLength(value)}:${value}`)

/** A value by which a reader who sees personal data masked could read it goes with the rest. */
export function isShown({ mask }: Inquiry, values: BreakdownValues): boolean {
  return values.every((value) => value === null || mask.full || mask.text(value) === value)
}

export const isOther = (values: BreakdownValues): boolean => values.length > 0 && values.includes(otherValue)
export const otherValues = (size: number): BreakdownValues => Array<string>(size).fill(otherValue)
