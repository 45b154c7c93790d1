import { z } from 'zod'
import { PageQuery, pageOf, type RouteTable, Timestamp } from '#platform/http/define-routes.ts'

const Day = z.iso.date()
const Words = z.string().trim().min(1).max(300)

/** What happened on a day: a sale began, prices rose, tracking broke. Everybody who asks analyses sees it beside curves. */
export const Annotation = z.object({
  id: z.string(),
  /** A day of the workspace's time zone. */
  day: z.string(),
  text: z.string(),
  by: z.string(),
  /** Named with a change, so that nothing is overwritten unseen. */
  version: z.number().int(),
  createdAt: Timestamp,
})
export type Annotation = z.infer<typeof Annotation>

const Id = z.object({ id: z.string().min(1).max(64) })

export const annotationRoutes = {
  listAnnotations: {
    get: '/api/analytics/annotations',
    access: 'analytics:read',
    summary: 'What was noted of the days from `from` to `to`, both included, oldest first',
    query: PageQuery.extend({ from: Day.optional(), to: Day.optional() }),
    returns: pageOf(Annotation),
  },
  annotate: {
    post: '/api/analytics/annotations',
    access: 'analytics:write',
    summary: 'Note what happened on a day',
    body: z.object({ day: Day, text: Words }),
    returns: Annotation,
    status: 201,
  },
  changeAnnotation: {
    patch: '/api/analytics/annotations/:id',
    access: 'analytics:write',
    summary: 'Say it otherwise, or of another day',
    params: Id,
    body: z.object({
      /** The version that was looked at. */
      version: z.number().int(),
      day: Day.optional(),
      text: Words.optional(),
    }),
    returns: Annotation,
    fails: ['annotation.missing', 'annotation.changed'],
  },
  removeAnnotation: {
    delete: '/api/analytics/annotations/:id',
    access: 'analytics:write',
    summary: 'Take a note away; answers it, so that it can be made again',
    params: Id,
    returns: Annotation,
    fails: ['annotation.missing'],
  },
} as const satisfies RouteTable
