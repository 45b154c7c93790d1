import { z } from 'zod'
import { RetentionMode } from '../../contract/retention.ts'

/** What only retentions ask, as it stands in the address. */
export const RetentionOptions = z.object({
  mode: RetentionMode.optional().catch(undefined),
  window: z.enum(['calendar', '24_hour']).optional().catch(undefined),
  periods: z.number().int().min(1).max(400).optional().catch(undefined),
  brackets: z.array(z.number().int().min(1).max(400)).min(1).max(50).optional().catch(undefined),
  cumulative: z.boolean().optional().catch(undefined),
  minimum: z.number().int().min(1).max(1000).optional().catch(undefined),
  measure: z.enum(['people', 'sum', 'avg']).optional().catch(undefined),
  prop: z.string().optional().catch(undefined),
})
export type RetentionOptions = z.infer<typeof RetentionOptions>
