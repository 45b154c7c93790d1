import { z } from 'zod'

/** What only stickiness asks, as it stands in the address. */
export const StickinessOptions = z.object({
  cumulative: z.boolean().optional().catch(undefined),
  minimum: z.number().int().min(1).max(1000).optional().catch(undefined),
})
export type StickinessOptions = z.infer<typeof StickinessOptions>
