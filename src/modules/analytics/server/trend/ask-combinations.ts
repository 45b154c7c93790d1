import type { BreakdownValues } from '#modules/analytics/contract/question.ts'
import { rollingDays, type TrendQuestion } from '#modules/analytics/contract/trend.ts'
import { isShown } from '#modules/analytics/server/sql/break-down.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import type { Bucket } from '#modules/analytics/server/sql/time-buckets.ts'
import { type Measured, measuredOf, type ValueRow } from '#modules/analytics/server/trend/ask-series.ts'
import { aggregateSql, innerQuery } from '#modules/analytics/server/trend/inner-query.ts'
import { AppError } from '#platform/errors.ts'

// Combinations times buckets; a property with more values is ranked first, and its values by bucket asked then.
const mostRows = 20_000

type Row = Record<`b${number}`, string | null> & Omit<ValueRow, 'place'>
type Combined = { top: BreakdownValues[]; measured: Measured[] | undefined }

/**
 * A single series broken down: which combinations are the largest and all their values, out of one reading. `measured` is
 * undefined where some go with the rest, whose people are not the sum of theirs; all of it where this way is of no use.
 */
export async function askCombinations(
  inquiry: Inquiry,
  question: TrendQuestion,
  buckets: readonly Bucket[],
): Promise<Combined | undefined> {
  const [series, ...more] = question.series
  if (!series || more.length > 0 || !question.breakdown?.length) return undefined
  if (rollingDays[series.math] !== undefined || (question.cumulative && series.math === 'people'))
    return undefined
  const { sql, names } = innerQuery(inquiry, question, series, inquiry.days)
  const rows = await unlessMany(() =>
    inquiry.ask<Row>(
      `SELECT ${names.join(', ')}, k, grouping(k) AS whole, ${aggregateSql(series.math)} AS value FROM (\n${sql}\n)
       GROUP BY ${names.join(', ')}, k WITH ROLLUP HAVING grouping(${names.at(-1)}) = 0
       SETTINGS max_rows_to_group_by = ${mostRows}, group_by_overflow_mode = 'throw'`,
    ),
  )
  if (rows === undefined) return undefined
  const valuesOf = (row: Row): BreakdownValues => names.map((name) => row[name as `b${number}`] ?? null)
  const all = rows
    .filter((row) => row.whole === 1)
    .map((row) => ({ values: valuesOf(row), value: row.value }))
    .toSorted((a, b) => byValue(a.value, b.value) || byText(a.values, b.values))
    .map(({ values }) => values)
  const top = all.filter((values) => isShown(inquiry, values)).slice(0, question.top)
  if (top.length < all.length) return { top, measured: undefined }
  const places = new Map(top.map((values, at) => [JSON.stringify(values), at]))
  const placed = rows.map((row) => ({ ...row, place: places.get(JSON.stringify(valuesOf(row))) ?? 0 }))
  return { top, measured: measuredOf(placed, question, series, buckets) }
}

async function unlessMany<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError && error.code === 'analytics.took_too_long') return undefined
    throw error
  }
}

// As the engine orders them: the largest first, nothing last; texts by their bytes.
const byValue = (a: number | null, b: number | null): number =>
  a === null || b === null ? Number(a === null) - Number(b === null) : b - a

function byText(a: BreakdownValues, b: BreakdownValues): number {
  for (const [at, one] of a.entries()) {
    const other = b[at] ?? null
    if (one === other) continue
    return one === null || other === null
      ? Number(one === null) - Number(other === null)
      : Buffer.compare(Buffer.from(one), Buffer.from(other))
  }
  return 0
}
