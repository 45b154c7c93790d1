import type { DistributionPoint, DistributionQuestion } from '#modules/analytics/contract/distribution.ts'
import { bracketSql } from '#modules/analytics/server/distribution/brackets.ts'
import { eventRows, innerQuery } from '#modules/analytics/server/distribution/inner-query.ts'
import { combinationAt, placed, type Ranked } from '#modules/analytics/server/sql/combinations.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import type { Days } from '#modules/analytics/server/sql/resolve-range.ts'
import { bucketsOf } from '#modules/analytics/server/sql/time-buckets.ts'

type Row = {
  place: number
  k: number
  people: number
  avg: number
  median: number
  counted: [number[], number[]]
}

export const periodsOf = (inquiry: Inquiry, { interval }: DistributionQuestion, days: Days) =>
  interval === 'range' ? [{ t: null, key: 0 }] : bucketsOf(days, interval, inquiry.zone)

/** Of everybody, with everything they did. */
export async function wholePoints(
  inquiry: Inquiry,
  question: DistributionQuestion,
  bounds: readonly number[],
  days: Days,
): Promise<DistributionPoint[]> {
  const { sql } = eventRows(inquiry, { ...question, breakdown: [] }, days)
  const inner = `SELECT *, 0 AS place FROM (\n${innerQuery(question, sql)}\n)`
  const byPlace = await pointsByPlace(inquiry, question, bounds, inner, days)
  return byPlace.get(0) ?? periodsOf(inquiry, question, days).map(({ t }) => pointOf(t, undefined, bounds))
}

/** Of each combination: everybody with what they did under it. */
export async function pointsByValue(
  inquiry: Inquiry,
  question: DistributionQuestion,
  bounds: readonly number[],
  top: Ranked,
  days: Days,
) {
  const rows = eventRows(inquiry, question, days)
  const inner = innerQuery(question, placed(inquiry, rows, top), { keys: ['place'] })
  const byPlace = await pointsByPlace(inquiry, question, bounds, inner, days)
  return [...byPlace]
    .toSorted(([a], [b]) => a - b)
    .map(([place, points]) => ({ ...combinationAt(rows.names.length, top, place), points }))
}

async function pointsByPlace(
  inquiry: Inquiry,
  question: DistributionQuestion,
  bounds: readonly number[],
  inner: string,
  days: Days,
): Promise<Map<number, DistributionPoint[]>> {
  const rows = await inquiry.ask<Row>(
    `SELECT place, k, count() AS people, avg(value) AS avg, quantileExactInclusive(0.5)(value) AS median,
       sumMap([${bracketSql(bounds)}], [toUInt64(1)]) AS counted
     FROM (\n${inner}\n) GROUP BY place, k`,
  )
  const periods = periodsOf(inquiry, question, days)
  return new Map(
    [...Map.groupBy(rows, (row) => row.place)].map(([place, own]) => {
      const byKey = new Map(own.map((row) => [Number(row.k), row]))
      return [place, periods.map(({ t, key }) => pointOf(t, byKey.get(key), bounds))]
    }),
  )
}

function pointOf(t: string | null, row: Row | undefined, bounds: readonly number[]): DistributionPoint {
  const counts = Array<number>(bounds.length + 1).fill(0)
  const [places, people] = row?.counted ?? [[], []]
  for (const [at, place] of places.entries()) counts[place] = people[at] ?? 0
  return { t, people: row?.people ?? 0, avg: row?.avg ?? null, median: row?.median ?? null, counts }
}
