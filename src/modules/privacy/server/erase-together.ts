import { eraseFromLog, type FoundItems, findMore, lastOfLog, nothingFound } from '#modules/collect/index.ts'
import {
  type ErasureRow,
  type KeptPlan,
  keepPlans,
  markCarriedOut,
} from '#modules/privacy/server/erasure-store.ts'
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
import type { JobRun } from '#platform/jobs/worker.ts'
import type { Tx } from '#platform/pg/database.ts'

type Rows = readonly ErasureRow[]
/** Whose number of an erasure: which of the identifiers that go. */
type Plan = { plan: ErasurePlan; unitsOf: [person: number, units: number[]][] }

// People who are active change all the time, and many of them together surely do.
const triesOutside = 2

/** Looked for while everything goes on; when the people changed meanwhile, looked for again, at last while nothing does. */
export async function eraseTogether(deps: PrivacyDeps, job: JobRun, rows: Rows): Promise<void> {
  const { ctx } = job
  for (let tries = 0; ; tries++) {
    const prepared = await deps.database.read(ctx, (tx) => planOf(tx, rows))
    const people = await deps.database.read(ctx, (tx) => erasedPeople(tx, tx.workspace, prepared.plan))
    const found = nothingFound()
    if (tries < triesOutside) await lookThroughLog(deps, job, people, found)
    await prepare(deps, ctx, rows, prepared)
    if (await eraseInTurn(deps, ctx, rows, { ...prepared, people, found })) return
  }
}

async function planOf(tx: Tx, rows: Rows): Promise<Plan> {
  const theirs = await unitsToErase(
    tx,
    tx.workspace,
    rows.map((row) => row.person),
  )
  const plan = await planErasure(tx, tx.workspace, [...new Set([...theirs.values()].flat())])
  return { plan, unitsOf: [...theirs] }
}

async function lookThroughLog(deps: PrivacyDeps, job: JobRun, people: ErasedPeople, found: FoundItems) {
  const end = Math.max(1, await deps.database.read(job.ctx, lastOfLog))
  for (let more = people.units.size > 0; more; ) {
    more = await deps.database.read(job.ctx, (tx) => findMore(tx, tx.workspace, people, found))
    await job.progress(Math.min(0.8, (0.8 * found.upTo) / end))
  }
}

/** Noted in the ledger before anything goes: a backup restored later must not bring back what is half gone. */
async function prepare(deps: PrivacyDeps, ctx: WorkspaceCtx, rows: Rows, plan: Plan): Promise<void> {
  const { num, id: workspace } = ctx.workspace
  const kept = keptPlans(rows, plan, (unit) => deps.profiles.personIds.encode(num, unit))
  await deps.database.write(ctx, (tx) => keepPlans(tx, kept))
  const entries = kept
    .filter(({ plan: { units } }) => units.length > 0)
    .map(({ id, plan: { identifiers } }) => ({
      ...{ id, workspace, at: ctx.now },
      names: identifiers.map((one) => deps.ledger.nameOf(workspace, one)),
    }))
  if (entries.length > 0) await deps.ledger.append(...entries)
}

/** Who is gone already has nothing left to go. */
function keptPlans(rows: Rows, { plan, unitsOf }: Plan, publicId: (unit: number) => string) {
  const byUnit = new Map(plan.erased.map((id) => [id.unit, id]))
  const units = new Map(unitsOf)
  return rows.map((row): { id: string; plan: KeptPlan } => {
    const erased = (units.get(row.person) ?? []).flatMap((unit) => byUnit.get(unit) ?? [])
    return {
      id: row.id,
      plan: {
        units: erased.map((id) => id.unit),
        identifiers: erased.map(({ kind, value }) => ({ kind, value })),
        marks: [...erased.map((id) => id.value), ...erased.map((id) => publicId(id.unit))],
      },
    }
  })
}

type Prepared = Plan & { people: ErasedPeople; found: FoundItems }

/** In the writer's turn; false when the plan does not hold any more. */
async function eraseInTurn(
  deps: PrivacyDeps,
  ctx: WorkspaceCtx,
  rows: Rows,
  { plan, unitsOf, people, found }: Prepared,
): Promise<boolean> {
  return deps.collect.projector.write(ctx, async (tx) => {
    const ws = tx.workspace
    if (JSON.stringify(await planOf(tx, rows)) !== JSON.stringify({ plan, unitsOf }))
      return { result: false, change: nothing(ws), shipments: [] }
    if (plan.erased.length === 0) {
      await markCarriedOut(tx, itemsOf(rows, new Map(), found), deps.clock.now()) // gone already
      return { result: true, change: nothing(ws), shipments: [] }
    }
    for (let more = true; more; ) more = await findMore(tx, ws, people, found)
    // Before the transaction commits: nobody may count these events for those who keep a shared device.
    await deps.collect.eraseEvents(ws, people.units, found)
    const erased = await deps.profiles.recogniser.erase(tx, ws, plan, found.earliest)
    const done = itemsOf(rows, new Map(unitsOf), found)
    await markCarriedOut(tx, done, deps.clock.now())
    for (const [at, { id, items }] of done.entries())
      await deps.audit(tx, ctx, {
        action: 'profile.erased',
        subject: (rows[at] as ErasureRow).public_id,
        details: {
          id,
          identifiers: new Map(unitsOf).get((rows[at] as ErasureRow).person)?.length ?? 0,
          items,
        },
      })
    // Last: it holds the counter, for which everybody waits who sends events.
    await eraseFromLog(tx, ws, found)
    return { result: true, ...erased }
  })
}

const itemsOf = (rows: Rows, unitsOf: ReadonlyMap<number, readonly number[]>, found: FoundItems) =>
  rows.map((row) => ({
    id: row.id,
    items: (unitsOf.get(row.person) ?? []).reduce((sum, unit) => sum + (found.counts.get(unit) ?? 0), 0),
  }))
