import { z } from 'zod'
import { Rule } from '#modules/rules/contract.ts'
import { Timestamp } from '#platform/http/define-routes.ts'

export const Segment = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** `list`: its people are put on it; its rule is `{"list": id}`. */
  kind: z.enum(['rule', 'list']),
  rule: Rule,
  /** Counts up with every saved rule. */
  version: z.number().int(),
  /** Null until the first count finishes. */
  size: z.number().int().nullable(),
  state: z.enum(['building', 'live', 'failed']),
  /** Entered and left during the last 24 hours. */
  entered24h: z.number().int(),
  left24h: z.number().int(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  /** The last moment at which the size is known to have been right. */
  countedAt: Timestamp.nullable(),
  createdBy: z.string(),
})
export type Segment = z.infer<typeof Segment>

export const SegmentId = z.object({ id: z.string().min(1).max(80) })
