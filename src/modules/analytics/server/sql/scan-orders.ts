import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { type OrderRows, orderEvents, orderFactsSql, orderSalesSql } from '#modules/orders/index.ts'
import { bindTime } from '#modules/rules/index.ts'
import { AppError } from '#platform/errors.ts'

// What was sold at one time is another sum after a refund at any other.
const endOfTime = Date.UTC(2300, 0)
const orderNames = orderEvents.map((event) => ({ event }))

type Scan = {
  /** SELECT items besides `person`; may use columns of the order facts. */
  columns: readonly string[]
  /** Conditions on the facts' columns and on `person`. */
  where?: readonly string[]
  /** GROUP BY and the like, still inside of the wall. */
  tail?: string
}

/**
 * Every read of order facts by this module is written here: the workspace, whose order it is (by dictionaries), and of whom
 * the question is. A row is a sale (`type = 'sale'`: an order, its latest revision), a `refund` or a `cancel`:
 * - `order_id`, `report` (tells refunds of an order apart); `sold`: the sale is known.
 * - `time`: when the order was placed; `at`: when this happened. The two are the two clocks of what goes back.
 * - `amount` in minor units, negative for what goes back, so that their sum is what was kept; `discount` of sales.
 * - `currency` (amounts of two are never added), `quantity`, `coupon` and `props` of the sale, `reason` of what goes back.
 * - `of`: which of the rows. Two million sales need not be read to see what went back.
 * - `products`: Array(Tuple(id, name, category, quantity, amount)); what shipping, tax and discounts make is in `amount` alone.
 */
export function scanOrders(inquiry: Inquiry, { of, ...scan }: Scan & { of?: OrderRows }): string {
  return walled(inquiry, scan, (ws) => orderFactsSql('1', ws, of))
}

/**
 * The same of sales alone, in a currency and each with what went back of it before `until`: `order_id`, `time`, `amount`, `currency`, `props`, `back`,
 * `refund_times`, `refund_amounts` and `cancelled`, as `orderSalesSql` says.
 */
export function scanSales(
  inquiry: Inquiry,
  { currency, until, ...scan }: Scan & { currency?: string | undefined; until?: number },
): string {
  const { bindings } = inquiry
  return walled(inquiry, scan, (ws) =>
    orderSalesSql(ws, {
      currency: currency === undefined ? undefined : bindings.bind('String', currency),
      until: until === undefined ? undefined : bindTime(bindings, until),
    }),
  )
}

function walled(inquiry: Inquiry, { columns, where = [], tail = '' }: Scan, rows: (ws: string) => string) {
  if (!inquiry.ctx.permissions.has('order:read'))
    throw new AppError('access.denied', 'denied', 'Numbers of orders need the right to see orders.', {
      details: { permission: 'order:read' },
    })
  inquiry.reads.events({ fromMs: 0, untilMs: endOfTime }, orderNames)
  const ws = inquiry.bindings.bind('UInt32', inquiry.ctx.workspace.num)
  const conditions = [...where, ...inquiry.whom].filter((one) => one !== '1')
  const select = [`${inquiry.person} AS person`, ...columns].join(',\n  ')
  const met = conditions.length === 0 ? '' : `\nWHERE ${conditions.join('\n  AND ')}`
  return `SELECT ${select}\nFROM (\n${rows(ws)}\n)${met}${tail}`
}
