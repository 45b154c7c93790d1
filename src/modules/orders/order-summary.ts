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
 * From the facts that count, of this person's orders alone: finding them reads one column, and the facts of an order lie
 * together. `theirs` is a condition on `unit` and `time`.
 */
export async function orderSummary(
  ch: ClickHouse,
  ctx: WorkspaceCtx,
  theirs: string,
): Promise<OrderSummary[]> {
  const facts = `(SELECT * FROM order_fact FINAL WHERE ws = {ws:UInt32} AND order_id IN (
    SELECT order_id FROM order_fact WHERE ${theirs}))`
  const rows = await ch.query<{ currency: string; net: number; orders: number; last: number }>(
    `SELECT f.currency AS currency, sum(f.amount) AS net, uniqExactIf(f.order_id, f.type = 'sale') AS orders,
       toUnixTimestamp64Milli(maxIf(f.time, f.type = 'sale')) AS last
     FROM (SELECT * FROM ${facts} WHERE ${theirs}) AS f
     INNER JOIN (
       SELECT order_id, type, report, max(version) AS latest FROM ${facts} WHERE line = 'order'
       GROUP BY order_id, type, report) AS r
       ON f.order_id = r.order_id AND f.type = r.type AND f.report = r.report AND f.version = r.latest
     GROUP BY currency HAVING orders > 0 ORDER BY orders DESC, currency`,
    { ws: ctx.workspace.num },
    { signal: ctx.signal },
  )
  return rows.map(({ last, ...row }) => ({ ...row, lastAt: new Date(last).toISOString() }))
}
