import { z } from 'zod'
import { defineRoutes, Timestamp } from '#platform/http/define-routes.ts'

/** Lists that have views. */
export const viewLists = [
  ...(['people', 'bin', 'companies', 'households', 'segments', 'tags', 'attributes'] as const),
  ...(['imports', 'exports', 'events', 'catalogue'] as const),
] as const
const List = z.enum(viewLists)
export type ViewList = z.infer<typeof List>
const Name = z.string().trim().min(1).max(80)
/** Filters, sort, columns and density as the list's address has them; only the list understands them. */
const Content = z
  .record(z.string().max(64), z.unknown())
  .refine((content) => JSON.stringify(content).length <= 20_000, { params: { reason: 'too_long' } })

export const SavedView = z.object({
  id: z.string(),
  list: List,
  name: z.string(),
  content: z.record(z.string(), z.unknown()),
  /** Whether everybody sees it, or only who made it. */
  shared: z.boolean(),
  /** Whether the caller made it. */
  mine: z.boolean(),
  /** Whether the caller may change it. */
  editable: z.boolean(),
  by: z.string(),
  /** Named with a change, so that nothing is overwritten unseen. */
  version: z.number().int(),
  updatedAt: Timestamp,
  /** Roles whose members see it first. */
  defaultOf: z.array(z.string()),
})
export type SavedView = z.infer<typeof SavedView>

const Id = z.object({ id: z.string().min(1).max(64) })

export const routes = defineRoutes({
  list: {
    get: '/api/views',
    access: 'people:read',
    summary: 'Views of a list: one’s own and shared ones, by name; and which of them one’s role sees first',
    query: z.object({ list: List }),
    returns: z.object({ items: z.array(SavedView), default: z.string().nullable() }),
  },
  get: {
    get: '/api/views/:id',
    access: 'people:read',
    summary: 'One view: one’s own or a shared one',
    params: Id,
    returns: SavedView,
    fails: ['view.missing'],
  },
  create: {
    post: '/api/views',
    access: 'people:read',
    summary: 'Save a view; sharing it needs the right to',
    body: z.object({ list: List, name: Name, content: Content, shared: z.boolean().default(false) }),
    returns: SavedView,
    fails: ['view.name_taken'],
  },
  update: {
    patch: '/api/views/:id',
    access: 'people:read',
    summary: 'Change a view of one’s own, or a shared one with the right to',
    params: Id,
    body: z.object({
      /** The version that was looked at. */
      version: z.number().int(),
      name: Name.optional(),
      content: Content.optional(),
      shared: z.boolean().optional(),
    }),
    returns: SavedView,
    fails: ['view.missing', 'view.not_yours', 'view.name_taken', 'view.changed'],
  },
  remove: {
    delete: '/api/views/:id',
    access: 'people:read',
    summary: 'Delete a view; answers it, so that it can be saved again',
    params: Id,
    returns: SavedView,
    fails: ['view.missing', 'view.not_yours'],
  },
  setDefault: {
    put: '/api/view-defaults',
    access: 'view:write',
    summary: 'Choose the shared view that members of a role see first; null: none',
    body: z.object({ list: List, roleId: z.string().min(1).max(64), viewId: z.string().max(64).nullable() }),
    returns: z.object({ items: z.array(SavedView), default: z.string().nullable() }),
    fails: ['view.missing', 'view.private'],
  },
})
