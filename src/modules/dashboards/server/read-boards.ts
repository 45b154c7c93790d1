import type { z } from 'zod'
import type { routes } from '#modules/dashboards/contract.ts'
import {
  listBoardFolders,
  listBoardRows,
  namedBoards,
  requireBoard,
} from '#modules/dashboards/server/board-store.ts'
import type { DashboardsDeps } from '#modules/dashboards/server/dashboards-deps.ts'
import { presentBoard, presentLine } from '#modules/dashboards/server/present-board.ts'
import { spellName } from '#modules/profiles/index.ts'
import { actorKey, type WorkspaceCtx } from '#platform/context.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { Tx } from '#platform/pg/database.ts'

export function listBoards(
  { database }: DashboardsDeps,
  ctx: WorkspaceCtx,
  query: z.output<typeof routes.list.query>,
) {
  const key = decodeCursor(query.cursor, ['integer', 'text', 'text'])
  const after = key && { rank: Number(key[0]) > 0 ? 1 : 0, name: String(key[1]), id: String(key[2]) }
  return database.read(ctx, async (tx) => {
    const wanted = { ...query, spelled: await spelledSo(tx, query.search) }
    const rows = await listBoardRows(tx, actorKey(ctx.actor), wanted, after, query.limit + 1)
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

/** Boards with Chinese names that are typed so in Latin letters, in full or by initials. */
async function spelledSo(tx: Tx, search = ''): Promise<string[]> {
  const typed = search.toLowerCase().replaceAll(/\s+/g, '')
  if (!/^[a-z]{2,}$/.test(typed)) return []
  const boards = await namedBoards(tx)
  return boards.filter(({ name }) => spellName(name).includes(typed)).map(({ id }) => id)
}

export const getBoard = (deps: DashboardsDeps, ctx: WorkspaceCtx, id: string) =>
  deps.database.read(ctx, async (tx) =>
    presentBoard(deps, tx, ctx, await requireBoard(tx, id, actorKey(ctx.actor))),
  )
