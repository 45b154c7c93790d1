import { z } from 'zod'
import { Answer, titleShapes } from '#modules/analytics/contract.ts'
import { PageQuery, pageOf, type RouteTable, Timestamp } from '#platform/http/define-routes.ts'
import { Filters, Tile } from './board.ts'

const Id = z.object({ id: z.string().min(1).max(64) })

export const linkStates = ['open', 'expired', 'revoked', 'dead'] as const
export const BoardLink = z.object({
  id: z.string(),
  board: z.object({ id: z.string(), name: z.string() }),
  /** Who made it; with their rights it is opened. */
  maker: z.string(),
  /** `dead`: its maker lost the right to share, or the board is deleted. */
  state: z.enum(linkStates),
  hasPassword: z.boolean(),
  filters: Filters,
  createdAt: Timestamp,
  expiresAt: Timestamp,
  lastOpenedAt: Timestamp.nullable(),
  /** How often it was opened. */
  opened: z.number().int(),
  /** Its address, as long as it opens anything. */
  path: z.string().nullable(),
})
export type BoardLink = z.infer<typeof BoardLink>

const Opening = z.object({
  token: z.string().min(1).max(200),
  /** Given by an earlier answer, so that a password is asked for once. */
  pass: z.string().max(200).optional(),
})
const linkFails = [
  'board_link.missing',
  'board_link.expired',
  'board_link.revoked',
  'board_link.dead',
  'board_link.password_needed',
  'board_link.wrong_password',
  'board_link.asked_too_often',
] as const

export const SharedBoard = z.object({
  workspace: z.object({ name: z.string(), timezone: z.string() }),
  name: z.string(),
  description: z.string(),
  tiles: z.array(Tile),
  filters: z.object({ range: Filters.shape.range }),
  /** Whether some people only are counted; whom is not told. */
  narrowed: z.boolean(),
  analyses: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.string(),
      question: z.record(z.string(), z.unknown()),
      state: z.record(z.string(), z.unknown()),
    }),
  ),
  titles: titleShapes,
  pass: z.string(),
  /** Null for the board as it is drawn for mail, which is behind no link. */
  expiresAt: Timestamp.nullable(),
})
export type SharedBoard = z.infer<typeof SharedBoard>

export const linkRoutes = {
  listLinks: {
    get: '/api/board-links',
    access: 'dashboard:read',
    summary: 'Links by which boards are shared, newest first; of one board, or of all',
    query: PageQuery.extend({ board: z.string().max(64).optional() }),
    returns: pageOf(BoardLink),
  },
  createLink: {
    post: '/api/dashboards/:id/links',
    access: 'dashboard:share',
    summary:
      'Share a board with whoever has the link: read only, numbers only, with the rights of its maker as they are then',
    params: Id,
    body: z.object({
      days: z.int().min(1).max(365).default(30),
      password: z.string().min(6).max(200).optional(),
      filters: Filters.default({}),
    }),
    returns: BoardLink,
    status: 201,
    secret: true,
    fails: ['board.missing'],
  },
  revokeLink: {
    delete: '/api/board-links/:id',
    access: 'dashboard:share',
    summary: 'End a link for good',
    params: Id,
    returns: BoardLink,
    fails: ['board_link.missing'],
  },
  openLink: {
    post: '/api/shared-board',
    access: 'public',
    summary: 'The board behind a link, for anybody who has it',
    body: Opening.extend({ password: z.string().max(200).optional() }),
    returns: SharedBoard,
    fails: linkFails,
  },
  askLink: {
    post: '/api/shared-board/tile',
    access: 'public',
    summary: 'Numbers of one tile of the board behind a link',
    body: Opening.extend({ tile: z.string().min(1).max(64) }),
    returns: Answer,
    fails: [...linkFails, 'board.tile_missing'],
  },
} as const satisfies RouteTable
