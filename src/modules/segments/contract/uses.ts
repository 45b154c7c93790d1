import { z } from 'zod'
import type { RouteTable } from '#platform/http/define-routes.ts'
import { SegmentId } from './segment.ts'

export const SegmentUse = z.object({
  kind: z.enum(['segment', 'webhook', 'journey', 'export', 'view', 'analysis', 'board', 'alert']),
  id: z.string(),
  name: z.string(),
  /** Names it by itself, or through another segment. */
  direct: z.boolean(),
  /** The segment cannot be deleted while this names it. */
  holds: z.boolean(),
})
export type SegmentUse = z.infer<typeof SegmentUse>

export const useRoutes = {
  uses: {
    get: '/api/segments/:id/uses',
    access: 'segment:read',
    summary: 'Where a segment comes from and goes to: what names it, and what its rule is made of',
    params: SegmentId,
    returns: z.object({
      usedBy: z.array(SegmentUse),
      /** Segments its rule stands on, those of those included. */
      segments: z.array(z.object({ id: z.string(), name: z.string(), direct: z.boolean() })),
      tags: z.array(z.string()),
      attributes: z.array(z.string()),
      events: z.array(z.string()),
    }),
  },
} as const satisfies RouteTable
