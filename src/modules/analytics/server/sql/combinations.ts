import type { BreakdownValues } from '#modules/analytics/contract/question.ts'
import {
  type BrokenDown,
  isOther,
  isShown,
  otherValues,
  placeSql,
  valuesSql,
} from '#modules/analytics/server/sql/break-down.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'

/** An inner query with the columns it is broken down by. */
export type Inner = { sql: string; names: string[] }
export type Ranked = readonly BreakdownValues[]

// Values that only look personal to this reader are passed over; so many more are looked at.
const passedOver = 500

/** The rows of a scan with what they are broken down by, attributes of people included. */
export function broken(scan: string, columns: readonly string[], { joined, names }: BrokenDown): Inner {
  if (joined === '') return { sql: scan, names }
  const select = ['e.person AS person', ...columns, ...names].join(', ')
  return { sql: `SELECT ${select} FROM (\n${scan}\n) AS e${joined}`, names }
}

/** The combinations shown by themselves: the largest first, equal ones by their text. */
export async function rankCombinations(
  inquiry: Inquiry,
  { sql, names }: Inner,
  top: number,
  size: string,
): Promise<BreakdownValues[]> {
  if (names.length === 0) return []
  const columns = names.join(', ')
  const order = names.map((name) => `${name} ASC NULLS LAST`).join(', ')
  const rows = await inquiry.ask<Record<string, string | null>>(
    `SELECT ${columns}, ${size} AS size FROM (\n${sql}\n)
     GROUP BY ${columns} ORDER BY size DESC NULLS LAST, ${order} LIMIT ${top + passedOver}`,
  )
  return rows
    .map((row) => names.map((name) => row[name] ?? null))
    .filter((values) => isShown(inquiry, values))
    .slice(0, top)
}

/** The inner query with `place`: which of the combinations a row is of, their number for the rest. */
export const placed = (inquiry: Inquiry, { sql, names }: Inner, top: Ranked): string =>
  `SELECT *, toUInt32(${placeSql(inquiry, names, top)}) AS place FROM (\n${sql}\n)`

/** Grouping by `keys`: each combination, and everybody. `grouping(place)` tells them apart. */
export const wholeAndPlaces = ({ names }: Inner, keys: readonly (readonly string[])[] = [[]]): string =>
  [...(names.length > 0 ? keys.map((own) => ['place', ...own]) : []), ...keys]
    .map((set) => `(${set.join(', ')})`)
    .join(', ')

export function combinationAt(size: number, top: Ranked, place: number) {
  const values = top[place]
  return values === undefined
    ? { breakdown: otherValues(size), other: true }
    : { breakdown: values as BreakdownValues }
}

/** Rows of the combination a cell names; of every one when it names none. */
export async function combinationSql(
  inquiry: Inquiry,
  { names }: Inner,
  values: BreakdownValues | undefined,
  ranked: () => Promise<Ranked>,
): Promise<string[]> {
  if (values === undefined || names.length === 0) return []
  if (!isOther(values)) return [valuesSql(inquiry, names, values)]
  const top = await ranked()
  return [`${placeSql(inquiry, names, top)} = ${top.length}`]
}
