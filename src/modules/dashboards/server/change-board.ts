import type { z } from 'zod'
import type { Board, Tile } from '#modules/dashboards/contract/board.ts'
import type { routes } from '#modules/dashboards/contract.ts'
import {
  type BoardRow,
  dropHidden,
  hideBoard,
  holdBoard,
  insertBoard,
  type NewBoard,
  requireBoard,
  saveFavourite,
  showBoard,
  updateBoard,
} from '#modules/dashboards/server/board-store.ts'
import type { DashboardsDeps } from '#modules/dashboards/server/dashboards-deps.ts'
import { analysesOf, presentBoard } from '#modules/dashboards/server/present-board.ts'
import { actorKey, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'

type Body<R extends 'create' | 'update'> = z.output<(typeof routes)[R]['body']>
const dayMs = 86_400_000
/** As long as the undo of a deletion is worth keeping. */
const hiddenDays = 30

export const createBoard = (deps: DashboardsDeps, ctx: WorkspaceCtx, body: Body<'create'>): Promise<Board> =>
  deps.database.write(ctx, async (tx) => {
    await requireAnalyses(deps, tx, ctx, body.tiles)
    return addBoard(deps, tx, ctx, body)
  })

/** Inserts, notes and presents, in the caller's transaction. */
export async function addBoard(
  deps: DashboardsDeps,
  tx: Tx,
  ctx: WorkspaceCtx,
  body: Pick<NewBoard, 'name' | 'folder' | 'description' | 'tiles' | 'filters'>,
): Promise<Board> {
  const maker = { owner: actorKey(ctx.actor), created_by: ctx.actor.name, created_by_kind: ctx.actor.kind }
  const row = { ...body, ...maker, id: newId('brd') }
  await insertBoard(tx, row, ctx.now)
  await note(deps, tx, ctx, 'board.created', row)
  return presentBoard(deps, tx, ctx, await requireBoard(tx, row.id, row.owner))
}

export function changeBoard(
  deps: DashboardsDeps,
  ctx: WorkspaceCtx,
  id: string,
  change: Body<'update'>,
): Promise<Board> {
  return deps.database.write(ctx, async (tx) => {
    const before = await requireBoard(tx, id, actorKey(ctx.actor))
    const { version, ...rest } = change
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
    const next = { ...before, ...given, version }
    if (change.tiles) await requireAnalyses(deps, tx, ctx, change.tiles, before.tiles)
    if ((await updateBoard(tx, next, ctx.now)) === 0)
      throw new AppError(
        'board.changed',
        'conflict',
        'Somebody changed this board meanwhile; look at it first.',
      )
    if (!isOnlyArranged(before, next)) await note(deps, tx, ctx, 'board.changed', next)
    return presentBoard(deps, tx, ctx, await requireBoard(tx, id, actorKey(ctx.actor)))
  })
}

export function copyBoard(deps: DashboardsDeps, ctx: WorkspaceCtx, id: string, name: string): Promise<Board> {
  return deps.database.write(ctx, async (tx) => {
    const { folder, description, tiles, filters } = await requireBoard(tx, id, actorKey(ctx.actor))
    return addBoard(deps, tx, ctx, { name, folder, description, tiles, filters })
  })
}

/** Hidden, so that it can be brought back with its links and hearts; what nobody brought back goes by the way. */
export function removeBoard(deps: DashboardsDeps, ctx: WorkspaceCtx, id: string): Promise<void> {
  return deps.database.write(ctx, async (tx) => {
    const row = await requireBoard(tx, id, actorKey(ctx.actor))
    await hideBoard(tx, id, ctx.now)
    await dropHidden(tx, ctx.now - hiddenDays * dayMs)
    await note(deps, tx, ctx, 'board.deleted', row)
  })
}

export function restoreBoard(deps: DashboardsDeps, ctx: WorkspaceCtx, id: string): Promise<Board> {
  return deps.database.write(ctx, async (tx) => {
    await showBoard(tx, id)
    const row = await requireBoard(tx, id, actorKey(ctx.actor))
    await note(deps, tx, ctx, 'board.restored', row)
    return presentBoard(deps, tx, ctx, row)
  })
}

export function setFavourite(
  { database }: DashboardsDeps,
  ctx: WorkspaceCtx,
  id: string,
  favourite: boolean,
): Promise<void> {
  const reader = actorKey(ctx.actor)
  return database.write(ctx, async (tx) => {
    await requireBoard(tx, id, reader)
    await saveFavourite(tx, id, reader, favourite)
  })
}

/** Whoever holds the board while a tile is added adds to what it is then: two at once both find their place. */
export const holdForTile = (tx: Tx, ctx: WorkspaceCtx, id: string): Promise<BoardRow> =>
  holdBoard(tx, id, actorKey(ctx.actor))

/** New tiles must show something of this workspace; what stood there before may have lost its analysis. */
export async function requireAnalyses(
  { analytics }: DashboardsDeps,
  tx: Tx,
  ctx: WorkspaceCtx,
  tiles: readonly Tile[],
  before: readonly Tile[] = [],
): Promise<void> {
  const known = new Set(analysesOf(before))
  const wanted = analysesOf(tiles).filter((id) => !known.has(id))
  const found = new Set((await analytics.savedIn(tx, ctx, wanted)).map(({ id }) => id))
  const missing = wanted.find((id) => !found.has(id))
  if (missing !== undefined)
    throw new AppError('board.analysis_missing', 'invalid', 'A tile shows an analysis that does not exist.', {
      details: { analysis: missing },
    })
}

export const note = (
  deps: Pick<DashboardsDeps, 'audit'>,
  tx: Tx,
  ctx: WorkspaceCtx,
  action: string,
  { id, name, tiles }: Pick<BoardRow, 'id' | 'name' | 'tiles'>,
) => deps.audit(tx, ctx, { action, subject: id, details: { name, tiles: tiles.length } })

/** Where tiles stand is nobody's business but the readers'. */
function isOnlyArranged(before: BoardRow, next: BoardRow): boolean {
  const bare = ({ name, folder, description, tiles, filters }: BoardRow) =>
    JSON.stringify({
      ...{ name, folder, description, filters },
      tiles: tiles
        .map(({ x: _x, y: _y, w: _w, h: _h, ...tile }) => tile)
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    })
  return bare(before) === bare(next)
}
