import { orderEvents } from '#modules/orders/order-facts.ts'
import type { TimelineEventTeller } from '#slots/timeline-source.ts'

/** Events that tell of orders stand among sales in a timeline, in their places and as they came. */
export const orderTimeline: TimelineEventTeller = {
  name: 'orders',
  claims: { group: 'sales', names: orderEvents },
}
