import type { ViolationReason } from '#modules/plans/contract.ts'
import { type CompiledPlan, compilePlan, isBlocking, judgeEvent } from '#modules/plans/server/judge-event.ts'
import { judgedBy, loadVersion, saveJudged, versionsInForce } from '#modules/plans/server/plan-store.ts'
import { addViolations, type CountedViolation, violationKey } from '#modules/plans/server/violation-store.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { EventJudge, JudgedEvent, Judgement, RangeJudge } from '#slots/event-judge.ts'

type InForce = { version: number; plan: CompiledPlan }
type LoadPlan = (tx: Tx, workspace: number, version: number) => Promise<CompiledPlan>

// Names come from outside: so many kinds of violations are told apart in one range, the rest is counted together.
const kindsPerRange = 2000

/** The tracking plan as a judge of the projection: what is newest at the start of a range holds for all of it. */
export function createPlanJudge(): EventJudge {
  const compiled = planCache()
  return {
    reason: 'event.violates_plan',
    begin: async (tx, rows) => {
      const workspaces = [...new Set(rows.map((row) => row.workspace))]
      const inForce = new Map<number, InForce>()
      for (const [workspace, version] of await versionsInForce(tx, workspaces))
        inForce.set(workspace, { version, plan: await compiled(tx, workspace, version) })
      return inForce.size === 0 ? undefined : judgeRange(inForce, rows)
    },
    explainer: async (tx, seq) => {
      const version = await judgedBy(tx, seq)
      if (version === undefined) return () => []
      const plan = await compiled(tx, tx.workspace, version)
      return (event) => judgeEvent(plan, event)
    },
  }
}

function judgeRange(
  inForce: ReadonlyMap<number, InForce>,
  rows: readonly { seq: number; workspace: number }[],
): RangeJudge {
  const counted = new Map<string, CountedViolation>()
  return {
    judge: (workspace, event) => {
      const held = inForce.get(workspace)
      if (!held) return undefined
      const faults = judgeEvent(held.plan, event)
      return faults.length === 0 ? undefined : { blocks: isBlocking(held.plan, faults), faults }
    },
    note: (workspace, event, judgement) => {
      const { version } = inForce.get(workspace) as InForce
      count(counted, { workspace, version }, event, judgement)
    },
    save: async (tx) => {
      const judged = rows.flatMap(({ seq, workspace }) => {
        const held = inForce.get(workspace)
        return held ? [{ seq, workspace, version: held.version }] : []
      })
      await saveJudged(tx, judged)
      await addViolations(tx, [...counted.values()])
    },
  }
}

function count(
  counted: Map<string, CountedViolation>,
  place: { workspace: number; version: number },
  event: JudgedEvent,
  { faults }: Judgement,
): void {
  const day = new Date(event.receivedAt).toISOString().slice(0, 10)
  for (const fault of faults) {
    const reason = fault.reason as ViolationReason
    const told = {
      event: event.name.toWellFormed(),
      property: fault.property,
      reason,
      source: event.sourceId,
    }
    const rest = { event: '', property: '', reason: 'more' as const, source: event.sourceId }
    const keyOf = (kind: typeof told | typeof rest) => `${place.workspace} ${day} ${violationKey(kind)}`
    const kind = counted.has(keyOf(told)) || counted.size < kindsPerRange ? told : rest
    const key = keyOf(kind)
    const before = counted.get(key)
    const { receivedAt: at, seq, idx } = event
    counted.set(key, {
      ...place,
      ...kind,
      day,
      count: (before?.count ?? 0) + 1,
      firstAt: Math.min(before?.firstAt ?? at, at),
      lastAt: Math.max(before?.lastAt ?? at, at),
      seq,
      idx,
    })
  }
}

/** Versions never change, so a compiled one is good for ever; one per workspace is kept, besides what is asked about. */
function planCache(): LoadPlan {
  const known = new Map<string, CompiledPlan>()
  return async (tx, workspace, version) => {
    const key = `${workspace} ${version}`
    const cached = known.get(key)
    if (cached) return cached
    const content = await loadVersion(tx, workspace, version)
    if (!content) throw new Error(`version ${version} of the plan of workspace ${workspace} is not there`)
    const plan = compilePlan(content)
    if (known.size >= 200) known.clear()
    known.set(key, plan)
    return plan
  }
}
