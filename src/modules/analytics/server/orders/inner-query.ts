import type { OrderBy, OrdersQuestion } from '#modules/analytics/contract/orders.ts'
import { type BrokenDown, breakDown } from '#modules/analytics/server/sql/break-down.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import type { Days } from '#modules/analytics/server/sql/resolve-range.ts'
import { scanOrders } from '#modules/analytics/server/sql/scan-orders.ts'
import { bucketKey } from '#modules/analytics/server/sql/time-buckets.ts'
import type { OrderRows } from '#modules/orders/index.ts'
import { bindTime } from '#modules/rules/index.ts'

/**
 * The one inner query: a row for each sale, refund and cancellation of the currency, by product a row for each of its lines
 * and one for the rest. `placed`: the order lies in the days, in bucket `k`; `happened`: this does, in bucket `h`.
 * this row's report is counted once.
 */
export function innerQuery(
  inquiry: Inquiry,
  question: OrdersQuestion,
  currency: string,
  days: Days,
  of: OrderRows = 'all',
): { sql: string; names: string[] } {
  const { bindings } = inquiry
  const by = question.breakdown?.[0]
  const zone = bindings.bind('String', inquiry.zone)
  const broken = brokenBy(inquiry, by)
  const [from, until] = [bindTime(bindings, days.fromMs), bindTime(bindings, days.untilMs)]
  const within = (time: string) => `(${time} >= ${from} AND ${time} < ${until})`
  const scan = scanOrders(inquiry, {
    columns: [
      'type',
      'order_id',
      'reason',
      'sold',
      `(sold AND ${within('time')}) AS placed`,
      `${within('at')} AS happened`,
      `${bucketKey(question.interval, zone)} AS k`,
      `${bucketKey(question.interval, zone, 'at')} AS h`,
      'toUnixTimestamp64Milli(at) - toUnixTimestamp64Milli(time) AS delay',
      ...broken.columns,
    ],
    where: [
      `currency = ${bindings.bind('String', currency)}`,
      `(${within('time')} OR ${within('at')})`,
      // A second cancellation takes nothing back any more.
      "(type != 'cancel' OR amount != 0)",
    ],
    of,
  })
  if (broken.joined === '') return { sql: scan, names: broken.names }
  return { sql: `SELECT e.*, p.b0 AS b0 FROM (\n${scan}\n) AS e${broken.joined}`, names: broken.names }
}

const whole = ['amount AS money', 'discount AS off', 'quantity AS items']

function brokenBy(inquiry: Inquiry, by: OrderBy | undefined): BrokenDown {
  if (by === undefined) return { columns: whole, joined: '', names: [] }
  if (!('order' in by)) {
    const broken = breakDown(inquiry, [by])
    return { ...broken, columns: [...whole, ...broken.columns] }
  }
  if (by.order === 'coupon')
    return { columns: [...whole, "nullIf(coupon, '') AS b0"], joined: '', names: ['b0'] }
  const named = by.order === 'product' ? "if(p.name = '', p.id, p.name)" : 'p.category'
  const rest = `amount - arraySum(p -> p.amount, products)`
  const line = `arrayJoin(arrayPushBack(
    arrayMap(p -> (${named}, p.amount, toInt64(0), p.quantity), products), ('', ${rest}, discount, toFloat64(0)))) AS line`
  return {
    columns: [
      line,
      'line.2 AS money',
      'line.3 AS off',
      'line.4 AS items',
      "nullIf(toString(line.1), '') AS b0",
    ],
    joined: '',
    names: ['b0'],
  }
}
