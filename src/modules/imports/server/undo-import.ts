import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import {
  canUndo,
  type ImportRow,
  moveState,
  readImport,
  requireImport,
  saveReached,
  saveRemoved,
  setJob,
} from '#modules/imports/server/import-store.ts'
import { type KeptRow, readJournal } from '#modules/imports/server/journal-store.ts'
import { messagePrefix, sourceOf } from '#modules/imports/server/mapping/make-item.ts'
import { undoCompanies } from '#modules/imports/server/undo-companies.ts'
import { firstSeenBy, removeTraceless, takeBack } from '#modules/profiles/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import type { JobKind, JobRun } from '#platform/jobs/worker.ts'
import type { Tx } from '#platform/pg/database.ts'

export const undoKind = 'imports:undo'
const rowsAtOnce = 500

/** Asks for an import to be taken back; the work is a job. */
export function undoImport(deps: ImportDeps, ctx: WorkspaceCtx, id: string): Promise<ImportRow> {
  return deps.database.write(ctx, async (tx) => {
    const row = await requireImport(tx, ctx, id, true)
    if (!canUndo(row, ctx.now))
      throw new AppError(
        'import.not_undoable',
        'conflict',
        'Only an import that has ended, in the last 30 days, can be taken back.',
      )
    await moveState(tx, id, [row.state], 'undoing')
    await saveReached(tx, id, 0)
    const memberId = ctx.actor.kind === 'member' ? { memberId: ctx.actor.memberId } : {}
    const job = await enqueue(tx, {
      kind: undoKind,
      payload: { importId: id },
      key: id,
      title: row.name,
      ...memberId,
    })
    await setJob(tx, id, job)
    await deps.audit(tx, ctx, { action: 'import.undone', subject: id, details: { name: row.name } })
    return readImport(tx, id)
  })
}

const maxAttempts = 8

export const undoJob = (deps: ImportDeps): JobKind => ({
  kind: undoKind,
  maxAttempts,
  run: async (job) => {
    const id = String(job.payload.importId)
    try {
      await undo(deps, job, id)
    } catch (error) {
      if (job.attempt >= maxAttempts)
        await deps.database.write(job.ctx, (tx) => giveUpUndo(tx, id, job.ctx.now))
      throw error
    }
  },
})

/** An undo that ended half-way can be asked for again. */
export const giveUpUndo = (tx: Tx, id: string, now: number) => moveState(tx, id, ['undoing'], 'done', { now })

/**
 * Events first: they carry values, too. Then values, all of them: who is known through this import alone shows only when
 * nothing of it is left.
 */
async function undo(deps: ImportDeps, job: JobRun, id: string): Promise<void> {
  const row = await deps.database.read(job.ctx, (tx) => readImport(tx, id))
  if (row.state !== 'undoing') return
  // Items that were sent but not projected would be told after they were taken back.
  await deps.collect.settled(job.ctx)
  if (row.spec.kind === 'companies')
    await undoCompanies(deps, job, row, (after) => journalOf(deps, job, row.id, after))
  else {
    if (row.spec.kind !== 'people') await takeEventsBack(deps, job, row)
    await takeValuesBack(deps, job, row)
    await removeCreated(deps, job, row)
  }
  await deps.database.write(job.ctx, (tx) =>
    moveState(tx, id, ['undoing'], 'undone', { now: deps.clock.now() }),
  )
}

// Clocks of two processes; only a bound for the search.
const slackMs = 3_600_000

async function takeEventsBack(deps: ImportDeps, job: JobRun, row: ImportRow): Promise<void> {
  const window = {
    source: sourceOf(row.id),
    from: new Date(row.created_at.getTime() - slackMs),
    to: new Date((row.finished_at?.getTime() ?? deps.clock.now()) + slackMs),
  }
  await deps.collect.takeBack(job.ctx, window, async (taken) => {
    job.signal.throwIfAborted()
    await job.progress(Math.min(0.5, (0.5 * taken) / Math.max(1, row.total ?? 1)))
  })
}

/** Row by row in the order of the file: the first row of a person knows what stood before the import. */
async function takeValuesBack(deps: ImportDeps, job: JobRun, row: ImportRow): Promise<void> {
  const prefix = messagePrefix(row.id)
  for await (const rows of journalOf(deps, job, row.id, row.reached)) {
    const changed = rows.filter((one) => one.outcome !== 'kept')
    await takeBack({ writer: deps.writer, recogniser: deps.profiles.recogniser }, job.ctx, {
      values: changed.map(({ at, before }) => ({ at, before })),
      tags: rows.flatMap(({ key, tags }) => tags.map((tag) => ({ ...key, tag }))),
      source: (messageId) => messageId.startsWith(prefix),
    })
    const reached = rows.at(-1)?.row ?? 0
    await deps.database.write(job.ctx, (tx) => saveReached(tx, row.id, reached))
    await job.progress(Math.min(0.5, (0.5 * reached) / Math.max(1, row.total ?? 1)))
  }
}

/** Where people point in ClickHouse is rewritten for so many at a time, because each time rewrites parts of tables. */
const forgottenAtOnce = 5000

async function removeCreated(deps: ImportDeps, job: JobRun, row: ImportRow): Promise<void> {
  const { writer, ch, profiles } = deps
  let removed = row.removed
  let units: number[] = []
  const forget = async () => {
    const gone = units
    units = []
    if (gone.length > 0) await writer.inTurn(() => profiles.forgetPeople(job.ctx.workspace.num, gone))
  }
  for await (const { ids, share } of createdBy(deps, job, row)) {
    const what = { ...ids, prefix: messagePrefix(row.id) }
    const gone = await removeTraceless({ writer, ch, recogniser: profiles.recogniser }, job.ctx, what)
    removed += gone.people
    units.push(...gone.units)
    if (units.length >= forgottenAtOnce) await forget()
    await saveCount(deps, job, row.id, removed)
    await job.progress(0.5 + 0.49 * share)
  }
  await forget()
}

type Created = { ids: { ids: KeptRow['key'][] } | { units: number[] }; share: number }

/** Whom it may have made: of people the journal says so, of events what was first seen by them. */
async function* createdBy(deps: ImportDeps, job: JobRun, row: ImportRow): AsyncGenerator<Created> {
  const prefix = messagePrefix(row.id)
  if (row.spec.kind === 'people') {
    for await (const rows of journalOf(deps, job, row.id, 0)) {
      const ids = rows.filter((one) => one.outcome === 'created').map((one) => one.key)
      yield { ids: { ids }, share: Math.min(1, (rows.at(-1)?.row ?? 0) / Math.max(1, row.total ?? 1)) }
    }
    return
  }
  for (let after = 0; ; ) {
    job.signal.throwIfAborted()
    const source = { prefix, after, limit: rowsAtOnce }
    const units = await deps.database.read(job.ctx, (tx) => firstSeenBy(tx, source))
    if (units.length === 0) return
    yield { ids: { units }, share: 0.5 }
    after = units.at(-1) as number
  }
}

const saveCount = (deps: ImportDeps, job: JobRun, id: string, removed: number) =>
  deps.database.write(job.ctx, (tx) => saveRemoved(tx, id, removed))

async function* journalOf(
  deps: ImportDeps,
  job: JobRun,
  id: string,
  after: number,
): AsyncGenerator<KeptRow[]> {
  for (let reached = after; ; ) {
    job.signal.throwIfAborted()
    const rows = await deps.database.read(job.ctx, (tx) => readJournal(tx, id, reached, rowsAtOnce))
    const last = rows.at(-1)
    if (!last) return
    yield rows
    reached = last.row
  }
}
