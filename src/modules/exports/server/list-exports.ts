import type { Export, ExportFilter } from '#modules/exports/contract.ts'
import {
  type ExportRow,
  presentExport,
  readExport,
  readExports,
} from '#modules/exports/server/export-store.ts'
import type { ExportsDeps } from '#modules/exports/server/exports-deps.ts'
import { actorKey, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'
import { cancelJob } from '#platform/jobs/job-queue.ts'
import type { Tx } from '#platform/pg/database.ts'

type Deps = Pick<ExportsDeps, 'database'>

/** One's own; those of others only for who may see everybody who may be in them. */
export async function listExports(
  deps: Deps,
  ctx: WorkspaceCtx,
  { limit, cursor, by, ...filter }: PageQuery & ExportFilter,
) {
  const key = decodeCursor(cursor, ['time', 'text'])
  const after = key && { at: String(key[0]), id: String(key[1]) }
  const actor = ctx.scope.all && by !== 'me' ? undefined : actorKey(ctx.actor)
  const rows = await deps.database.read(ctx, (tx) =>
    readExports(tx, { ...filter, actor, after, limit: limit + 1 }),
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => presentExport(row, ctx.language)),
    next: rows.length > limit && last ? encodeCursor([last.place, last.id]) : null,
  }
}

export const getExport = (deps: Deps, ctx: WorkspaceCtx, id: string): Promise<Export> =>
  deps.database.read(ctx, async (tx) => presentExport(await requireExport(tx, ctx, id), ctx.language))

export const cancelExport = (deps: Deps, ctx: WorkspaceCtx, id: string): Promise<Export> =>
  deps.database.write(ctx, async (tx) => {
    const row = await requireExport(tx, ctx, id)
    const isOver = row.job_id === null || row.finished_at !== null || !(await cancelJob(tx, row.job_id))
    if (isOver && row.job_state !== 'cancelled')
      throw new AppError('job.ended', 'conflict', 'This job has ended already.')
    return presentExport((await readExport(tx, id)) ?? row, ctx.language)
  })

/** Throws `export.missing`, also where it is not the caller's to see. */
export async function requireExport(tx: Tx, ctx: WorkspaceCtx, id: string): Promise<ExportRow> {
  const row = await readExport(tx, id)
  if (row && (ctx.scope.all || row.actor === actorKey(ctx.actor))) return row
  throw new AppError('export.missing', 'missing', 'There is no such export.')
}
