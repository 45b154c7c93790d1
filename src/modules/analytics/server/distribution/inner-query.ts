import { type DistributionQuestion, isOfProp } from '#modules/analytics/contract/distribution.ts'
import { breakDown } from '#modules/analytics/server/sql/break-down.ts'
import { broken, type Inner } from '#modules/analytics/server/sql/combinations.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { millionthsSql, numsSql } from '#modules/analytics/server/sql/prop-numbers.ts'
import type { Days } from '#modules/analytics/server/sql/resolve-range.ts'
import { scanEvents } from '#modules/analytics/server/sql/scan-events.ts'
import { bucketKey } from '#modules/analytics/server/sql/time-buckets.ts'

/** A row per event that counts, with `person`, its period `k`, what is measured of it and the values `b0…`. */
export function eventRows(
  inquiry: Inquiry,
  question: DistributionQuestion,
  days: Days = inquiry.days,
): Inner {
  const { interval, measure, event, prop = '' } = question
  const zone = inquiry.bindings.bind('String', inquiry.zone)
  const by = breakDown(inquiry, question.breakdown)
  const isNumber = isOfProp(measure)
  const measured = measuredSql(measure, prop, zone)
  const scan = scanEvents(inquiry, {
    columns: [
      `toInt64(${interval === 'range' ? '0' : bucketKey(interval, zone)}) AS k`,
      ...measured.map(({ sql, name }) => `${sql} AS ${name}`),
      ...by.columns,
    ],
    choices: [event],
    days,
    where: isNumber ? ['notEmpty(nums)'] : [],
  })
  return broken(scan, ['k', ...measured.map(({ name }) => name)], by)
}

function measuredSql(measure: DistributionQuestion['measure'], prop: string, zone: string) {
  if (isOfProp(measure)) return [{ sql: numsSql(prop), name: 'nums' }]
  if (measure === 'days') return [{ sql: `toDate(time, ${zone})`, name: 'moment' }]
  if (measure === 'hours') return [{ sql: `toStartOfHour(toDateTime(time, ${zone}))`, name: 'moment' }]
  return []
}

/**
 * The one inner query of a distribution: a row for each person, period `k` and `keys` with `value`, what they come to in
 * it. Who has no number of the property has no row.
 */
export function innerQuery(
  { measure }: DistributionQuestion,
  rows: string,
  { keys = [], where = [] }: { keys?: readonly string[]; where?: readonly string[] } = {},
): string {
  const own = ['person', 'k', ...keys].join(', ')
  const condition = where.length > 0 ? ` WHERE ${where.join(' AND ')}` : ''
  return `SELECT ${own}, ${valueSql(measure)} AS value FROM (\n${rows}\n)${condition} GROUP BY ${own}`
}

function valueSql(measure: DistributionQuestion['measure']): string {
  if (measure === 'count') return 'toFloat64(count())'
  if (measure === 'days' || measure === 'hours') return 'toFloat64(uniqExact(moment))'
  if (measure === 'min' || measure === 'max') return `${measure}Array(nums)`
  const sum = `toFloat64(${millionthsSql('nums')}) / 1000000`
  return measure === 'sum' ? sum : `${sum} / sum(length(nums))`
}
