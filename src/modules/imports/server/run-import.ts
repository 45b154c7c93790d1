import { addTags } from '#modules/imports/server/add-tags.ts'
import { countGuesses } from '#modules/imports/server/count-guesses.ts'
import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import {
  type ImportRow,
  moveState,
  readImport,
  saveProgress,
  saveSurvey,
} from '#modules/imports/server/import-store.ts'
import { forgetAll } from '#modules/imports/server/journal-store.ts'
import { compileSpec } from '#modules/imports/server/mapping/compile-spec.ts'
import { type Survey, surveyTable } from '#modules/imports/server/mapping/survey.ts'
import { openTable } from '#modules/imports/server/reading/open-table.ts'
import { giveUpUndo, undoKind } from '#modules/imports/server/undo-import.ts'
import { fetchUpload, removeUpload, withFile } from '#modules/imports/server/upload-store.ts'
import { writeRows } from '#modules/imports/server/write-rows.ts'
import { breathe } from '#platform/breathe.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { EventHandler } from '#platform/jobs/subscriptions.ts'
import type { JobKind, JobRun } from '#platform/jobs/worker.ts'

export const runKind = 'imports:run'
const maxAttempts = 8

/** Reads the file twice: once to know what it is like, once to write. May be stopped anywhere and goes on there. */
export function importJob(deps: ImportDeps): JobKind {
  return {
    kind: runKind,
    maxAttempts,
    run: async (job) => {
      await carryOutImport(deps, job, String(job.payload.importId), maxAttempts)
    },
  }
}

/** Runs it or goes on with it; what is wrong with the file, and the last attempt's failure, are noted and thrown. */
export async function carryOutImport(
  deps: ImportDeps,
  job: JobRun,
  id: string,
  attempts: number,
): Promise<void> {
  try {
    await runImport(deps, job, id)
  } catch (error) {
    if (!isFault(error) && job.attempt < attempts) throw error
    await fail(deps, job.ctx, id, error)
    throw error
  }
}

async function runImport(deps: ImportDeps, job: JobRun, id: string): Promise<void> {
  const row = await begin(deps, job.ctx, id)
  if (!row) return
  await withFile(async (path) => {
    await fetchUpload(deps, job.ctx, row.upload_id as string, path)
    const survey = row.survey ?? (await surveyFile(deps, job, row, path))
    const plan = compileSpec(row.spec, survey)
    await countGuesses(deps, job, { ...row, survey }, { plan, path })
    const table = await openTable(path, row.layout)
    try {
      await writeRows(deps, job, { ...row, survey }, plan, table)
    } finally {
      table.close()
    }
  })
  if (!row.spec.dry_run) await finishWriting(deps, job, row)
  await deps.database.write(job.ctx, async (tx) => {
    await moveState(tx, id, ['running'], 'done', { now: deps.clock.now() })
    // What people sent is not kept longer than it is of use; a dry run is mostly followed by the real one.
    if (!row.spec.dry_run && row.upload_id) await removeUpload(tx, row.upload_id)
  })
}

/** The import, when it is still to be run; a dry run that was cut off begins anew. */
function begin(deps: ImportDeps, ctx: WorkspaceCtx, id: string): Promise<ImportRow | undefined> {
  return deps.database.write(ctx, async (tx) => {
    const row = await readImport(tx, id, true)
    if (row.state !== 'queued' && row.state !== 'running') return undefined
    await moveState(tx, id, ['queued'], 'running')
    if (!row.spec.dry_run) return row
    const nothing = { created: 0, updated: 0, skipped: 0, failed: 0, reasons: [], decided: 0, sent: 0 }
    await forgetAll(tx, id)
    await saveProgress(tx, id, nothing)
    return { ...row, ...nothing }
  })
}

async function surveyFile(deps: ImportDeps, job: JobRun, row: ImportRow, path: string): Promise<Survey> {
  const table = await openTable(path, row.layout)
  try {
    const survey = await surveyTable(table, {
      keepPlaceholders: row.spec.placeholders === 'keep',
      pause: async (rows) => {
        await breathe()
        if (rows % 20_000 === 0) await job.progress(0, `${rows}`)
        job.signal.throwIfAborted()
      },
    })
    await deps.database.write(job.ctx, (tx) => saveSurvey(tx, row.id, survey))
    return survey
  } finally {
    table.close()
  }
}

/** Done is what everybody can see: people in lists and segments, and their tags. */
async function finishWriting(deps: ImportDeps, job: JobRun, row: ImportRow): Promise<void> {
  await deps.collect.settled(job.ctx)
  if (row.spec.tags.length > 0 && row.spec.kind === 'people') await addTags(deps, job, row)
}

/** The file's own, or its mapping's: no other attempt would end better. */
export const isFault = (error: unknown) => error instanceof AppError && error.kind === 'invalid'

async function fail(deps: ImportDeps, ctx: WorkspaceCtx, id: string, error: unknown): Promise<void> {
  const said =
    error instanceof AppError ? error : new AppError('internal', 'bug', 'Something went wrong on our side.')
  const details = Object.fromEntries(
    Object.entries(said.details).filter(
      ([, value]) => typeof value === 'string' || typeof value === 'number',
    ),
  ) as Record<string, string | number>
  await deps.database.write(ctx, (tx) =>
    moveState(tx, id, ['queued', 'running'], 'failed', {
      now: deps.clock.now(),
      error: { code: said.code, message: said.message, details },
    }),
  )
}

/** A job that was cancelled in the tray or by the route: what is written stays, and can be undone. */
export function cancelHandler(deps: Pick<ImportDeps, 'database'>): EventHandler {
  return {
    event: 'job.cancelled',
    name: 'stop-import',
    handle: async (ctx, payload) => {
      const { importId } = payload.payload as { importId: string }
      if (payload.kind === undoKind) await deps.database.write(ctx, (tx) => giveUpUndo(tx, importId, ctx.now))
      if (payload.kind === runKind)
        await deps.database.write(ctx, (tx) =>
          moveState(tx, importId, ['queued', 'running'], 'cancelled', { now: ctx.now }),
        )
    },
  }
}
