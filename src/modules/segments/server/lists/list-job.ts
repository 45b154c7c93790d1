import { compileRule } from '#modules/rules/index.ts'
import { applyChunk, type Chunk, turnBackChunk } from '#modules/segments/server/lists/apply-chunk.ts'
import {
  type ChangeRow,
  countAnew,
  endChange,
  markUndone,
  noteTogether,
  readChange,
} from '#modules/segments/server/lists/change-store.ts'
import { askForList, findNamed, type Named } from '#modules/segments/server/lists/find-people.ts'
import { introduce } from '#modules/segments/server/lists/introduce.ts'
import type { Upkeep } from '#modules/segments/server/membership/keep-current.ts'
import { prepare } from '#modules/segments/server/preview-rule.ts'
import { requireSegment } from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { EventHandler } from '#platform/jobs/subscriptions.ts'
import type { JobKind, JobRun } from '#platform/jobs/worker.ts'

export const listJobKind = 'segments:list'
const maxAttempts = 8
// One turn of the projector each: long enough to be worth its queries, short enough that events do not wait.
const chunkRows = 2000

type Run = {
  deps: SegmentsDeps
  upkeep: Upkeep
  job: JobRun
  ctx: WorkspaceCtx
  list: { id: string; num: number }
}

/** Changes of lists by rule, by file, and their undoing. Goes on after the last chunk that was committed. */
export function listJob(deps: SegmentsDeps, upkeep: Upkeep): JobKind {
  return {
    kind: listJobKind,
    maxAttempts,
    run: async (job) => {
      const { segmentId, changeId } = job.payload as { segmentId: string; changeId: string }
      const change = await deps.database.read(job.ctx, (tx) => readChange(tx, segmentId, changeId))
      if (!change || change.finished_at) return undefined
      try {
        await work(deps, upkeep, job, change)
        await end(deps, job.ctx, changeId, 'done')
        return { changeId }
      } catch (error) {
        if (job.attempt >= maxAttempts || (error instanceof AppError && error.kind === 'invalid'))
          await end(deps, job.ctx, changeId, 'failed', error instanceof AppError ? error.code : 'internal')
        throw error
      }
    },
  }
}

/** What a cancelled change has done stays, and can be undone. */
export function listCancelHandler(deps: Pick<SegmentsDeps, 'database' | 'clock'>): EventHandler {
  return {
    event: 'job.cancelled',
    name: 'stop-list-change',
    handle: async (ctx, payload) => {
      if (payload.kind !== listJobKind) return
      const { changeId } = payload.payload as { changeId: string }
      await end(deps, ctx, changeId, 'cancelled')
    },
  }
}

type End = 'done' | 'failed' | 'cancelled'
const end = (
  deps: Pick<SegmentsDeps, 'database' | 'clock'>,
  ctx: Pick<WorkspaceCtx, 'workspace'>,
  id: string,
  state: End,
  fault: string | null = null,
) => deps.database.write(ctx, (tx) => endChange(tx, id, state, deps.clock.now(), fault))

async function work(deps: SegmentsDeps, upkeep: Upkeep, job: JobRun, change: ChangeRow): Promise<void> {
  // Not the program's rights: those of whoever asked.
  const ctx: WorkspaceCtx = { ...job.ctx, scope: change.scope }
  const { id, num } = await deps.database.read(ctx, (tx) => requireSegment(tx, change.segment_id))
  const run: Run = { deps, upkeep, job, ctx, list: { id, num } }
  const { undoes, rule, file } = change.task
  if (undoes !== undefined) await undo(run, change, undoes)
  else if (file) await byFile(run, change, file, change.task.create === true)
  else await byRule(run, change, rule)
}

async function undo(run: Run, change: ChangeRow, undoes: number): Promise<void> {
  for (let done = change.handled; ; ) {
    run.job.signal.throwIfAborted()
    const turned = await turnBackChunk(run, change, undoes, chunkRows)
    if (turned === 0) break
    done += turned
    await run.job.progress(0.5, `${done}`)
  }
  await run.deps.database.write(run.ctx, (tx) => markUndone(tx, undoes, change.id))
}

/** Everybody a rule holds for now; read once, so that the list cannot chase what it changes itself. */
async function byRule(run: Run, change: ChangeRow, json: unknown): Promise<void> {
  const { deps, ctx, job } = run
  const { rule, env } = await prepare(deps, ctx, json)
  const { sql, params } = compileRule(rule, env).setSql()
  const rows = await deps.ch.query<{ person: number }>(`${sql}\nORDER BY person`, params)
  await deps.database.write(ctx, (tx) => countAnew(tx, change.number, rows.length))
  // A restart asks anew: who was dealt with before is on the list already, and changes nothing.
  for (let at = 0; at < rows.length; at += chunkRows) {
    job.signal.throwIfAborted()
    const targets = rows.slice(at, at + chunkRows).map(({ person }) => ({ unit: person, person }))
    await applyChunk(run, change, { targets, unmatched: [], rows: targets.length, created: 0 })
    await job.progress(Math.min(0.99, (at + targets.length) / rows.length), `${at + targets.length}`)
  }
}

async function byFile(
  run: Run,
  change: ChangeRow,
  file: { upload: string; column: string; kind: string },
  create: boolean,
): Promise<void> {
  const { deps, job } = run
  if (change.handled === 0) await countFile(run, change, file)
  let chunk: Named[] = []
  let seen = 0
  const flush = async () => {
    if (chunk.length === 0) return
    job.signal.throwIfAborted()
    await applyChunk(run, change, await lookUp(run, change, chunk, create))
    chunk = []
    await job.progress(Math.min(0.99, seen / (seen + chunkRows)), `${seen}`)
  }
  // Whether they may read the file was asked when they named it.
  for await (const { row, value } of deps.imports.readColumn(job.ctx, file.upload, file.column)) {
    seen++
    if (seen <= change.handled) continue
    chunk.push({ row, kind: file.kind, value })
    if (chunk.length >= chunkRows) await flush()
  }
  await flush()
}

/** Before anybody is put on: all that the file asks for, or the change fails and nothing of it was told. */
async function countFile(
  { deps, job }: Run,
  { asker, number }: ChangeRow,
  { upload, column, kind }: { upload: string; column: string; kind: string },
): Promise<void> {
  if (asker === null) return
  const values = new Set<string>()
  for await (const { value } of deps.imports.readColumn(job.ctx, upload, column)) {
    job.signal.throwIfAborted()
    values.add(value)
  }
  const ctx: WorkspaceCtx = { ...job.ctx, actor: asker, sight: 'blind' }
  const told = await askForList(
    deps,
    ctx,
    [...values].map((value) => ({ kind, value })),
    true,
  )
  if (told === 'together') await deps.database.write(job.ctx, (tx) => noteTogether(tx, number))
}

async function lookUp(run: Run, change: ChangeRow, rows: readonly Named[], create: boolean): Promise<Chunk> {
  const first = await findNamed(run.deps, run.ctx, rows)
  const { found, created } = create
    ? await introduce(run.deps, run.ctx, change.id, rows, first)
    : { found: first, created: 0 }
  return { ...found, rows: rows.length, created }
}
