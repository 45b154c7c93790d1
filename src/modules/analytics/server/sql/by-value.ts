import type { BreakdownBy, BreakdownValues } from '#modules/analytics/contract/question.ts'
import {
  type BrokenDown,
  isOther,
  isShown,
  otherValues,
  placeSql,
  propOf,
} from '#modules/analytics/server/sql/break-down.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'

// Values that only look personal to this reader are passed over; so many more are looked at.
const passedOver = 500

/** The combinations shown by themselves: by their people, the most first, equal ones by their text. */
export async function rankPeople(
  inquiry: Inquiry,
  { sql, names }: { sql: string; names: readonly string[] },
  top: number,
): Promise<BreakdownValues[]> {
  const columns = names.join(', ')
  const order = names.map((name) => `${name} ASC NULLS LAST`).join(', ')
  const rows = await inquiry.ask<Record<string, string | null>>(
    `SELECT ${columns}, uniqExact(person) AS size FROM (\n${sql}\n)
     GROUP BY ${columns} ORDER BY size DESC, ${order} LIMIT ${top + passedOver}`,
  )
  return rows
    .map((row) => names.map((name) => row[name] ?? null))
    .filter((values) => isShown(inquiry, values))
    .slice(0, top)
}

/** Rows of a scan of events with the values `b0…`, attributes of people joined in. */
export const brokenRows = (scan: string, { joined, names }: BrokenDown, columns: readonly string[]): string =>
  `SELECT ${['e.person AS person', ...columns, ...names].join(', ')} FROM (\n${scan}\n) AS e${joined}`

/** Which of the values `b0…` an event says itself: what a scan may be grouped by. */
export const saidNames = (breakdown: readonly BreakdownBy[] = []): string[] =>
  breakdown.flatMap((by, at) => (propOf(by) === undefined ? [] : [`b${at}`]))

/** Rows with the `place` of their combination among the top ones, in place of its values. */
export const placedRows = (
  inquiry: Inquiry,
  { sql, names }: { sql: string; names: readonly string[] },
  columns: readonly string[],
  top: readonly BreakdownValues[],
): string =>
  `SELECT ${['person', ...columns].join(', ')}, toUInt32(${placeSql(inquiry, names, top)}) AS place FROM (\n${sql}\n)`

export type CellPlace = { top: BreakdownValues[]; place: number }

/** Where a cell's combination stands: alone in a list of its own, or behind all the ranked ones. */
export async function placeOfCell(
  breakdown: readonly BreakdownBy[] | undefined,
  values: BreakdownValues | undefined,
  rank: () => Promise<BreakdownValues[] | undefined>,
): Promise<CellPlace | undefined> {
  if (!breakdown?.length || values === undefined) return undefined
  if (!isOther(values)) return { top: [breakdown.map((_, at) => values[at] ?? null)], place: 0 }
  const top = (await rank()) ?? []
  return { top, place: top.length }
}

/** What an answer calls the combination at a place. */
export function valuesOfPlace(
  breakdown: readonly BreakdownBy[],
  top: readonly BreakdownValues[],
  place: number,
): { values: BreakdownValues; other?: boolean } {
  const values = top[place]
  return values === undefined ? { values: otherValues(breakdown.length), other: true } : { values }
}
