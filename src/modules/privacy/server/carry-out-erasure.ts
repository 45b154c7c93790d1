import { eraseFromLog, type FoundItems, findMore, nothingFound } from '#modules/collect/index.ts'
import {
  type ErasureRow,
  finishErasure,
  type KeptPlan,
  keepPlan,
  markCarriedOut,
  readErasure,
} from '#modules/privacy/server/erasure-store.ts'
import { forgetAnswers } from '#modules/privacy/server/forget-answers.ts'
import type { PrivacyDeps } from '#modules/privacy/server/privacy-deps.ts'
import {
  type ErasedPeople,
  type ErasurePlan,
  erasedPeople,
  nothing,
  planErasure,
  unitsToErase,
} from '#modules/profiles/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { JobKind, JobRun } from '#platform/jobs/worker.ts'
import type { Tx } from '#platform/pg/database.ts'

export const eraseKind = 'privacy:erase'

/**
 * Erases a person. The order is such that a crash anywhere leaves either everything, or enough to go on: the ledger
 * first, then in one transaction the log's content, identity and all that follows, then what other modules keep.
 */
export function eraseJob(deps: PrivacyDeps): JobKind {
  return {
    kind: eraseKind,
    run: async (job) => {
      const { ctx } = job
      const id = String(job.payload.erasureId)
      const read = () => deps.database.read(ctx, (tx) => readErasure(tx, id))
      const row = await read()
      if (!row || row.finished_at) return undefined
      if (!row.carried_out_at) {
        // What was received before the wish is about the person, too.
        await deps.collect.settled(ctx)
        await carryOut(deps, job, row)
      }
      await job.progress(0.9)
      const plan = (await read())?.plan ?? { units: [], identifiers: [], marks: [] }
      await sweep(deps, ctx, plan)
      await deps.database.write(ctx, (tx) => finishErasure(tx, id, ctx.now))
      return { units: plan.units.length }
    },
  }
}

/** Looked for while everything goes on; when the person changed meanwhile, looked for again. */
async function carryOut(deps: PrivacyDeps, job: JobRun, row: ErasureRow): Promise<void> {
  const { ctx } = job
  for (;;) {
    const plan = await deps.database.read(ctx, (tx) => planOf(tx, row.person))
    if (plan.erased.length === 0)
      return deps.database.write(ctx, (tx) => markCarriedOut(tx, row.id, 0, ctx.now)) // gone already
    const people = await deps.database.read(ctx, (tx) => erasedPeople(tx, tx.workspace, plan))
    const found = await lookThroughLog(deps, job, people)
    await prepare(deps, ctx, row, plan)
    if (await eraseInTurn(deps, ctx, row, { plan, people, found })) return
  }
}

const planOf = async (tx: Tx, person: number): Promise<ErasurePlan> =>
  planErasure(tx, tx.workspace, await unitsToErase(tx, tx.workspace, person))

async function lookThroughLog(deps: PrivacyDeps, job: JobRun, people: ErasedPeople): Promise<FoundItems> {
  const found = nothingFound()
  for (let more = true; more; ) {
    more = await deps.database.read(job.ctx, (tx) => findMore(tx, tx.workspace, people, found))
    await job.progress(0.1)
  }
  return found
}

/** Noted in the ledger before anything goes: a backup restored later must not bring back what is half gone. */
async function prepare(
  deps: PrivacyDeps,
  ctx: WorkspaceCtx,
  row: ErasureRow,
  plan: ErasurePlan,
): Promise<void> {
  const { num, id: workspace } = ctx.workspace
  const kept = {
    units: plan.erased.map((id) => id.unit),
    identifiers: plan.erased.map(({ kind, value }) => ({ kind, value })),
    marks: [
      ...plan.erased.map((id) => id.value),
      ...plan.erased.map((id) => deps.profiles.personIds.encode(num, id.unit)),
    ],
  }
  await deps.database.write(ctx, (tx) => keepPlan(tx, row.id, kept))
  const names = plan.erased.map((id) => deps.ledger.nameOf(workspace, id))
  await deps.ledger.append({ id: row.id, workspace, at: ctx.now, names })
}

type Prepared = { plan: ErasurePlan; people: ErasedPeople; found: FoundItems }

/** In the writer's turn; false when the plan does not hold any more. */
async function eraseInTurn(
  deps: PrivacyDeps,
  ctx: WorkspaceCtx,
  row: ErasureRow,
  { plan, people, found }: Prepared,
): Promise<boolean> {
  return deps.collect.projector.write(ctx, async (tx) => {
    const ws = tx.workspace
    const now = await planOf(tx, row.person)
    if (JSON.stringify(now) !== JSON.stringify(plan))
      return { result: false, change: nothing(ws), shipments: [] }
    for (let more = true; more; ) more = await findMore(tx, ws, people, found)
    // Before the transaction commits: nobody may count these events for those who keep a shared device.
    await deps.collect.eraseEvents(ws, people.units, found)
    const items = await eraseFromLog(tx, ws, found)
    const erased = await deps.profiles.recogniser.erase(tx, ws, plan, found.earliest)
    await markCarriedOut(tx, row.id, items, ctx.now)
    await deps.audit(tx, ctx, {
      action: 'profile.erased',
      subject: row.public_id,
      details: { id: row.id, identifiers: plan.erased.length, items },
    })
    return { result: true, ...erased }
  })
}

/** What is left elsewhere. Repeated after a crash from the start. */
async function sweep(deps: PrivacyDeps, ctx: WorkspaceCtx, plan: KeptPlan): Promise<void> {
  if (plan.units.length > 0)
    await deps.collect.projector.inTurn(async () => {
      for (const keeper of deps.keepers) await keeper.forget?.(ctx, plan)
      await deps.profiles.forgetPeople(ctx.workspace.num, plan.units)
    })
  await deps.database.write(ctx, (tx) => forgetAnswers(tx, plan.marks))
  const left = await deps.collect.countEvents(ctx.workspace.num, new Set(plan.units))
  if (left > 0) throw new Error(`${left} rows of an erased person are still in ClickHouse`)
}
