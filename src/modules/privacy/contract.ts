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
})
