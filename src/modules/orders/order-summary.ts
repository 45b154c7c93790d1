import { orderFactsSql } from '#modules/orders/order-facts-sql.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/** One person's orders in one currency: what was kept of sales, how many orders, and the last. */
export type OrderSummary = {
  currency: string
  /** Minor units: sales less refunds and cancellations. */
  net: number
  orders: number
  lastAt: string
}

/**
 * From the facts of this person's orders alone: finding them reads two columns, and the reports of an order lie together. `theirs` is a condition on `unit` and `time`.
 */
export async function orderSummary(
  ch: ClickHouse,
  ctx: WorkspaceCtx,
  theirs: string,
): Promise<OrderSummary[]> {
  const facts = orderFactsSql(
    `order_id IN (SELECT order_id FROM order_report WHERE ws = {ws:UInt32} AND ${theirs})`,
  )
  const rows = await ch.query<{ currency: string; net: number; orders: number; last: number }>(
    `SELECT currency, sum(amount) AS net, uniqExactIf(order_id, type = 'sale') AS orders,
       toUnixTimestamp64Milli(maxIf(at, type = 'sale')) AS last
     FROM (${facts}) WHERE ${theirs}
     GROUP BY currency HAVING orders > 0 ORDER BY orders DESC, currency`,
    { ws: ctx.workspace.num },
    { signal: ctx.signal },
  )
  return rows.map(({ last, ...row }) => ({ ...row, lastAt: new Date(last).toISOString() }))
}
