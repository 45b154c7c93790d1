import { analyticsSchema } from '#modules/orders/analytics-schema.ts'
import { type OrderFact, orderFactsOf } from '#modules/orders/order-facts.ts'
import { jsonTime } from '#platform/ch/time.ts'
import type { EventProjection } from '#slots/event-projection.ts'

/** What the module keeps in ClickHouse; the facts of one event. */
export { analyticsSchema, orderFactsOf }

/** Ships order facts with the events they come from, and again when ClickHouse is rebuilt. */
export const orderProjection: EventProjection = {
  name: 'orders',
  tables: ['order_fact'],
  project: (workspace, events) => {
    const lines = events.flatMap(orderFactsOf).map((fact) => factLine(workspace, fact))
    return lines.length === 0 ? [] : [{ table: 'order_fact', lines: lines.join('') }]
  },
}

/**
 * SELECT of the facts that count: the latest revision of every sale without surplus lines, refunds and
 * cancellations. The workspace is bound as {ws:UInt32}.
 */
export const currentFactsSql = `
SELECT f.* FROM (SELECT * FROM order_fact FINAL WHERE ws = {ws:UInt32}) AS f
INNER JOIN (
  SELECT order_id, type, report, max(version) AS latest FROM order_fact FINAL
  WHERE ws = {ws:UInt32} AND line = 'order' GROUP BY order_id, type, report) AS r
  ON f.order_id = r.order_id AND f.type = r.type AND f.report = r.report AND f.version = r.latest`

function factLine(workspace: number, fact: OrderFact): string {
  const { orderId, productId, time, ...rest } = fact
  const row = JSON.stringify({ ws: workspace, order_id: orderId, product_id: productId, ...rest })
  return `${row.slice(0, -1)},"time":${jsonTime(time)}}\n`
}
