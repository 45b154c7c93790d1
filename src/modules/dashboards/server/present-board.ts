import type { Board, BoardLine, Tile } from '#modules/dashboards/contract/board.ts'
import type { BoardRow } from '#modules/dashboards/server/board-store.ts'
import type { DashboardsDeps } from '#modules/dashboards/server/dashboards-deps.ts'
import { actorKey, sayActor, type WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

export function presentLine(ctx: WorkspaceCtx, row: BoardRow): BoardLine {
  return {
    id: row.id,
    name: row.name,
    folder: row.folder,
    description: row.description,
    tiles: row.tiles.length,
    owner: sayActor({ kind: row.created_by_kind, name: row.created_by }, ctx.language),
    mine: row.owner === actorKey(ctx.actor),
    favourite: row.favourite,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}

export async function presentBoard(
  { analytics }: Pick<DashboardsDeps, 'analytics'>,
  tx: Tx,
  ctx: WorkspaceCtx,
  row: BoardRow,
): Promise<Board> {
  const mayAsk = ctx.permissions.has('analytics:read')
  return {
    ...presentLine(ctx, row),
    tiles: row.tiles,
    filters: row.filters,
    analyses: mayAsk ? await analytics.savedIn(tx, ctx, analysesOf(row.tiles)) : [],
  }
}

/** Ids of the analyses tiles show, each once. */
export const analysesOf = (tiles: readonly Tile[]): string[] => [
  ...new Set(tiles.flatMap((tile) => (tile.kind === 'text' ? [] : [tile.analysis]))),
]
