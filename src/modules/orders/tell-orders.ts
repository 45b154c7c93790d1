import type { OrderProduct } from '#modules/orders/order-facts.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { PersonalDataKeeper } from '#slots/personal-data.ts'

type Row = {
  order_id: string
  type: string
  ms: number
  amount: number
  discount: number
  quantity: number
  currency: string
  coupon: string
  reason: string
  products: OrderProduct[]
}

/** What is reported of a person's orders, as it was said. It follows from events, and goes with them. */
export function orderKeeper(ch: ClickHouse): PersonalDataKeeper {
  return {
    name: 'orders',
    tell: async (ctx, { theirs }) => {
      const rows = await ch.query<Row>(
        `SELECT order_id, type, toUnixTimestamp64Milli(time) AS ms, amount, discount, quantity, currency, coupon, reason, products
         FROM order_report FINAL WHERE ${theirs} ORDER BY time, order_id, type, report`,
        { ws: ctx.workspace.num },
      )
      return {
        orders: rows.map(({ order_id, ms, amount, discount, products, ...row }) => ({
          orderId: order_id,
          time: new Date(ms).toISOString(),
          ...row,
          amount: amount / 100,
          discount: discount / 100,
          products: products.map((product) => ({ ...product, amount: product.amount / 100 })),
        })),
      }
    },
  }
}
