import { setTimeout } from 'node:timers/promises'
import {
  changePeople,
  nothing,
  tagMany,
  tagsTakenOff,
  undoBatch,
  untagMany,
} from '#modules/profiles/index.ts'
import { type BatchRow, readBatch, savePeople } from '#modules/tags/server/batch-store.ts'
import type { TagDeps } from '#modules/tags/server/tag-deps.ts'
import { ensureTags } from '#modules/tags/server/tag-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { JobKind, JobRun } from '#platform/jobs/worker.ts'

export const batchKind = 'tags:assign'
export const undoKind = 'tags:undo'
// Events wait while so many are at work: some 100 ms.
const peoplePerTurn = 2000

/** Gives and takes the tags, some people a turn. Broken off, it begins again: who has them already is passed by. */
export const batchJob = (deps: TagDeps): JobKind => ({
  kind: batchKind,
  run: async (job) => {
    const batch = await deps.database.read(job.ctx, (tx) => readBatch(tx, String(job.payload.batchId)))
    const ctx = { ...job.ctx, actor: batch.actor, scope: batch.scope }
    const persons =
      batch.persons ??
      (await deps.profiles.forExport.persons(ctx, batch.question ?? { rule: batch.rule ?? undefined }))
    await deps.database.write(ctx, (tx) => savePeople(tx, batch.id, persons.length))
    for (let at = 0; at < persons.length; at += peoplePerTurn) {
      await job.progress(at / persons.length)
      await changeSome(deps, ctx, batch, persons.slice(at, at + peoplePerTurn))
    }
    return { people: persons.length }
  },
})

function changeSome(
  deps: TagDeps,
  ctx: WorkspaceCtx,
  batch: BatchRow,
  persons: readonly number[],
): Promise<void> {
  return changePeople<undefined, void>(deps, ctx, {
    plan: async () => undefined,
    carryOut: async (tx) => {
      await ensureTags(tx, batch.add_tags, ctx.now)
      const { name: by, kind } = batch.actor
      const trace = { by, kind, why: batch.why, batch: batch.id, at: deps.clock.now() }
      const removals = persons.flatMap((person) => batch.remove_tags.map((tag) => ({ person, tag })))
      const added = await tagMany(tx, persons, { ...trace, tags: batch.add_tags })
      const lost = await untagMany(tx, removals, trace)
      const changed = [...new Set([...added.map((one) => one.person), ...lost])]
      if (changed.length === 0) return { result: undefined, change: nothing(tx.workspace), shipments: [] }
      const done = await deps.profiles.recogniser.decide(tx, tx.workspace, { observations: [] }, changed)
      return { ...done, result: undefined }
    },
  })
}

/** Takes back what a batch changed; what somebody changed since stands. */
export const undoJob = (deps: TagDeps): JobKind => ({
  kind: undoKind,
  run: async (job) => {
    const batchId = String(job.payload.batchId)
    await untilEnded(deps, job, batchId)
    for (let after: number | undefined = 0; after !== undefined; ) {
      job.signal.throwIfAborted()
      after = await undoSome(deps, job.ctx, batchId, after)
    }
  },
})

export const isAtWork = ({ state }: Pick<BatchRow, 'state'>) => state === 'waiting' || state === 'running'

// A cancelled job ends at its next sign of life, after the turn it is in.
const askAgainMs = 200

async function untilEnded(deps: TagDeps, job: JobRun, batchId: string): Promise<void> {
  for (;;) {
    job.signal.throwIfAborted()
    const batch = await deps.database.read(job.ctx, (tx) => readBatch(tx, batchId))
    if (!isAtWork(batch)) return
    await setTimeout(askAgainMs, undefined, { signal: job.signal })
  }
}

function undoSome(
  deps: TagDeps,
  ctx: WorkspaceCtx,
  batch: string,
  after: number,
): Promise<number | undefined> {
  return changePeople<BatchRow, number | undefined>(deps, ctx, {
    plan: (tx) => readBatch(tx, batch),
    carryOut: async (tx, { actor }) => {
      await ensureTags(tx, await tagsTakenOff(tx, batch), ctx.now)
      const trace = { by: actor.name, kind: actor.kind, at: deps.clock.now(), why: 'batch.undone' }
      const { persons, upTo } = await undoBatch(tx, { batch, after, limit: peoplePerTurn }, trace)
      if (persons.length === 0) return { result: upTo, change: nothing(tx.workspace), shipments: [] }
      const done = await deps.profiles.recogniser.decide(tx, tx.workspace, { observations: [] }, persons)
      return { ...done, result: upTo }
    },
  })
}
