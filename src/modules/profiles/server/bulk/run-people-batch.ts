import { setTimeout } from 'node:timers/promises'
import { giveTo } from '#modules/profiles/server/assign-owner.ts'
import { restorePeople, trashPeople } from '#modules/profiles/server/bin/trash-people.ts'
import {
  addChanged,
  type BatchChange,
  changesOfBatch,
  type PeopleBatchRow,
  readBatch,
  savePersons,
} from '#modules/profiles/server/bulk/people-batch-store.ts'
import { activeMember } from '#modules/profiles/server/owner-store.ts'
import { peopleForExport } from '#modules/profiles/server/people-export.ts'
import { visiblePersons } from '#modules/profiles/server/person-numbers.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { JobKind, JobRun } from '#platform/jobs/worker.ts'

export const batchKind = 'people:change'
export const undoKind = 'people:undo'
// Events wait while so many are at work: some 100 ms.
const peoplePerTurn = 2000

/** Does the work as whoever asked for it, some people a turn. Broken off, it begins again: who is done is passed by. */
export const peopleBatchJob = (deps: ProfileDeps): JobKind => ({
  kind: batchKind,
  run: async (job) => {
    const batch = await deps.database.read(job.ctx, (tx) => readBatch(tx, String(job.payload.batchId)))
    const { actor, scope } = batch
    const ctx: WorkspaceCtx = { ...job.ctx, actor, scope, permissions: new Set(batch.permissions) }
    const persons = batch.persons ?? (await peopleForExport(deps).persons(ctx, batch.question ?? {}))
    await deps.database.write(ctx, (tx) => savePersons(tx, batch.id, persons))
    for (let at = 0; at < persons.length; at += peoplePerTurn) {
      await job.progress(at / persons.length)
      const some = await visiblePersons(deps, ctx, persons.slice(at, at + peoplePerTurn))
      const changed = await changeSome(deps, ctx, batch, some)
      await deps.database.write(ctx, (tx) => addChanged(tx, batch.id, changed))
    }
    return { people: persons.length }
  },
})

async function changeSome(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  { id, action, owner, why }: PeopleBatchRow,
  persons: readonly number[],
): Promise<number> {
  if (action === 'trash') return (await trashPeople(deps, ctx, { persons, why, batch: id })).length
  return (await giveTo(deps, ctx, { whom: async () => persons, owner, batch: id, why, toldAsWhole: true }))
    .changed
}

/** Takes back what a batch changed; what somebody did since stands. */
export const peopleUndoJob = (deps: ProfileDeps): JobKind => ({
  kind: undoKind,
  run: async (job) => {
    const id = String(job.payload.batchId)
    const batch = await untilEnded(deps, job, id)
    const ctx: WorkspaceCtx = { ...job.ctx, actor: batch.actor }
    for (let after = 0; ; ) {
      job.signal.throwIfAborted()
      const changes = await deps.database.read(ctx, (tx) =>
        changesOfBatch(tx, { batch: id, after, limit: peoplePerTurn }),
      )
      const last = changes.at(-1)
      if (!last) return
      const standing = changes.filter((change) => change.latest)
      if (batch.action === 'trash')
        await restorePeople(deps, ctx, { persons: standing.map((one) => one.person), why: undone })
      else await giveBack(deps, ctx, standing)
      after = last.seq
    }
  },
})

const undone = 'batch.undone'

/** To whoever looked after them before; to nobody, where that member has left. */
async function giveBack(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  standing: readonly BatchChange[],
): Promise<void> {
  for (const [from, some] of Map.groupBy(standing, (change) => change.from)) {
    const isThere = from === null || (await deps.database.read(ctx, (tx) => activeMember(tx, from)))
    const persons = some.map((one) => one.person)
    await giveTo(deps, ctx, {
      whom: async () => persons,
      owner: isThere ? from : null,
      why: undone,
      toldAsWhole: true,
    })
  }
}

export const isAtWork = ({ state }: Pick<PeopleBatchRow, 'state'>) =>
  state === 'waiting' || state === 'running'

// A cancelled job ends at its next sign of life, after the turn it is in.
const askAgainMs = 200

async function untilEnded(deps: ProfileDeps, job: JobRun, id: string): Promise<PeopleBatchRow> {
  for (;;) {
    job.signal.throwIfAborted()
    const batch = await deps.database.read(job.ctx, (tx) => readBatch(tx, id))
    if (!isAtWork(batch)) return batch
    await setTimeout(askAgainMs, undefined, { signal: job.signal })
  }
}
