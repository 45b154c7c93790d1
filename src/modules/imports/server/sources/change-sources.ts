import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import { readMapping } from '#modules/imports/server/mapping-store.ts'
import { folderOf, makeFolders } from '#modules/imports/server/sources/folder.ts'
import { nextRun } from '#modules/imports/server/sources/next-run.ts'
import { presentRun, type RunRow, readLastRuns, readRuns } from '#modules/imports/server/sources/run-store.ts'
import { enqueueRun } from '#modules/imports/server/sources/schedule-loop.ts'
import {
  deleteSource,
  isRunning,
  listSourceRows,
  readSource,
  type SourceRow,
  saveSource,
} from '#modules/imports/server/sources/source-store.ts'
import type { NewSource, Source, SourcePlace, SourceRun } from '#modules/imports/source-contract.ts'
import { actorKey, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'
import { newId } from '#platform/ids.ts'

type Deps = Pick<ImportDeps, 'database' | 'audit' | 'inbox' | 'connectors'>

export const listSources = (deps: Deps, ctx: WorkspaceCtx): Promise<{ items: Source[]; folder: string }> =>
  deps.database.read(ctx, async (tx) => {
    const last = new Map((await readLastRuns(tx)).map((run) => [run.source_id, run]))
    const rows = await listSourceRows(tx)
    const items = rows.map((row) => present(deps, ctx, row, last.get(row.id)))
    return { items, folder: folderOf(deps.inbox, ctx.workspace.id) }
  })

export const getSource = (deps: Deps, ctx: WorkspaceCtx, id: string): Promise<Source> =>
  deps.database.read(ctx, async (tx) => {
    const row = await readSource(tx, id)
    const [last] = await readRuns(tx, id, 1)
    return present(deps, ctx, row, last)
  })

export async function createSource(deps: Deps, ctx: WorkspaceCtx, given: NewSource): Promise<Source> {
  const id = newId('src')
  const next = nextRun(given.schedule, ctx.workspace.timezone, ctx.now)
  const row = {
    ...{ id, name: given.name, place: given.place, mapping_id: given.mapping, schedule: given.schedule },
    ...{ paused: given.paused, cursor: null, next_at: next },
    ...{ created_by: ctx.actor.name, actor: actorKey(ctx.actor), created_at: new Date(ctx.now) },
  }
  await check(deps, ctx, row)
  return save(deps, ctx, row, 'source.created')
}

export async function changeSource(
  deps: Deps,
  ctx: WorkspaceCtx,
  id: string,
  given: Partial<NewSource>,
): Promise<Source> {
  const before = await deps.database.read(ctx, (tx) => readSource(tx, id))
  const place = given.place ?? before.place
  const schedule = given.schedule ?? before.schedule
  const paused = given.paused ?? before.paused
  const isTimed = given.schedule !== undefined || paused !== before.paused
  const row = {
    ...before,
    ...{ name: given.name ?? before.name, place, schedule, paused },
    mapping_id: given.mapping ?? before.mapping_id,
    next_at: isTimed ? nextRun(schedule, ctx.workspace.timezone, ctx.now) : before.next_at,
    // What was counted by another column says nothing about this one.
    cursor: sameRows(place, before.place) ? before.cursor : null,
  }
  await check(deps, ctx, row)
  return save(deps, ctx, row, 'source.changed')
}

const sameRows = (a: SourcePlace, b: SourcePlace) =>
  a.kind === 'database' && b.kind === 'database'
    ? a.sql === b.sql && a.cursor === b.cursor && a.connection === b.connection
    : a.kind === b.kind

/** What it names is there and of its kind; nobody is connected to. */
async function check(deps: Deps, ctx: WorkspaceCtx, row: Omit<SourceRow, 'mapping_name'>): Promise<void> {
  await deps.database.read(ctx, (tx) => readMapping(tx, row.mapping_id))
  if (row.place.kind !== 'folder') await deps.connectors.check(ctx, row.place.connection, row.place.kind)
  if (row.place.kind === 'folder') await makeFolders(folderOf(deps.inbox, ctx.workspace.id))
  else if (row.schedule.every === 'file')
    throw new AppError('source.bad_schedule', 'invalid', 'Only a folder can be watched; choose times.', {
      details: { path: '/body/schedule' },
    })
}

function save(
  deps: Deps,
  ctx: WorkspaceCtx,
  row: Omit<SourceRow, 'mapping_name'>,
  action: 'source.created' | 'source.changed',
): Promise<Source> {
  return deps.database.write(ctx, async (tx) => {
    await saveSource(tx, row)
    const { place, schedule, paused } = row
    await deps.audit(tx, ctx, {
      action,
      subject: row.id,
      details: { name: row.name, place, schedule, paused },
    })
    const [last] = await readRuns(tx, row.id, 1)
    return present(deps, ctx, await readSource(tx, row.id), last)
  })
}

export function removeSource(deps: Deps, ctx: WorkspaceCtx, id: string): Promise<void> {
  return deps.database.write(ctx, async (tx) => {
    const row = await readSource(tx, id, true)
    if (await isRunning(tx, tx.workspace, id)) throw running()
    await deleteSource(tx, id)
    await deps.audit(tx, ctx, { action: 'source.removed', subject: id, details: { name: row.name } })
  })
}

export function runSourceNow(deps: Deps, ctx: WorkspaceCtx, id: string) {
  return deps.database.write(ctx, async (tx) => {
    const row = await readSource(tx, id, true)
    if (await isRunning(tx, tx.workspace, id)) throw running()
    const memberId = ctx.actor.kind === 'member' ? ctx.actor.memberId : undefined
    await deps.audit(tx, ctx, { action: 'source.run', subject: id, details: { name: row.name } })
    return enqueueRun(tx, row, 'by_hand', memberId)
  })
}

const running = () => new AppError('source.running', 'conflict', 'A run of this source is under way.')

export async function listRuns(
  deps: Deps,
  ctx: WorkspaceCtx,
  id: string,
  { limit, cursor }: PageQuery,
): Promise<{ items: SourceRun[]; next: string | null }> {
  const key = decodeCursor(cursor, ['time', 'text'])
  const after = key && { at: String(key[0]), id: String(key[1]) }
  const rows = await deps.database.read(ctx, async (tx) => {
    await readSource(tx, id)
    return readRuns(tx, id, limit + 1, after)
  })
  const items = rows.slice(0, limit).map(presentRun)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor([last.startedAt, last.id]) : null }
}

function present(deps: Deps, ctx: WorkspaceCtx, row: SourceRow, last: RunRow | undefined): Source {
  return {
    ...{ id: row.id, name: row.name, place: row.place, schedule: row.schedule, paused: row.paused },
    path: row.place.kind === 'folder' ? folderOf(deps.inbox, ctx.workspace.id) : null,
    mapping: { id: row.mapping_id, name: row.mapping_name },
    nextAt: row.paused ? null : (row.next_at?.toISOString() ?? null),
    lastRun: last ? presentRun(last) : null,
    ...{ by: row.created_by, createdAt: row.created_at.toISOString() },
  }
}
