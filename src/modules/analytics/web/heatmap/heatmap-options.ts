import { z } from 'zod'

/** What only heat maps ask, as it stands in the address; `value`: which combination of the breakdown is shown. */
export const HeatmapOptions = z.object({
  zone: z.literal('person').optional().catch(undefined),
  show: z.enum(['average', 'difference', 'compared']).optional().catch(undefined),
  value: z.number().int().min(0).optional().catch(undefined),
})
export type HeatmapOptions = z.infer<typeof HeatmapOptions>
