import {
  isPropMath,
  rollingDays,
  type TrendQuestion,
  type TrendSeries,
} from '#modules/analytics/contract/trend.ts'
import { breakDown } from '#modules/analytics/server/sql/break-down.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { type Days, startEarlier } from '#modules/analytics/server/sql/resolve-range.ts'
import { scanEvents } from '#modules/analytics/server/sql/scan-events.ts'
import { bucketKey } from '#modules/analytics/server/sql/time-buckets.ts'
import { numbersOf, storedColumn } from '#modules/rules/index.ts'

// Beyond ±10^24 a number is left out: sums are whole millionths in 128 bits, as in rules.
const largest = 1e24

/**
 * The one inner query of a trend: a row per event of one series with `person`, `k` (its bucket; of rolling people its
 * day), the values `b0…` it is broken down by, and `nums`, the numbers of the property the maths asks for. An event
 * without such a number is not in it, neither in numbers nor in people.
 */
export function innerQuery(
  inquiry: Inquiry,
  question: TrendQuestion,
  series: TrendSeries,
  days: Days,
  { isOfPeople }: { isOfPeople: boolean } = { isOfPeople: true },
): { sql: string; names: string[] } {
  const rolling = rollingDays[series.math]
  const zone = inquiry.bindings.bind('String', inquiry.zone)
  const broken = breakDown(inquiry, question.breakdown)
  const isOfNumbers = isPropMath(series.math)
  const value = storedColumn('props', series.prop ?? '')
  const scan = scanEvents(inquiry, {
    columns: [
      `${bucketKey(rolling === undefined ? question.interval : 'day', zone)} AS k`,
      ...broken.columns,
      ...(isOfNumbers ? [`arrayFilter(x -> abs(x) <= ${largest}, ${numbersOf(value)}) AS nums`] : []),
    ],
    choices: [series],
    days: rolling === undefined ? days : startEarlier(days, rolling - 1, inquiry.zone),
    where: isOfNumbers ? ['notEmpty(nums)'] : [],
    isOfPeople: isOfPeople || broken.joined !== '',
  })
  if (broken.joined === '') return { sql: scan, names: broken.names }
  const items = ['person', 'k', ...broken.names, ...(isOfNumbers ? ['nums'] : [])]
  const select = items.map((item) => (item === 'person' ? 'e.person AS person' : item)).join(', ')
  return { sql: `SELECT ${select} FROM (\n${scan}\n) AS e${broken.joined}`, names: broken.names }
}

const quantiles: Partial<Record<TrendSeries['math'], number>> = {
  ...{ median: 0.5, p75: 0.75, p90: 0.9 },
  ...{ p95: 0.95, p99: 0.99 },
}
// Whole millionths: adding doubles depends on the order of the rows.
const sum = 'toFloat64(sumArray(arrayMap(x -> toInt128(floor(x * 1000000 + 0.5)), nums))) / 1000000'

// A bitmap is as exact as `uniqExact` and a third cheaper, most of all where buckets are put together into the whole.
const peopleSql = 'groupBitmap(toUInt64(person))'

/** The maths of a series over rows of its inner query. */
export function aggregateSql(math: TrendSeries['math']): string {
  if (math === 'count') return 'toFloat64(count())'
  if (math === 'per_person') return `count() / ${peopleSql}`
  if (math === 'sum') return sum
  if (math === 'avg') return `${sum} / sum(length(nums))`
  if (math === 'min' || math === 'max') return `${math}Array(nums)`
  const level = quantiles[math]
  return level === undefined ? `toFloat64(${peopleSql})` : `quantileExactInclusiveArray(${level})(nums)`
}

/** Whether the maths asks who did it. */
export const isAboutPeople = (math: TrendSeries['math']): boolean =>
  rollingDays[math] !== undefined || math === 'people' || math === 'per_person'

/** What a bucket without rows has: nothing happened, or there is nothing to take the mean of. */
export const emptyValue = (math: TrendSeries['math']): 0 | null =>
  math === 'sum' || math === 'count' || math === 'people' || rollingDays[math] !== undefined ? 0 : null
