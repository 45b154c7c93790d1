import { z } from 'zod'
import { defineRoutes, PageQuery, pageOf, Timestamp } from '#platform/http/define-routes.ts'

export const Erasure = z.object({
  id: z.string(),
  /** The id the person had; it answers for nobody any more. */
  profileId: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  /** Received items whose content was removed; null until it is done. */
  items: z.number().int().nullable(),
  jobId: z.string().nullable(),
  requestedBy: z.string(),
  requestedAt: Timestamp,
  finishedAt: Timestamp.nullable(),
})
export type Erasure = z.infer<typeof Erasure>

/** 30 days at least: shorter windows of rules and charts would be empty. */
const Days = z.number().int().min(30).max(36_500)

export const Retention = z.object({
  /** Events older than so many days are removed; null: kept for ever. */
  days: Days.nullable(),
  /** Whether older ones are being removed right now. */
  running: z.boolean(),
  jobId: z.string().nullable(),
  /** The last cleaning, and how many events it removed. */
  lastAt: Timestamp.nullable(),
  lastEvents: z.number().int().nullable(),
})
export type Retention = z.infer<typeof Retention>

const OneProfile = z.object({ id: z.string().min(1).max(64) })

export const routes = defineRoutes({
  export: {
    get: '/api/profiles/:id/export',
    access: 'export:read',
    summary: 'Everything known of one person, as one JSON document; asks for `people:unmask` besides',
    params: OneProfile,
    returns: z.void(),
    fails: ['profile.missing'],
  },
  erase: {
    delete: '/api/profiles/:id',
    access: 'people:erase',
    summary: 'Erase a person from every store, for good, in the background',
    params: OneProfile,
    returns: z.object({ job: z.string(), id: z.string() }),
    status: 202,
    fails: ['profile.missing'],
  },
  list: {
    get: '/api/erasures',
    access: 'people:erase',
    summary: 'Erasures, newest first',
    query: PageQuery,
    returns: pageOf(Erasure),
  },
  retention: {
    get: '/api/retention',
    access: 'setting:read',
    summary: 'How long events of people are kept',
    returns: Retention,
  },
  previewRetention: {
    post: '/api/retention/preview',
    access: 'setting:read',
    summary: 'How many events would go if they were kept so long',
    body: z.object({ days: Days }),
    returns: z.object({ events: z.number().int(), before: Timestamp, oldest: Timestamp.nullable() }),
  },
  setRetention: {
    put: '/api/retention',
    access: 'people:erase',
    summary:
      'Keep events so many days, or for ever (null); older ones are removed from every store, for good, in the background',
    body: z.object({ days: Days.nullable() }),
    returns: Retention,
  },
})
