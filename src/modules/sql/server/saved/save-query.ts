import type { z } from 'zod'
import type { routes, SavedQuery } from '#modules/sql/contract.ts'
import {
  deleteSaved,
  insertSaved,
  listFolders,
  listRows,
  requireSaved,
  type SavedRow,
  updateSaved,
} from '#modules/sql/server/saved/saved-store.ts'
import type { SqlDeps } from '#modules/sql/server/sql-deps.ts'
import { actorKey, sayActor, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import { newId } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'

type Deps = Pick<SqlDeps, 'database' | 'audit'>

export function listSaved(deps: Deps, ctx: WorkspaceCtx, query: z.output<typeof routes.listSaved.query>) {
  const key = decodeCursor(query.cursor, ['text', 'text'])
  const after = key && { name: String(key[0]), id: String(key[1]) }
  return deps.database.read(ctx, async (tx) => {
    const rows = await listRows(tx, query, after, query.limit + 1)
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    return {
      items: page.map((row) => present(ctx, row)),
      next: rows.length > query.limit && last ? encodeCursor([last.name.toLowerCase(), last.id]) : null,
      folders: await listFolders(tx),
    }
  })
}

export const getSaved = (deps: Deps, ctx: WorkspaceCtx, id: string): Promise<SavedQuery> =>
  deps.database.read(ctx, async (tx) => present(ctx, await requireSaved(tx, id)))

export function saveQuery(
  deps: Deps,
  ctx: WorkspaceCtx,
  { sql, ...body }: z.output<typeof routes.save.body>,
) {
  const row = {
    ...{ ...body, id: newId('qry'), query: sql, owner: actorKey(ctx.actor) },
    ...{ created_by: ctx.actor.name, created_by_kind: ctx.actor.kind },
  }
  return deps.database.write(ctx, async (tx) => {
    await insertSaved(tx, row, ctx.now)
    await note(deps, ctx, tx, 'query.saved', row)
    return present(ctx, await requireSaved(tx, row.id))
  })
}

export function changeSaved(
  deps: Deps,
  ctx: WorkspaceCtx,
  id: string,
  { sql, ...change }: z.output<typeof routes.changeSaved.body>,
): Promise<SavedQuery> {
  return deps.database.write(ctx, async (tx) => {
    const before = await requireSaved(tx, id)
    const next = {
      ...{ id, version: change.version, query: sql ?? before.query },
      name: change.name ?? before.name,
      folder: change.folder ?? before.folder,
      description: change.description ?? before.description,
      chart: change.chart ?? before.chart,
    }
    if ((await updateSaved(tx, next, ctx.now)) === 0)
      throw new AppError(
        'query.changed',
        'conflict',
        'Somebody changed this query meanwhile; look at it first.',
      )
    await note(deps, ctx, tx, 'query.changed', next)
    return present(ctx, await requireSaved(tx, id))
  })
}

/** Answers what is gone, so that an undo can save it again. */
export function removeSaved(deps: Deps, ctx: WorkspaceCtx, id: string): Promise<SavedQuery> {
  return deps.database.write(ctx, async (tx) => {
    const row = await requireSaved(tx, id)
    await deleteSaved(tx, id)
    await note(deps, ctx, tx, 'query.deleted', row)
    return present(ctx, row)
  })
}

const note = (deps: Deps, ctx: WorkspaceCtx, tx: Tx, action: string, { id }: Pick<SavedRow, 'id'>) =>
  deps.audit(tx, ctx, { action, subject: id, details: {} })

const present = (ctx: WorkspaceCtx, row: SavedRow): SavedQuery => ({
  ...{
    id: row.id,
    name: row.name,
    folder: row.folder,
    description: row.description,
    sql: row.query,
    chart: row.chart,
  },
  owner: sayActor({ kind: row.created_by_kind, name: row.created_by }, ctx.language),
  mine: row.owner === actorKey(ctx.actor),
  version: row.version,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
})
