import { z } from 'zod'
import { defineRoutes, PageQuery, pageOf } from '#platform/http/define-routes.ts'
import { Board, BoardLine, Filters, leastTile, shows, Tiles } from './contract/board.ts'
import { linkRoutes } from './contract/links.ts'
import { mailRoutes } from './contract/mails.ts'
import { templateRoutes } from './contract/templates.ts'

const Name = z.string().trim().min(1).max(120)
const Folder = z.string().trim().max(80)
const Description = z.string().trim().max(1000)
const Id = z.object({ id: z.string().min(1).max(64) })
const changing = ['board.missing', 'board.name_taken', 'board.analysis_missing'] as const

export const routes = defineRoutes({
  ...templateRoutes,
  ...linkRoutes,
  ...mailRoutes,
  list: {
    get: '/api/dashboards',
    access: 'dashboard:read',
    summary: 'Boards: favourites first, then by name; and which folders there are',
    query: PageQuery.extend({
      search: z.string().max(120).optional(),
      folder: z.string().max(80).optional(),
      mine: z.stringbool().default(false),
    }),
    returns: pageOf(BoardLine).extend({ folders: z.array(z.string()) }),
  },
  get: {
    get: '/api/dashboards/:id',
    access: 'dashboard:read',
    summary: 'A board with its tiles and the analyses they show',
    params: Id,
    returns: Board,
    fails: ['board.missing'],
  },
  create: {
    post: '/api/dashboards',
    access: 'dashboard:write',
    summary: 'Make a board, seen by everybody who may see boards',
    body: z.object({
      name: Name,
      folder: Folder.default(''),
      description: Description.default(''),
      tiles: Tiles.default([]),
      filters: Filters.default({}),
    }),
    returns: Board,
    status: 201,
    fails: ['board.name_taken', 'board.analysis_missing'],
  },
  update: {
    patch: '/api/dashboards/:id',
    access: 'dashboard:write',
    summary: 'Rename, move, describe; arrange tiles; set the filters it opens with',
    params: Id,
    body: z.object({
      /** The version that was looked at. */
      version: z.number().int(),
      name: Name.optional(),
      folder: Folder.optional(),
      description: Description.optional(),
      tiles: Tiles.optional(),
      filters: Filters.optional(),
    }),
    returns: Board,
    fails: [...changing, 'board.changed'],
  },
  addTile: {
    post: '/api/dashboards/:id/tiles',
    access: 'dashboard:write',
    summary:
      'Put a saved analysis below everything that stands on a board, whatever else changes there meanwhile',
    params: Id,
    body: z.object({
      analysis: z.string().min(1).max(64),
      show: z.enum([...shows, 'number']).default('chart'),
      w: z.int().min(leastTile.w).max(12).optional(),
      h: z.int().min(leastTile.h).max(40).optional(),
    }),
    returns: Board,
    fails: [...changing, 'board.full'],
  },
  copy: {
    post: '/api/dashboards/:id/copy',
    access: 'dashboard:write',
    summary: 'Make another board with the same tiles',
    params: Id,
    body: z.object({ name: Name }),
    returns: Board,
    status: 201,
    fails: ['board.missing', 'board.name_taken'],
  },
  remove: {
    delete: '/api/dashboards/:id',
    access: 'dashboard:write',
    summary: 'Delete; can be restored for 30 days. Its links end meanwhile',
    params: Id,
    returns: z.void(),
    fails: ['board.missing'],
  },
  restore: {
    post: '/api/dashboards/:id/restore',
    access: 'dashboard:write',
    summary: 'Bring back a deleted board as it was',
    params: Id,
    returns: Board,
    fails: ['board.missing', 'board.name_taken'],
  },
  setFavourite: {
    put: '/api/dashboards/:id/favourite',
    access: 'dashboard:read',
    summary: 'Keep a board on top of one’s own list, or not any more',
    params: Id,
    body: z.object({ favourite: z.boolean() }),
    returns: z.void(),
    fails: ['board.missing'],
  },
})
