import type { Import, ImportFilter } from '#modules/imports/contract.ts'
import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import {
  type ImportRow,
  type Position,
  presentImport,
  readImportRows,
  requireImport,
} from '#modules/imports/server/import-store.ts'
import { type Mask, sightOf } from '#modules/profiles/index.ts'
import { actorKey, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'
import { cancelJob } from '#platform/jobs/job-queue.ts'

type Deps = Pick<ImportDeps, 'database' | 'profiles'>

/** A page of imports, newest first; one's own for who does not see everybody. */
export async function listImports(
  deps: Deps,
  ctx: WorkspaceCtx,
  { limit, cursor, by, ...filter }: PageQuery & ImportFilter,
): Promise<{ items: Import[]; next: string | null }> {
  const after = positionOf(cursor)
  const actor = ctx.scope.all && by !== 'me' ? undefined : actorKey(ctx.actor)
  const rows = await deps.database.read(ctx, (tx) =>
    readImportRows(tx, { ...filter, limit: limit + 1, after, actor }),
  )
  const mask = await deps.profiles.mask(ctx)
  const items = rows.slice(0, limit).map((row) => shown(row, ctx, mask))
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor([last.createdAt, last.id]) : null }
}

function positionOf(cursor: string | undefined): Position | undefined {
  const key = decodeCursor(cursor, ['time', 'text'])
  return key && { time: String(key[0]), id: String(key[1]) }
}

export async function getImport(deps: Deps, ctx: WorkspaceCtx, id: string): Promise<Import> {
  const mask = await deps.profiles.mask(ctx)
  return deps.database.read(ctx, async (tx) => shown(await requireImport(tx, ctx, id), ctx, mask))
}

/** Reasons quote values of the file: as they were sent for whose it is. */
function shown(row: ImportRow, ctx: WorkspaceCtx, mask: Mask): Import {
  const given = presentImport(row, ctx.now)
  const theirs = row.made_by === actorKey(ctx.actor) ? given : { ...given, reasons: mask.json(given.reasons) }
  return row.together && sightOf(ctx) === 'blind' ? inRoundNumbers(theirs) : theirs
}

/** What would say of a single value that somebody has it. */
const tellsWhoIsKnown = new Set([
  ...['already_known', 'not_known', 'nothing_to_change', 'company_known', 'company_unknown'],
])

/** Hundreds of a file, and never fewer than fifty. */
function inRoundNumbers(one: Import): Import {
  const step = Math.max(50, Math.ceil((one.rows ?? 0) / 100))
  const round = (count: number) => Math.round(count / step) * step
  return {
    ...one,
    rounded: true,
    ...{ created: round(one.created), updated: round(one.updated), skipped: round(one.skipped) },
    removed: round(one.removed),
    reasons: one.reasons.map((group) =>
      tellsWhoIsKnown.has(group.code) ? { ...group, count: round(group.count), examples: [] } : group,
    ),
  }
}

/** At once when it waits, at its next sign of life when it runs. */
export async function cancelImport(deps: Deps, ctx: WorkspaceCtx, id: string): Promise<Import> {
  const mask = await deps.profiles.mask(ctx)
  return deps.database.write(ctx, async (tx) => {
    const row = await requireImport(tx, ctx, id)
    const isOpen = row.state === 'queued' || row.state === 'running'
    if (!isOpen || row.job_id === null || !(await cancelJob(tx, row.job_id)))
      throw new AppError('import.ended', 'conflict', 'This import has ended already.')
    return shown(row, ctx, mask)
  })
}
