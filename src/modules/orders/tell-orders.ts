import { currentFactsSql } from '#modules/orders/current-facts.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { PersonalDataKeeper } from '#slots/personal-data.ts'

type Row = {
  order_id: string
  type: string
  ms: number
  amount: number
  quantity: number
  currency: string
  product: string
  product_id: string
  coupon: string
  reason: string
}

/** A person's orders. They follow from events, and go with them. */
export function orderKeeper(ch: ClickHouse): PersonalDataKeeper {
  return {
    name: 'orders',
    tell: async (ctx, { theirs }) => {
      const rows = await ch.query<Row>(
        `SELECT order_id, type, toUnixTimestamp64Milli(time) AS ms, amount, quantity, currency, product, product_id, coupon, reason
         FROM (${currentFactsSql}) WHERE ${theirs} ORDER BY time, order_id, type, report, line`,
        { ws: ctx.workspace.num },
      )
      return {
        orders: rows.map(({ order_id, ms, amount, product_id, ...row }) => ({
          orderId: order_id,
          time: new Date(ms).toISOString(),
          ...row,
          productId: product_id,
          amount: amount / 100,
        })),
      }
    },
  }
}
