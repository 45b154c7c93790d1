import type { FunnelAnswer, FunnelQuestion, StepNumbers } from '#modules/analytics/contract/funnel.ts'
import type { BreakdownValues } from '#modules/analytics/contract/question.ts'
import { innerQuery } from '#modules/analytics/server/funnel/inner-query.ts'
import {
  isPlain,
  mostTied,
  type Reading,
  readingOf,
  readWhole,
} from '#modules/analytics/server/funnel/plain-journeys.ts'
import { isShown, otherValues, placeSql } from '#modules/analytics/server/sql/break-down.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import type { Bucket } from '#modules/analytics/server/sql/time-buckets.ts'

type Row = { place: number; whole: number; tied: number[] } & Record<string, number | null | number[]>
type Counted = { steps: StepNumbers[]; whole: FunnelAnswer['whole'] }

// Values that only look personal to this reader are passed over; so many more are looked at.
const passedOver = 500

const numbers = (question: FunnelQuestion) => question.steps.map((_, at) => at + 1)
export const tookSql = (from: number, to: number): string => `(toInt64(at[${to}]) - toInt64(at[${from}]))`
const timesSql = (name: string, from: number, to: number): string =>
  `avgIf(${tookSql(from, to)}, level >= ${to}) / 1000 AS avg_${name},
   quantileExactInclusiveIf(0.5)(${tookSql(from, to)}, level >= ${to}) / 1000 AS median_${name}`

/** The combinations shown by themselves: by how many begin, the largest first, equal ones by their text. */
export async function rankBeginners(inquiry: Inquiry, question: FunnelQuestion): Promise<BreakdownValues[]> {
  if (!question.breakdown?.length) return []
  // Who begins does not hang on what is first of two things at one moment.
  const { sql, names } = innerQuery(inquiry, question, isPlain(question) ? readingOf([]) : readWhole)
  const columns = names.join(', ')
  const order = names.map((name) => `${name} ASC NULLS LAST`).join(', ')
  const rows = await inquiry.ask<Record<string, string | null>>(
    `SELECT ${columns}, count() AS size FROM (\n${sql}\n)
     GROUP BY ${columns} ORDER BY size DESC, ${order} LIMIT ${question.top + passedOver}`,
  )
  return rows
    .map((row) => names.map((name) => row[name] ?? null))
    .filter((values) => isShown(inquiry, values))
    .slice(0, question.top)
}

/** Steps of everybody, and of each combination. */
export async function countSteps(
  inquiry: Inquiry,
  question: FunnelQuestion,
  top: readonly BreakdownValues[],
  reading: Reading,
): Promise<{ all: Counted; byPlace: Map<number, Counted>; tied: number[] }> {
  const { sql, names } = innerQuery(inquiry, question, reading)
  const last = question.steps.length
  const columns = numbers(question).map((step) =>
    [
      `countIf(level >= ${step}) AS c${step}`,
      ...(step > 1 ? [timesSql(String(step), step - 1, step)] : []),
    ].join(', '),
  )
  const sums = `${columns.join(', ')}, ${timesSql('whole', 1, last)}`
  const tied = `groupArrayIf(${mostTied + 1})(person, tied) AS tied`
  const placed = `SELECT person, level, at, tied, toUInt32(${placeSql(inquiry, names, top)}) AS place FROM (\n${sql}\n)`
  const rows = await inquiry.ask<Row>(
    names.length === 0
      ? `SELECT 0 AS place, 1 AS whole, ${sums}, ${tied} FROM (\n${sql}\n)`
      : `SELECT place, grouping(place) AS whole, ${sums}, ${tied} FROM (${placed}) GROUP BY GROUPING SETS ((place), ())`,
  )
  const counted = (row: Row | undefined): Counted => ({
    steps: numbers(question).map((step) => ({
      count: numberIn(row, `c${step}`) ?? 0,
      avg_seconds: numberIn(row, `avg_${step}`),
      median_seconds: numberIn(row, `median_${step}`),
    })),
    whole: { avg_seconds: numberIn(row, 'avg_whole'), median_seconds: numberIn(row, 'median_whole') },
  })
  const isWhole = ({ whole }: Row) => whole === 1
  return {
    all: counted(rows.find(isWhole)),
    tied: rows.find(isWhole)?.tied ?? [],
    byPlace: new Map(rows.filter((row) => !isWhole(row)).map((row) => [row.place, counted(row)])),
  }
}

function numberIn(row: Row | undefined, column: string): number | null {
  const value = row?.[column]
  return typeof value === 'number' ? value : null
}

/** Steps of those who began in each interval, one line a combination. */
export async function countByInterval(
  inquiry: Inquiry,
  question: FunnelQuestion,
  top: readonly BreakdownValues[],
  buckets: readonly Bucket[],
  reading: Reading,
): Promise<NonNullable<FunnelAnswer['trend']>['lines']> {
  const { sql, names } = innerQuery(inquiry, question, reading, true)
  const counts = numbers(question).map((step) => `countIf(level >= ${step})`)
  const rows = await inquiry.ask<{ place: number; k: number; counts: number[] }>(
    `SELECT place, k, [${counts.join(', ')}] AS counts
     FROM (SELECT k, level, toUInt32(${placeSql(inquiry, names, top)}) AS place FROM (\n${sql}\n)) GROUP BY place, k`,
  )
  const places =
    names.length === 0 ? [0] : [...new Set(rows.map(({ place }) => place))].toSorted((a, b) => a - b)
  const nobody = question.steps.map(() => 0)
  return places.map((place) => {
    const byKey = new Map(rows.filter((row) => row.place === place).map((row) => [Number(row.k), row.counts]))
    return {
      ...valuesAt(question, top, place),
      points: buckets.map(({ t, key }) => ({ t, counts: byKey.get(key) ?? nobody })),
    }
  })
}

export function valuesAt(question: FunnelQuestion, top: readonly BreakdownValues[], place: number) {
  const size = question.breakdown?.length ?? 0
  if (size === 0) return { breakdown: [] }
  const values = top[place]
  return values === undefined ? { breakdown: otherValues(size), other: true } : { breakdown: values }
}
