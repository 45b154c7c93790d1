import type { z } from 'zod'
import type { routes } from '#modules/dashboards/contract.ts'
import { listBoardFolders, listBoardRows, requireBoard } from '#modules/dashboards/server/board-store.ts'
import type { DashboardsDeps } from '#modules/dashboards/server/dashboards-deps.ts'
import { presentBoard, presentLine } from '#modules/dashboards/server/present-board.ts'
import { actorKey, type WorkspaceCtx } from '#platform/context.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'

export function listBoards(
  { database }: DashboardsDeps,
  ctx: WorkspaceCtx,
  query: z.output<typeof routes.list.query>,
) {
  const key = decodeCursor(query.cursor, ['integer', 'text', 'text'])
  const after = key && { rank: Number(key[0]) > 0 ? 1 : 0, name: String(key[1]), id: String(key[2]) }
  return database.read(ctx, async (tx) => {
    const rows = await listBoardRows(tx, actorKey(ctx.actor), query, after, query.limit + 1)
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    return {
      items: page.map((row) => presentLine(ctx, row)),
      next:
        rows.length > query.limit && last
          ? encodeCursor([last.favourite ? 0 : 1, last.name.toLowerCase(), last.id])
          : null,
      folders: await listBoardFolders(tx),
    }
  })
}

export const getBoard = (deps: DashboardsDeps, ctx: WorkspaceCtx, id: string) =>
  deps.database.read(ctx, async (tx) =>
    presentBoard(deps, tx, ctx, await requireBoard(tx, id, actorKey(ctx.actor))),
  )
