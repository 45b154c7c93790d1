import { analyticsSchema } from '#modules/orders/analytics-schema.ts'
import { type OrderReport, orderEvents, orderReportOf } from '#modules/orders/order-facts.ts'
import { type OrderRows, orderFactsSql, orderSalesSql } from '#modules/orders/order-facts-sql.ts'
import { type OrderSummary, orderSummary } from '#modules/orders/order-summary.ts'
import { orderTimeline } from '#modules/orders/order-timeline.ts'
import { orderKeeper } from '#modules/orders/tell-orders.ts'
import { jsonTime } from '#platform/ch/time.ts'
import type { EventProjection } from '#slots/event-projection.ts'

/**
 * What the module keeps in ClickHouse; names of the events it follows from; what one event reports; SQL of the facts that count, and of sales with what went back of them; what a person is told of theirs;
 * which events are sales in a timeline; one person's orders in a few numbers.
 */
export {
  analyticsSchema,
  type OrderRows,
  type OrderSummary,
  orderEvents,
  orderFactsSql,
  orderKeeper,
  orderReportOf,
  orderSalesSql,
  orderSummary,
  orderTimeline,
}

/** Ships order facts with the events they come from, and again when ClickHouse is rebuilt. */
export const orderProjection: EventProjection = {
  name: 'orders',
  tables: ['order_report'],
  shared: {
    column: 'order_id',
    // Numbers, other spellings of the name, and blanks around the text: left to the reader of events.
    mayBeAbout: (isOne) =>
      `event IN (${orderEvents.map((name) => `'${name}'`)}) AND type = 'track' AND (
         ${isOne("JSONExtractString(properties, 'order_id')")} OR JSONType(properties, 'order_id') != 'String'
         OR match(JSONExtractString(properties, 'order_id'), '^[^[:graph:]]|[^[:graph:]]$'))`,
  },
  project: (workspace, events) => {
    const lines = events.flatMap((event) => reportLine(workspace, orderReportOf(event)))
    return lines.length === 0 ? [] : [{ table: 'order_report', lines: lines.join('') }]
  },
}

function reportLine(workspace: number, report: OrderReport | undefined): string[] {
  if (!report) return []
  const { orderId, time, propsText, ...rest } = report
  const row = JSON.stringify({ ws: workspace, order_id: orderId, ...rest })
  return [`${row.slice(0, -1)},"time":${jsonTime(time)},"props":${propsText}}\n`]
}
