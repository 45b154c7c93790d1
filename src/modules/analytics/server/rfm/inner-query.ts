import type { EventChoice } from '#modules/analytics/contract/question.ts'
import type { RfmQuestion } from '#modules/analytics/contract/rfm.ts'
import { currenciesOf } from '#modules/analytics/server/purchases/currencies.ts'
import { textOf } from '#modules/analytics/server/sql/break-down.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { type Days, days } from '#modules/analytics/server/sql/resolve-range.ts'
import { eventOrder, scanEvents } from '#modules/analytics/server/sql/scan-events.ts'
import { scanSales } from '#modules/analytics/server/sql/scan-orders.ts'
import { dayNumber } from '#modules/analytics/server/sql/time-buckets.ts'
import { bindTime, numbersOf, storedColumn } from '#modules/rules/index.ts'

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

/** Of order facts: the currency counted in, and how many orders are in which. */
export type Currencies = { currency: string | null; currencies: { currency: string; orders: number }[] }

/** Amounts of two currencies are never added: the one asked for, or the one most orders of the window were placed in. */
export async function currencyOf(inquiry: Inquiry, question: RfmQuestion): Promise<Currencies> {
  if (question.event) return { currency: null, currencies: [] }
  const currencies = await currenciesOf(inquiry, windowOf(inquiry, question))
  return { currency: question.currency ?? currencies[0]?.currency ?? '', currencies }
}

/**
 * The one inner query: a row for whoever ordered, with `recency` (local days from their last order to the as-of day),
 * `frequency` (orders) and `money` (whole millionths).
 */
export function innerQuery(
  inquiry: Inquiry,
  question: RfmQuestion,
  { currency }: Pick<Currencies, 'currency'>,
): string {
  const zone = inquiry.bindings.bind('String', inquiry.zone)
  const day = dayNumber(asOf(inquiry, question))
  const orders = question.event
    ? ordersOfEvents(inquiry, question, question.event)
    : ordersOfFacts(inquiry, question, currency ?? '')
  return `SELECT person, toInt32(${day} - toInt32(toDate(max(last), ${zone}))) AS recency,
    toUInt32(sum(orders)) AS frequency, sum(amount) AS money
    FROM (\n${orders}\n) GROUP BY person`
}

/**
 * A row an order of the facts, worth what was kept of it up to the as-of day. One that was cancelled, or of which all was
 * given back, is none; a free one is.
 */
function ordersOfFacts(inquiry: Inquiry, question: RfmQuestion, currency: string): string {
  const { fromMs, untilMs } = windowOf(inquiry, question)
  const day = asOf(inquiry, question)
  const known = days(day, day, inquiry.zone).untilMs
  const sales = scanSales(inquiry, {
    columns: ['time', 'amount + back AS kept'],
    where: [
      `time >= ${bindTime(inquiry.bindings, fromMs)}`,
      `time < ${bindTime(inquiry.bindings, Math.min(untilMs, known))}`,
      'NOT cancelled AND (amount <= 0 OR kept > 0)',
    ],
    currency,
    until: known,
  })
  return `SELECT person, time AS last, 1 AS orders, toInt128(kept) * 10000 AS amount FROM (\n${sales}\n)`
}

/**
 * A row an order: events that name the same one are the first of them in the total order; those that name none are one
 * each, and stand in one row together because nothing tells them apart later.
 */
function ordersOfEvents(inquiry: Inquiry, question: RfmQuestion, event: EventChoice): string {
  const id = textOf('props', question.order_id)
  const numbers = `arrayFilter(x -> abs(x) <= ${largest}, ${numbersOf(storedColumn('props', question.amount))})`
  const scan = scanEvents(inquiry, {
    columns: [
      `ifNull(${id}, '') AS order_key`,
      'time',
      'message_id',
      `arraySum(arrayMap(x -> toInt128(floor(x * 1000000 + 0.5)), ${numbers})) AS amount`,
    ],
    choices: [event],
    days: windowOf(inquiry, question),
  })
  return `SELECT person, if(order_key = '', max(time), min(time)) AS last, if(order_key = '', count(), 1) AS orders,
    if(order_key = '', sum(amount), argMin(amount, ${eventOrder})) AS amount
    FROM (\n${scan}\n) GROUP BY person, order_key`
}
