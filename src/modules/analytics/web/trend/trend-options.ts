import { z } from 'zod'

/** What only trends ask, as it stands in the address. */
export const TrendOptions = z.object({
  formulas: z
    .array(z.object({ expression: z.string() }))
    .optional()
    .catch(undefined),
  cumulative: z.boolean().optional().catch(undefined),
  average: z.number().int().min(2).max(90).optional().catch(undefined),
  shape: z.enum(['line', 'bar']).optional().catch(undefined),
})
export type TrendOptions = z.infer<typeof TrendOptions>
