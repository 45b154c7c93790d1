import type { RfmQuestion } from '#modules/analytics/contract/rfm.ts'
import { textOf } from '#modules/analytics/server/sql/break-down.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { type Days, days } from '#modules/analytics/server/sql/resolve-range.ts'
import { eventOrder, scanEvents } from '#modules/analytics/server/sql/scan-events.ts'
import { dayNumber } from '#modules/analytics/server/sql/time-buckets.ts'
import { numbersOf, storedColumn } from '#modules/rules/index.ts'

// Beyond ±10^24 a number is left out: sums are whole millionths in 128 bits, as everywhere.
const largest = 1e24

/** The day from which recency is counted. */
export const asOf = (inquiry: Inquiry, { as_of }: Pick<RfmQuestion, 'as_of'>): string =>
  as_of ?? inquiry.days.to

/** The days whose orders count: the range, and nothing after the as-of day. */
export function windowOf(inquiry: Inquiry, question: Pick<RfmQuestion, 'as_of'>): Days {
  const to = asOf(inquiry, question)
  return to < inquiry.days.to ? days(inquiry.days.from, to, inquiry.zone) : inquiry.days
}

/**
 * The one inner query: a row for whoever ordered, with `recency` (local days from their last order to the as-of day),
 * `frequency` (orders) and `money` (whole millionths).
 */
export function innerQuery(inquiry: Inquiry, question: RfmQuestion): string {
  const zone = inquiry.bindings.bind('String', inquiry.zone)
  const day = dayNumber(asOf(inquiry, question))
  return `SELECT person, toInt32(${day} - toInt32(toDate(max(last), ${zone}))) AS recency,
    toUInt32(sum(orders)) AS frequency, sum(amount) AS money
    FROM (\n${ordersOfEvents(inquiry, question)}\n) GROUP BY person`
}

/**
 * A row an order: events that name the same one are the first of them in the total order; those that name none are one
 * each, and stand in one row together because nothing tells them apart later.
 */
function ordersOfEvents(inquiry: Inquiry, question: RfmQuestion): string {
  const id = textOf('props', question.order_id)
  const numbers = `arrayFilter(x -> abs(x) <= ${largest}, ${numbersOf(storedColumn('props', question.amount))})`
  const scan = scanEvents(inquiry, {
    columns: [
      `ifNull(${id}, '') AS order_key`,
      'time',
      'message_id',
      `arraySum(arrayMap(x -> toInt128(floor(x * 1000000 + 0.5)), ${numbers})) AS amount`,
    ],
    choices: [question.event ?? { event: null }],
    days: windowOf(inquiry, question),
  })
  return `SELECT person, if(order_key = '', max(time), min(time)) AS last, if(order_key = '', count(), 1) AS orders,
    if(order_key = '', sum(amount), argMin(amount, ${eventOrder})) AS amount
    FROM (\n${scan}\n) GROUP BY person, order_key`
}
