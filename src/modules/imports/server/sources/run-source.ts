import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import { insertImport, setJob } from '#modules/imports/server/import-store.ts'
import { checkSpec } from '#modules/imports/server/mapping/compile-spec.ts'
import { readMapping } from '#modules/imports/server/mapping-store.ts'
import { keepFile } from '#modules/imports/server/preview-file.ts'
import { carryOutImport, isFault } from '#modules/imports/server/run-import.ts'
import { findAll } from '#modules/imports/server/sources/find-all.ts'
import type { Found } from '#modules/imports/server/sources/found.ts'
import { type ItemRow, openItems, takeItem } from '#modules/imports/server/sources/item-store.ts'
import { beginRun, cancelRun, endRun } from '#modules/imports/server/sources/run-store.ts'
import { settleItem } from '#modules/imports/server/sources/settle-item.ts'
import { readSource, type SourceRow, sourceKind } from '#modules/imports/server/sources/source-store.ts'
import { withFile } from '#modules/imports/server/upload-store.ts'
import type { SourceRun } from '#modules/imports/source-contract.ts'
import { actorKey, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import type { EventHandler } from '#platform/jobs/subscriptions.ts'
import type { JobKind, JobRun } from '#platform/jobs/worker.ts'

const maxAttempts = 5

type Run = { deps: ImportDeps; job: JobRun; id: string; source: SourceRow }

/**
 * Brings in what a source has. Its imports run inside of this job, one after the other: a job that waited for others would
 * take the worker's place from them. After a crash what was taken and not put away goes on first.
 */
export const sourceJob = (deps: ImportDeps): JobKind => ({
  kind: sourceKind,
  maxAttempts,
  run: async (job) => {
    const { sourceId, runId, trigger } = job.payload as Record<string, string>
    const source = await deps.database.write(job.ctx, async (tx) => {
      const row = await readSource(tx, String(sourceId))
      const begun = { id: String(runId), source: row.id, trigger: trigger as SourceRun['trigger'] }
      await beginRun(tx, { ...begun, now: deps.clock.now() })
      return row
    })
    const run = { deps, job, id: String(runId), source }
    try {
      await bringInAll(run)
    } catch (error) {
      if (!job.signal.aborted && (isFinal(error) || job.attempt >= maxAttempts)) await end(run, error)
      throw error
    }
    await end(run, undefined)
  },
})

/** What another attempt would meet again. */
const isFinal = (error: unknown) =>
  error instanceof AppError && (error.kind === 'invalid' || error.kind === 'denied')

async function end({ deps, job, id }: Run, error: unknown): Promise<void> {
  const said = error instanceof AppError ? error : undefined
  const fault = error !== undefined && {
    code: said?.code ?? 'internal',
    message: said?.message ?? 'Something went wrong on our side.',
    file: null,
  }
  await deps.database.write(job.ctx, (tx) => endRun(tx, id, deps.clock.now(), fault || null))
}

async function bringInAll(run: Run): Promise<void> {
  const { deps, job, source } = run
  for (const item of await deps.database.read(job.ctx, (tx) => openItems(tx, source.id)))
    await carryOut(run, item)
  // Read again: what went on may have moved its cursor.
  const now = await deps.database.read(job.ctx, (tx) => readSource(tx, source.id))
  for await (const found of findAll(deps, job.ctx, now, job.signal)) {
    const item = await withFile((path) => take(run, found, path))
    if (!item) continue
    const isIn = await carryOut(run, item)
    // Rows are to come in order: behind those that did not come in nothing is taken.
    if (!isIn && source.place.kind === 'database') return
  }
}

/** Notes what was found together with the import it becomes, in one transaction. */
async function take(run: Run, found: Found, path: string): Promise<ItemRow | undefined> {
  const { deps, job, source } = run
  const given = await found.take(path).catch(whenChanged)
  if (!given) return undefined
  const { fault, ...taken } = given
  const by = { kind: 'system' as const, name: source.name }
  const ctx: WorkspaceCtx = { ...job.ctx, actor: by, now: deps.clock.now() }
  const { spec: saved } = await deps.database.read(ctx, (tx) => readMapping(tx, source.mapping_id))
  const spec = { ...saved, dry_run: false }
  const item = { name: found.name, source: source.id, run: run.id, ...taken, now: ctx.now }
  const refuse = async ({ code, message }: AppError): Promise<ItemRow> => {
    const error = { code, message }
    await deps.database.write(ctx, (tx) => takeItem(tx, { ...item, import: null, error }))
    return { ...item, import_id: null, import_state: null, error }
  }
  if (fault) return refuse(fault)
  try {
    const { upload } = await keepFile(deps, ctx, path, found.shown, spec.sheet)
    checkSpec(spec, upload.columns)
    const id = newId('imp')
    const file = { upload_id: upload.id, name: found.shown, layout: upload.layout }
    // Nobody has seen this file: what it holds is masked for whoever set the source up as for anybody.
    const owner = { created_by: source.name, actor: source.actor, made_by: actorKey(ctx.actor), now: ctx.now }
    await deps.database.write(ctx, async (tx) => {
      await insertImport(tx, { id, ...file, spec, ...owner })
      await setJob(tx, id, job.id)
      await takeItem(tx, { ...item, import: id, error: null })
      const details = { name: found.shown, kind: spec.kind, source: source.name }
      await deps.audit(tx, ctx, { action: 'import.started', subject: id, details })
    })
    return { ...item, import_id: id, import_state: 'queued', error: null }
  } catch (error) {
    if (!(error instanceof AppError) || !isFault(error)) throw error
    return refuse(error)
  }
}

/** An object that is written anew right now comes with the next run. */
function whenChanged(error: unknown): undefined {
  if (error instanceof AppError && error.code === 'connection.object_changed') return undefined
  throw error
}

/** Imports what was taken and puts it away; answers whether it came in. */
async function carryOut({ deps, job, source }: Run, item: ItemRow): Promise<boolean> {
  if (item.import_id !== null && (item.import_state === 'queued' || item.import_state === 'running'))
    await carryOutImport(deps, job, item.import_id, maxAttempts).catch((error: unknown) => {
      // Noted with the import; the next file may be better.
      if (!isFault(error)) throw error
    })
  return settleItem(deps, job.ctx, source, item)
}

/** A run that was cancelled in the tray. */
export const cancelledRun = (deps: Pick<ImportDeps, 'database'>): EventHandler => ({
  event: 'job.cancelled',
  name: 'stop-source',
  handle: async (ctx, { kind, payload }) => {
    if (kind === sourceKind)
      await deps.database.write(ctx, (tx) =>
        cancelRun(tx, String((payload as { runId?: string }).runId), ctx.now),
      )
  },
})
