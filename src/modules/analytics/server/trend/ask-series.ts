import type { BreakdownValues } from '#modules/analytics/contract/question.ts'
import { rollingDays, type TrendQuestion, type TrendSeries } from '#modules/analytics/contract/trend.ts'
import { placeSql } from '#modules/analytics/server/sql/break-down.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import type { Days } from '#modules/analytics/server/sql/resolve-range.ts'
import { type Bucket, dayNumber } from '#modules/analytics/server/sql/time-buckets.ts'
import {
  aggregateSql,
  emptyValue,
  innerQuery,
  isAboutPeople,
} from '#modules/analytics/server/trend/inner-query.ts'

/** Of one combination (its place among the top ones, or their number for the rest): values by bucket, and in all. */
export type Measured = { place: number; total: number | null; values: (number | null)[] }
/** Of a combination by its place: the value of a bucket, or the whole one. */
export type ValueRow = { place: number; k: number; whole: number; value: number | null }

/** The numbers of one series over its inner query. */
export async function askSeries(
  inquiry: Inquiry,
  question: TrendQuestion,
  series: TrendSeries,
  period: { days: Days; buckets: readonly Bucket[]; top: readonly BreakdownValues[] },
): Promise<Measured[]> {
  const isOfPeople = isAboutPeople(series.math)
  const { sql, names } = innerQuery(inquiry, question, series, period.days, { isOfPeople })
  const place = `toUInt32(${placeSql(inquiry, names, period.top)})`
  const window = rollingDays[series.math]
  if (window !== undefined)
    return rollingPeople(await inquiry.ask(rollingSql(sql, place, window)), period, question)
  const isRunning = question.cumulative && series.math === 'people'
  const rows = await inquiry.ask<ValueRow>(
    isRunning ? firstsSql(sql, place) : valuesByBucket(sql, names, place, aggregateSql(series.math)),
  )
  return measuredOf(rows, question, series, period.buckets)
}

export function measuredOf(
  rows: readonly ValueRow[],
  { cumulative }: Pick<TrendQuestion, 'cumulative'>,
  { math }: Pick<TrendSeries, 'math'>,
  buckets: readonly Bucket[],
): Measured[] {
  return [...Map.groupBy(rows, (row) => row.place)].map(([at, ofPlace]) => {
    const byKey = new Map(ofPlace.filter((row) => row.whole === 0).map((row) => [row.k, row.value]))
    const values = buckets.map(({ key }) => byKey.get(key) ?? emptyValue(math))
    return {
      place: at,
      total: ofPlace.find((row) => row.whole === 1)?.value ?? emptyValue(math),
      values: cumulative ? running(values) : values,
    }
  })
}

// By rolling up, the whole is put together out of the buckets: GROUPING SETS would read and count everything twice.
const valuesByBucket = (inner: string, names: readonly string[], place: string, value: string): string =>
  names.length === 0
    ? `SELECT toUInt32(0) AS place, k, grouping(k) AS whole, ${value} AS value FROM (\n${inner}\n) GROUP BY k WITH ROLLUP`
    : `SELECT place, k, grouping(k) AS whole, ${value} AS value
   FROM (SELECT *, ${place} AS place FROM (\n${inner}\n)) GROUP BY place, k WITH ROLLUP HAVING grouping(place) = 0`

/** How many people came for the first time in each bucket: added up, nobody counts twice. */
const firstsSql = (inner: string, place: string): string =>
  `SELECT place, k, grouping(k) AS whole, toFloat64(count()) AS value
   FROM (SELECT place, person, min(k) AS k FROM (SELECT person, k, ${place} AS place FROM (\n${inner}\n)) GROUP BY place, person)
   GROUP BY place, k WITH ROLLUP HAVING grouping(place) = 0`

type Change = { place: number; day: number; change: number }

/**
 * Each day of a person's makes them count for `window` days. Days less than that apart run together: +1 on the first day of
 * a run, −1 `window` days after its last one, added up later. Far fewer rows than a person for each day of each window.
 */
const rollingSql = (inner: string, place: string, window: number): string =>
  `SELECT place, step.1 AS day, sum(step.2) AS change FROM (
     SELECT place, arrayJoin(arrayConcat(
       arrayMap(d -> (toInt64(d), 1), arrayFilter((d, before) -> d > before + ${window}, own, arrayPushFront(arrayPopBack(own), ${never}))),
       arrayMap(d -> (toInt64(d + ${window}), -1), arrayFilter((d, next) -> next > d + ${window}, own, arrayPushBack(arrayPopFront(own), ${-never}))))) AS step
     FROM (SELECT place, person, arraySort(arrayDistinct(groupArray(k))) AS own
       FROM (SELECT person, k, ${place} AS place FROM (\n${inner}\n)) GROUP BY place, person))
   GROUP BY place, day ORDER BY place, day`

// A day before all days.
const never = -1_000_000

function rollingPeople(
  rows: readonly Change[],
  { days, buckets }: { days: Days; buckets: readonly Bucket[] },
  question: TrendQuestion,
): Measured[] {
  return [...Map.groupBy(rows, (row) => row.place)].map(([place, changes]) => ({
    place,
    total: null,
    values: buckets.map((_, at) => {
      const last = lastDay(days, buckets, at, question)
      return changes.reduce((sum, { day, change }) => (day <= last ? sum + change : sum), 0)
    }),
  }))
}

/** The day a bucket’s rolling window ends with: its last one, or the last of the range. */
export function lastDay(
  days: Days,
  buckets: readonly Bucket[],
  at: number,
  { interval }: Pick<TrendQuestion, 'interval'>,
): number {
  const end = dayNumber(days.to)
  if (interval === 'day') return (buckets[at] as Bucket).key
  const next = buckets[at + 1]
  return next === undefined ? end : Math.min(next.key - 1, end)
}

function running(values: readonly (number | null)[]): number[] {
  let sum = 0
  return values.map((value) => {
    sum += Math.round((value ?? 0) * 1e6)
    return sum / 1e6
  })
}
