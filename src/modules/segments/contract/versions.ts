import { z } from 'zod'
import { Rule } from '#modules/rules/contract.ts'
import { PageQuery, pageOf, type RouteTable, Timestamp } from '#platform/http/define-routes.ts'
import { Segment, SegmentId } from './segment.ts'

export const Version = z.object({
  number: z.number().int(),
  rule: Rule,
  /** What whoever saved it said about it. */
  note: z.string(),
  createdAt: Timestamp,
  createdBy: z.string(),
  /** The rule that stands. */
  current: z.boolean(),
})
export type Version = z.infer<typeof Version>

export const versionRoutes = {
  versions: {
    get: '/api/segments/:id/versions',
    access: 'segment:read',
    summary: 'Every rule the segment ever had, newest first',
    params: SegmentId,
    query: PageQuery,
    returns: pageOf(Version),
  },
  restoreVersion: {
    post: '/api/segments/:id/versions/:number/restore',
    access: 'segment:write',
    summary: 'Take up an older rule again; it becomes a new version and is counted',
    params: SegmentId.extend({ number: z.coerce.number().int().min(1).max(2_000_000_000) }),
    returns: Segment,
    fails: ['segment.version_missing', 'segment.cycle', 'rule.malformed'],
  },
} as const satisfies RouteTable
