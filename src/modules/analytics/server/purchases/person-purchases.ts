import type { BreakdownBy, EventChoice } from '#modules/analytics/contract/question.ts'
import { breakDown, propOf, textOf } from '#modules/analytics/server/sql/break-down.ts'
import { saidNames } from '#modules/analytics/server/sql/by-value.ts'
import type { Inner } from '#modules/analytics/server/sql/combinations.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { positionSql } from '#modules/analytics/server/sql/positions.ts'
import type { Days } from '#modules/analytics/server/sql/resolve-range.ts'
import { choiceSql, scanEvents } from '#modules/analytics/server/sql/scan-events.ts'
import { scanSales } from '#modules/analytics/server/sql/scan-orders.ts'
import { numbersOf, storedColumn } from '#modules/rules/index.ts'

export type Purchases = {
  /** Without it: order facts. */
  event?: EventChoice | undefined
  order_id: string
  interval: 'day' | 'week' | 'month'
  /** Property with the amount; undefined where money is not asked for. */
  amount?: string | undefined
  /** Of order facts; undefined: orders in any. */
  currency?: string | undefined
  /** Who is in a cohort; undefined: by the first order. */
  start?: EventChoice | undefined
  /** Values of the order or event that put somebody into a cohort, or of the person now. */
  breakdown?: readonly BreakdownBy[] | undefined
}

// As of trends: beyond it a number is left out. And everything that ever was and will be said.
const largest = 1e24
const always = { fromMs: 0, untilMs: Date.UTC(2149, 0, 1) }

/**
 * A row for each person who began in the days: `start` (ms, id, period), `bought` (ms, id, order, period, millionths), in
 * order, each order once, from the start on, and of order facts `refunds` (order, period, millionths) of these. First
 * orders are those of all history. With a breakdown `b0…`, the values of what put them into their cohort.
 */
export function personPurchases(inquiry: Inquiry, asked: Purchases, days: Days = inquiry.days): Inner {
  const isSince = asked.event === undefined ? 'x.1 >= start.1' : '(x.1, x.2) >= (start.1, start.2)'
  const told = asked.event === undefined ? ofFacts(inquiry, asked) : ofEvents(inquiry, asked, asked.event)
  const saying = saidNames(asked.breakdown)
  const own = saying.map((name, at) => `start.4[${at + 1}] AS ${name}`)
  const sql = `SELECT ${['person', 'start', `arrayFilter(x -> ${isSince}, orders) AS bought`, 'refunds', ...own].join(', ')}
    FROM (\n${told}\n) WHERE start.1 >= ${days.fromMs} AND start.1 < ${days.untilMs}`
  const { joined, names } = breakDown(inquiry, asked.breakdown)
  if (joined === '') return { sql, names }
  const select = ['e.person AS person', 'start', 'bought', 'refunds', ...names]
  return { sql: `SELECT ${select.join(', ')} FROM (\n${sql}\n) AS e${joined}`, names }
}

/** The values an order or event says itself, as one column; undefined where nothing is asked of it. */
function saidSql(breakdown: Purchases['breakdown'] = []): string | undefined {
  const props = breakdown.map(propOf).filter((prop) => prop !== undefined)
  if (props.length === 0) return undefined
  return `CAST([${props.map((prop) => textOf('props', prop)).join(', ')}], 'Array(Nullable(String))')`
}

const firstOrder = (isSaid: boolean) =>
  `(orders[1].1, orders[1].2, orders[1].4${isSaid ? ', orders[1].6' : ''})`

