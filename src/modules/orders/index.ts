import { analyticsSchema } from '#modules/orders/analytics-schema.ts'
import { currentFactsSql } from '#modules/orders/current-facts.ts'
import { type OrderFact, orderEvents, orderFactsOf } from '#modules/orders/order-facts.ts'
import { type OrderSummary, orderSummary } from '#modules/orders/order-summary.ts'
import { orderTimeline } from '#modules/orders/order-timeline.ts'
import { orderKeeper } from '#modules/orders/tell-orders.ts'
import { jsonTime } from '#platform/ch/time.ts'
import type { EventProjection } from '#slots/event-projection.ts'

/**
 * What the module keeps in ClickHouse; the facts of one event; SQL of those that count; what a person is told of theirs;
 * which events are sales in a timeline; one person's orders in a few numbers.
 */
export {
  analyticsSchema,
  currentFactsSql,
  type OrderSummary,
  orderFactsOf,
  orderKeeper,
  orderSummary,
  orderTimeline,
}

/** Ships order facts with the events they come from, and again when ClickHouse is rebuilt. */
export const orderProjection: EventProjection = {
  name: 'orders',
  tables: ['order_fact'],
  shared: {
    column: 'order_id',
    // Numbers, other spellings of the name, and blanks around the text: left to the reader of events.
    mayBeAbout: (isOne) =>
      `event IN (${orderEvents.map((name) => `'${name}'`)}) AND type = 'track' AND (
         ${isOne("JSONExtractString(properties, 'order_id')")} OR JSONType(properties, 'order_id') != 'String'
         OR match(JSONExtractString(properties, 'order_id'), '^[^[:graph:]]|[^[:graph:]]$'))`,
  },
  project: (workspace, events) => {
    const lines = events.flatMap(orderFactsOf).map((fact) => factLine(workspace, fact))
    return lines.length === 0 ? [] : [{ table: 'order_fact', lines: lines.join('') }]
  },
}

function factLine(workspace: number, fact: OrderFact): string {
  const { orderId, productId, time, ...rest } = fact
  const row = JSON.stringify({ ws: workspace, order_id: orderId, product_id: productId, ...rest })
  return `${row.slice(0, -1)},"time":${jsonTime(time)}}\n`
}
