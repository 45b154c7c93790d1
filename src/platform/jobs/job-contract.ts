import { z } from 'zod'
import { defineRoutes, PageQuery, pageOf, Timestamp } from '#platform/http/define-routes.ts'

export const JobState = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled'])

export const Job = z.object({
  id: z.string(),
  /** `module:work`, e.g. `segments:build`. */
  kind: z.string(),
  /** What it works on, in words. */
  title: z.string().nullable(),
  state: JobState,
  /** A running job ends at its next sign of life. */
  cancelRequested: z.boolean(),
  /** Share done, 0–1. */
  progress: z.number(),
  note: z.string().nullable(),
  /** Started by the caller. */
  mine: z.boolean(),
  error: z.object({ code: z.string(), message: z.string().nullable() }).nullable(),
  createdAt: Timestamp,
  startedAt: Timestamp.nullable(),
  finishedAt: Timestamp.nullable(),
})
export type Job = z.infer<typeof Job>

const Id = z.object({ id: z.string().min(1).max(64) })

// Open to every member, because everybody may see and cancel what they started; others' need a permission.
export const routes = defineRoutes({
  list: {
    get: '/api/jobs',
    access: 'session',
    summary: 'Background jobs, newest first: my own, and with `job:read` everybody’s',
    query: PageQuery.extend({ state: JobState.optional(), mine: z.stringbool().default(false) }),
    returns: pageOf(Job),
  },
  get: {
    get: '/api/jobs/:id',
    access: 'session',
    summary: 'One background job',
    params: Id,
    returns: Job,
    fails: ['job.missing'],
  },
  cancel: {
    post: '/api/jobs/:id/cancel',
    access: 'session',
    summary:
      'Cancel a job: at once when it waits, at its next sign of life when it runs; others’ jobs need `job:write`',
    params: Id,
    returns: Job,
    fails: ['job.missing', 'job.ended'],
  },
})
