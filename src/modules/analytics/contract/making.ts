import { z } from 'zod'
import type { RouteTable } from '#platform/http/define-routes.ts'
import { Question } from './kinds.ts'

const Part = z.object({
  /** A cell of the question, as for its people. */
  cell: z.record(z.string(), z.unknown()),
  name: z.string().trim().min(1).max(120),
  description: z.string().trim().max(1000).default(''),
  /**
   * What the segment stands for. Where a segment was made for the same before and is still there, it gets these people
   * instead of a second one being made.
   */
  origin: z.string().trim().min(1).max(120).optional(),
})

export const MadeSegments = z.object({
  id: z.string(),
  /** The job that puts the people in. */
  jobId: z.string(),
  segments: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** False: one made before is brought up to date. */
      made: z.boolean(),
    }),
  ),
})
export type MadeSegments = z.infer<typeof MadeSegments>

export const makingRoutes = {
  makeSegments: {
    post: '/api/analytics/segments',
    access: 'segment:write',
    summary:
      'Put the people behind numbers of an analysis into segments (lists, which stay as they are), in the background; needs analytics:read and people:read too',
    body: z.object({ question: Question, parts: z.array(Part).min(1).max(20) }),
    returns: MadeSegments,
    status: 201,
    fails: [
      'segment.name_taken',
      'rule.malformed',
      'rule.asks_too_much',
      'profile.asked_too_often',
      'analytics.bad_question',
      'analytics.asks_too_much',
    ],
  },
  undoSegments: {
    post: '/api/analytics/segments/:id/undo',
    access: 'segment:write',
    summary:
      'Take back what was made: new segments are deleted (and can be restored), of others the change of people is undone',
    params: z.object({ id: z.string().min(1).max(64) }),
    returns: z.object({ removed: z.number().int(), restored: z.number().int() }),
    fails: ['analysis.making_missing', 'segment.in_use', 'segment.change_running'],
  },
} as const satisfies RouteTable
