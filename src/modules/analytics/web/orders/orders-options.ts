import { z } from 'zod'

/** What the chart shows; of it every number stands in the table. */
export const OrdersFigure = z.enum(['money', 'refunds', 'aov', 'orders'])
/** What only order analyses ask, as it stands in the address. */
export const OrdersOptions = z.object({
  figure: OrdersFigure.optional().catch(undefined),
  by: z.enum(['product', 'category', 'coupon', 'shared']).optional().catch(undefined),
  currency: z.string().max(40).optional().catch(undefined),
})
export type OrdersOptions = z.infer<typeof OrdersOptions>
