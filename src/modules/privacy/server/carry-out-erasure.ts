import { eraseTogether } from '#modules/privacy/server/erase-together.ts'
import {
  type ErasureRow,
  finishErasures,
  isAnotherAtWork,
  type KeptPlan,
  openOf,
  passOn,
  takeOpen,
} from '#modules/privacy/server/erasure-store.ts'
import { forgetAnswers } from '#modules/privacy/server/forget-answers.ts'
import type { PrivacyDeps } from '#modules/privacy/server/privacy-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { type JobKind, type JobRun, later } from '#platform/jobs/worker.ts'

export const eraseKind = 'privacy:erase'

const lookAgainSeconds = 2
// What begins while they are being taken away counts as begun before.
const slackMs = 10_000

/**
 * Erases everybody who is to be erased, together: the log is looked through once for all of them. The order is such that a
 * crash anywhere leaves either everything, or enough to go on: the ledger first, then in one transaction the log's
 * content, identity and all that follows, then what other modules keep. What was begun before a wish and may still write
 * about the person is waited for; what began before everything was gone, too.
 */
export function eraseJob(deps: PrivacyDeps): JobKind {
  return {
    kind: eraseKind,
    run: async (job) => {
      const { ctx } = job
      if (await deps.database.read(ctx, (tx) => isAnotherAtWork(tx, eraseKind, job.id)))
        return comeAgain(deps, job)
      const fresh = await eraseFresh(deps, job)
      await job.progress(0.9)
      const rows = await deps.database.read(ctx, (tx) => openOf(tx, job.id))
      const since = (await underWaySince(deps, ctx)) - slackMs
      const ready = rows.filter((row) => row.carried_out_at && row.carried_out_at.getTime() < since)
      // At once, and once more when nothing is left that may have written since.
      const early = rows.filter((row) => fresh.has(row.id) && !ready.includes(row))
      await sweepAll(deps, ctx, [...ready, ...early])
      const done = ready.map((row) => row.id)
      await deps.database.write(ctx, (tx) => finishErasures(tx, done, deps.clock.now()))
      if (rows.length > ready.length) return comeAgain(deps, job)
      return { people: ready.length }
    },
  }
}

/** Two of them cannot wait: what this one was for goes to the one that does, or it waits itself. */
async function comeAgain(deps: PrivacyDeps, job: JobRun): Promise<undefined> {
  const isPassedOn = await deps.database.write(job.ctx, (tx) => passOn(tx, eraseKind, job.id))
  if (!isPassedOn) throw later(lookAgainSeconds)
}

/** Whoever nothing is being written about any more that began before the wish; answers their ids. */
async function eraseFresh(deps: PrivacyDeps, job: JobRun): Promise<Set<string>> {
  const all = await deps.database.write(job.ctx, (tx) => takeOpen(tx, job.id))
  const since = await underWaySince(deps, job.ctx)
  const fresh = all.filter((row) => !row.carried_out_at && row.requested_at.getTime() < since)
  if (fresh.length > 0) {
    // What was received before the wish is about the person, too.
    await deps.collect.settled(job.ctx)
    await eraseTogether(deps, job, fresh)
  }
  return new Set(fresh.map((row) => row.id))
}

/** Since when something is being made that may still write about people; infinity when nothing is. */
async function underWaySince({ keepers }: PrivacyDeps, ctx: WorkspaceCtx): Promise<number> {
  let first = Number.POSITIVE_INFINITY
  for (const keeper of keepers) first = Math.min(first, (await keeper.underWaySince?.(ctx)) ?? first)
  return first
}

// What other modules keep is searched for every text: so many people at a time keep a statement short.
const peoplePerSweep = 100

async function sweepAll(deps: PrivacyDeps, ctx: WorkspaceCtx, rows: readonly ErasureRow[]): Promise<void> {
  const plans = rows.flatMap((row) => (row.plan ? [row.plan] : []))
  for (let at = 0; at < plans.length; at += peoplePerSweep)
    await sweep(deps, ctx, together(plans.slice(at, at + peoplePerSweep)))
}

const together = (plans: readonly KeptPlan[]): KeptPlan => ({
  units: plans.flatMap((plan) => plan.units),
  identifiers: plans.flatMap((plan) => plan.identifiers),
  marks: plans.flatMap((plan) => plan.marks),
})

/** What is left elsewhere. Repeated after a crash from the start. */
async function sweep(deps: PrivacyDeps, ctx: WorkspaceCtx, plan: KeptPlan): Promise<void> {
  if (plan.units.length > 0)
    await deps.collect.projector.inTurn(async () => {
      for (const keeper of deps.keepers) await keeper.forget?.(ctx, plan)
      await deps.profiles.forgetPeople(ctx.workspace.num, plan.units)
    })
  await deps.database.write(ctx, (tx) => forgetAnswers(tx, plan.marks))
  const left = await deps.collect.countEvents(ctx.workspace.num, new Set(plan.units))
  if (left > 0) throw new Error(`${left} rows of erased people are still in ClickHouse`)
}
