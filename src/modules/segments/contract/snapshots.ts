import { z } from 'zod'
import { PageQuery, pageOf, type RouteTable, Timestamp } from '#platform/http/define-routes.ts'
import { SegmentId } from './segment.ts'

export const Snapshot = z.object({
  /** Named in rules as `{"list": id}`: in previews, lists of people, exports; not in saved rules. */
  id: z.string(),
  state: z.enum(['building', 'ready', 'failed']),
  /** The moment it shows; null until it is taken. */
  at: Timestamp.nullable(),
  /** Null until it is taken, and for a caller whose data scope is narrower than everything. */
  size: z.number().int().nullable(),
  /** Version of the rule at that moment. */
  version: z.number().int(),
  scheduled: z.boolean(),
  createdBy: z.string(),
})
export type Snapshot = z.infer<typeof Snapshot>

export const Schedule = z
  .object({
    every: z.enum(['day', 'week', 'month']),
    /** Of the week 1 (Monday) – 7, of the month 1–31 (its last day where it is shorter); not asked of a day. */
    day: z.number().int().min(1).max(31).default(1),
    /** HH:MM in the workspace's time zone. */
    time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    /** Scheduled snapshots to keep; older ones go. Those taken by hand stay. */
    keep: z.number().int().min(1).max(120).default(12),
  })
  .refine(({ every, day }) => every !== 'week' || day <= 7, {
    message: 'A week has seven days.',
    path: ['day'],
  })
export type Schedule = z.infer<typeof Schedule>

const OneSnapshot = SegmentId.extend({ snapshot: z.string().min(1).max(80) })
const Standing = z.object({ schedule: Schedule.nullable(), nextAt: Timestamp.nullable() })

export const snapshotRoutes = {
  snapshots: {
    get: '/api/segments/:id/snapshots',
    access: 'segment:read',
    summary:
      'Frozen member lists of a segment, newest first; two are compared by `POST /api/segments/regions`',
    params: SegmentId,
    query: PageQuery,
    returns: pageOf(Snapshot),
  },
  takeSnapshot: {
    post: '/api/segments/:id/snapshots',
    access: 'segment:write',
    summary: 'Freeze who is in the segment now, in the background',
    params: SegmentId,
    returns: Snapshot,
    status: 202,
  },
  removeSnapshot: {
    delete: '/api/segments/:id/snapshots/:snapshot',
    access: 'segment:write',
    summary: 'Remove a snapshot for good',
    params: OneSnapshot,
    returns: z.void(),
    fails: ['segment.snapshot_missing'],
  },
  schedule: {
    get: '/api/segments/:id/schedule',
    access: 'segment:read',
    summary: 'When snapshots are taken by themselves',
    params: SegmentId,
    returns: Standing,
  },
  setSchedule: {
    put: '/api/segments/:id/schedule',
    access: 'segment:write',
    summary:
      'Take snapshots daily, weekly or monthly; null ends it. What is missed while the program is down is made up for once',
    params: SegmentId,
    body: z.object({ schedule: Schedule.nullable() }),
    returns: Standing,
  },
} as const satisfies RouteTable
