import type { z } from 'zod'
import { type Board, boardLimits, type Tile } from '#modules/dashboards/contract/board.ts'
import type { routes } from '#modules/dashboards/contract.ts'
import { requireBoard, updateBoard } from '#modules/dashboards/server/board-store.ts'
import { holdForTile, note, requireAnalyses } from '#modules/dashboards/server/change-board.ts'
import type { DashboardsDeps } from '#modules/dashboards/server/dashboards-deps.ts'
import { presentBoard } from '#modules/dashboards/server/present-board.ts'
import { actorKey, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'

type Body = z.output<typeof routes.addTile.body>
const sizes = { chart: { w: 6, h: 7 }, both: { w: 6, h: 10 }, table: { w: 6, h: 7 }, number: { w: 3, h: 4 } }

/** Puts an analysis at the end of a board. */
export function addTile(deps: DashboardsDeps, ctx: WorkspaceCtx, id: string, body: Body): Promise<Board> {
  return deps.database.write(ctx, async (tx) => {
    const board = await holdForTile(tx, ctx, id)
    if (board.tiles.length >= boardLimits.tiles)
      throw new AppError('board.full', 'invalid', `A board holds ${boardLimits.tiles} tiles.`, {
        details: { limit: boardLimits.tiles },
      })
    const tiles = [...board.tiles, tileOf(board.tiles, body)]
    await requireAnalyses(deps, tx, ctx, tiles.slice(-1))
    await updateBoard(tx, { ...board, tiles }, ctx.now)
    await note(deps, tx, ctx, 'board.changed', { ...board, tiles })
    return presentBoard(deps, tx, ctx, await requireBoard(tx, id, actorKey(ctx.actor)))
  })
}

function tileOf(tiles: readonly Tile[], { analysis, show, w, h }: Body): Tile {
  const size = { w: w ?? sizes[show].w, h: h ?? sizes[show].h }
  const at = { id: newId('til'), analysis, ...size, ...placeFor(tiles, size.w) }
  return show === 'number' ? { ...at, kind: 'number', series: 0 } : { ...at, kind: 'analysis', show }
}

/** Beside the last tile where there is room, else below everything. */
function placeFor(tiles: readonly Tile[], width: number): { x: number; y: number } {
  const bottom = Math.max(0, ...tiles.map((tile) => tile.y + tile.h))
  const last = tiles.toSorted((a, b) => a.y - b.y || a.x - b.x).at(-1)
  const beside = last && { x: last.x + last.w, y: last.y }
  const isFree =
    beside &&
    beside.x + width <= boardLimits.columns &&
    tiles.every((tile) => tile.y + tile.h <= beside.y || tile.x + tile.w <= beside.x)
  return beside && isFree ? beside : { x: 0, y: Math.min(bottom, boardLimits.rows) }
}
