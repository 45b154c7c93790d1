import { z } from 'zod'

/** What questions about buying have in common, as it stands in the address. */
export const PurchaseOptions = z.object({
  /** Nothing: the order facts. */
  source: z.literal('event').optional().catch(undefined),
  orderId: z.string().min(1).max(500).optional().catch(undefined),
  periods: z.number().int().min(1).max(400).optional().catch(undefined),
  /** Of repurchase: by a period, not in it. */
  cumulative: z.boolean().optional().catch(undefined),
  /** Of lifetime value: who is in a cohort, the amount of events, the currency of facts. */
  startBy: z.literal('event').optional().catch(undefined),
  amount: z.string().min(1).max(500).optional().catch(undefined),
  currency: z.string().max(40).optional().catch(undefined),
  /** Of repurchase: whose days to the second order are shown, by place. */
  part: z.number().int().min(0).optional().catch(undefined),
})
export type PurchaseOptions = z.infer<typeof PurchaseOptions>
