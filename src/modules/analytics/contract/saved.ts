import { z } from 'zod'
import { PageQuery, pageOf, type RouteTable, Timestamp } from '#platform/http/define-routes.ts'
import { Question } from './kinds.ts'

const Name = z.string().trim().min(1).max(120)
const Folder = z.string().trim().max(80)
/** What the page's address had, so that it opens as it was left. */
const State = z
  .record(z.string().max(64), z.unknown())
  .refine((state) => JSON.stringify(state).length <= 50_000, { params: { reason: 'too_long' } })

export const SavedAnalysis = z.object({
  id: z.string(),
  name: z.string(),
  /** `''`: in none. */
  folder: z.string(),
  description: z.string(),
  kind: z.string(),
  /** As `POST /api/analytics/query` takes it. */
  question: Question,
  state: z.record(z.string(), z.unknown()),
  /** Who keeps it. */
  owner: z.string(),
  mine: z.boolean(),
  /** Named with a change, so that nothing is overwritten unseen. */
  version: z.number().int(),
  /** What names it; `holds`: it shows the analysis itself, which cannot be deleted meanwhile. */
  usedBy: z.array(
    z.object({ kind: z.enum(['board', 'alert']), id: z.string(), name: z.string(), holds: z.boolean() }),
  ),
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type SavedAnalysis = z.infer<typeof SavedAnalysis>

const Id = z.object({ id: z.string().min(1).max(64) })
const Saving = z.object({
  name: Name,
  folder: Folder.default(''),
  description: z.string().trim().max(1000).default(''),
  question: Question,
  state: State.default({}),
})

export const savedRoutes = {
  listSaved: {
    get: '/api/analytics/saved',
    access: 'analytics:read',
    summary:
      'Saved analyses by name: of a folder, of a kind, by a piece of their name; and which folders there are',
    query: PageQuery.extend({
      search: z.string().max(120).optional(),
      folder: z.string().max(80).optional(),
      kind: z.string().max(40).optional(),
      mine: z.stringbool().default(false),
    }),
    returns: pageOf(SavedAnalysis).extend({ folders: z.array(z.string()) }),
  },
  getSaved: {
    get: '/api/analytics/saved/:id',
    access: 'analytics:read',
    summary: 'One saved analysis',
    params: Id,
    returns: SavedAnalysis,
    fails: ['analysis.missing'],
  },
  save: {
    post: '/api/analytics/saved',
    access: 'analytics:write',
    summary: 'Save an analysis for everybody who may ask analyses',
    body: Saving,
    returns: SavedAnalysis,
    status: 201,
    fails: ['analysis.name_taken'],
  },
  changeSaved: {
    patch: '/api/analytics/saved/:id',
    access: 'analytics:write',
    summary: 'Rename, move, describe, or ask another question',
    params: Id,
    body: z.object({
      /** The version that was looked at. */
      version: z.number().int(),
      name: Name.optional(),
      folder: Folder.optional(),
      description: z.string().trim().max(1000).optional(),
      question: Question.optional(),
      state: State.optional(),
    }),
    returns: SavedAnalysis,
    fails: ['analysis.missing', 'analysis.name_taken', 'analysis.changed'],
  },
  removeSaved: {
    delete: '/api/analytics/saved/:id',
    access: 'analytics:write',
    summary: 'Delete; answers it, so that it can be saved again',
    params: Id,
    returns: SavedAnalysis,
    fails: ['analysis.missing', 'analysis.in_use'],
  },
} as const satisfies RouteTable