function ofEvents(inquiry: Inquiry, asked: Purchases, event: EventChoice) {
  const { order_id, amount, start, interval } = asked
  const said = saidSql(asked.breakdown)
  const isSaid = said !== undefined
  const nums = `arrayFilter(x -> abs(x) <= ${largest}, ${numbersOf(storedColumn('props', amount ?? ''))})`
  const micro = `arrayReduce('sum', arrayMap(x -> toInt128(floor(x * 1000000 + 0.5)), ${nums}))`
  // What decides between two at the same moment is only needed where it can be seen: in money and in values.
  const isTold = amount !== undefined || start !== undefined || isSaid
  const scan = scanEvents(inquiry, {
    columns: [
      `${positionSql(interval, inquiry.bindings.bind('String', inquiry.zone))} AS n`,
      'toUnixTimestamp64Milli(time) AS ms',
      `${isTold ? 'message_id' : "''"} AS id`,
      `sipHash64(ifNull(nullIf(${textOf('props', order_id)}, ''), concat('\\0', message_id))) AS key`,
      `${amount === undefined ? 'toInt128(0)' : micro} AS micro`,
      `(${choiceSql(inquiry, event)}) AS buys`,
      `(${start === undefined ? '0' : choiceSql(inquiry, start)}) AS begins`,
      ...(isSaid ? [`${said} AS values`] : []),
    ],
    choices: start === undefined ? [event] : [event, start],
    days: always,
  })
  // The values are no part of the order.
  const all = isSaid
    ? 'arraySort(x -> (x.1, x.2), groupArrayIf((ms, id, key, n, micro, values), buys))'
    : 'arraySort(groupArrayIf((ms, id, key, n, micro), buys))'
  const first = isSaid ? 'argMinIf((ms, id, n, values), (ms, id), begins)' : 'minIf((ms, id, n), begins)'
  return `SELECT person, ${all} AS said,
      arrayFilter((x, nth) -> nth = 1, said, arrayEnumerateUniq(arrayMap(x -> x.3, said))) AS orders,
      ${start === undefined ? firstOrder(isSaid) : first} AS start,
      CAST([], 'Array(Tuple(UInt64, Int32, Int128))') AS refunds
    FROM (\n${scan}\n) GROUP BY person HAVING ${start === undefined ? 'notEmpty(orders)' : 'countIf(begins) > 0'}`
}

/** Paid orders: with an amount, and not cancelled. */
function ofFacts(inquiry: Inquiry, { currency, start, interval, breakdown }: Purchases): string {
  const said = saidSql(breakdown)
  const isSaid = said !== undefined && start === undefined
  const zone = inquiry.bindings.bind('String', inquiry.zone)
  const position = (time: string) => `toInt32(${positionSql(interval, zone, time)})`
  // Without a currency nobody asks for money.
  const back = currency === undefined ? "CAST([], 'Array(Tuple(UInt64, Int32, Int128))')" : backSql(position)
  const scan = scanSales(inquiry, {
    columns: [
      'sipHash64(order_id) AS key',
      'toUnixTimestamp64Milli(time) AS ms',
      `${position('time')} AS n`,
      'toInt128(amount) * 10000 AS micro',
      `${back} AS back`,
      // Two at the same moment go by their number where it can be seen which is the first.
      ...(isSaid ? ['order_id AS id', `${said} AS values`] : []),
    ],
    where: ['amount > 0', 'NOT cancelled'],
    currency,
  })
  const all = isSaid
    ? 'arraySort(x -> (x.1, x.2), groupArray((ms, id, key, n, micro, values)))'
    : "arraySort(x -> x.1, groupArray((ms, '', key, n, micro)))"
  const orders = `SELECT person, ${all} AS orders, groupArrayArray(back) AS refunds FROM (\n${scan}\n) GROUP BY person`
  if (start === undefined)
    return `SELECT person, ${firstOrder(isSaid)} AS start, orders, refunds FROM (\n${orders}\n) WHERE notEmpty(orders)`
  const moment = `(toUnixTimestamp64Milli(time), message_id)`
  const begins = `(toUnixTimestamp64Milli(time), message_id, ${positionSql(interval, zone)}`
  const begun = scanEvents(inquiry, {
    columns: [
      said === undefined ? `min(${begins})) AS start` : `argMin(${begins}, ${said}), ${moment}) AS start`,
    ],
    choices: [start],
    days: always,
    tail: ' GROUP BY person',
  })
  return `SELECT s.person AS person, s.start AS start, f.orders AS orders, f.refunds AS refunds
    FROM (\n${begun}\n) AS s LEFT ANY JOIN (\n${orders}\n) AS f ON f.person = s.person`
}

const backSql = (position: (time: string) => string) =>
  `arrayMap((time, amount) -> (sipHash64(order_id), ${position('time')}, toInt128(amount) * 10000), refund_times, refund_amounts)`

/** Of what the common checks must know. */
export function purchaseNames({ event, start, order_id, amount, breakdown }: Omit<Purchases, 'interval'>) {
  const events = [
    ...(event === undefined ? [] : [{ at: '/event', choice: event }]),
    ...(start === undefined ? [] : [{ at: '/start', choice: start }]),
  ]
  if (event === undefined) return { events, props: [], breakdown }
  const props = [
    { at: '/order_id', prop: order_id },
    ...(amount === undefined ? [] : [{ at: '/amount', prop: amount }]),
  ]
  return { events, props, breakdown }
}
