import { evaluateEverybody } from '#modules/segments/server/membership/evaluate-all.ts'
import type { Upkeep } from '#modules/segments/server/membership/keep-current.ts'
import { sizeLines } from '#modules/segments/server/membership/member-rows.ts'
import { closeRun } from '#modules/segments/server/membership/run-store.ts'
import { countMembers } from '#modules/segments/server/membership/write-changes.ts'
import {
  failUncounted,
  finishBuild,
  namesOf,
  readSegment,
  setState,
} from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import { AppError } from '#platform/errors.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import type { EventHandler } from '#platform/jobs/subscriptions.ts'
import type { JobKind, JobRun } from '#platform/jobs/worker.ts'
import type { Tx } from '#platform/pg/database.ts'

const kind = 'segments:build'
const maxAttempts = 8

/** One waiting job per segment; it counts whatever rule stands when it runs. `memberId`: who waits for it. */
export async function enqueueBuilds(tx: Tx, ids: readonly string[], memberId?: string): Promise<void> {
  const names = await namesOf(tx, ids)
  for (const id of ids) {
    const title = names.get(id)
    const shown = { ...(title !== undefined && { title }), ...(memberId !== undefined && { memberId }) }
    await enqueue(tx, { kind, key: id, payload: { segmentId: id }, ...shown })
  }
}

/** A count that was cancelled leaves a segment that is not counted; saving it counts it again. */
export function cancelHandler(deps: Pick<SegmentsDeps, 'database'>): EventHandler {
  return {
    event: 'job.cancelled',
    name: 'stop-counting',
    handle: async (ctx, payload) => {
      if (payload.kind !== kind) return
      const { segmentId } = payload.payload as { segmentId: string }
      await deps.database.write(ctx, (tx) => failUncounted(tx, segmentId, kind))
    },
  }
}

/**
 * Evaluates a new or changed rule for everybody and makes the segment live. In the projector's turn: no event or
 * change of a person comes in between, so the membership is complete when it goes live.
 */
export function buildJob(deps: SegmentsDeps, upkeep: Upkeep): JobKind {
  return {
    kind,
    maxAttempts,
    run: async (job) => {
      try {
        return await upkeep.inTurn(() => build(deps, upkeep, job))
      } catch (error) {
        if (job.attempt >= maxAttempts || isOurFault(error)) await giveUp(deps, job)
        throw error
      }
    },
  }
}

// Nobody did anything, but from this count on they are known to be in it.
const silent = { heard: false, since: 'now' } as const

const isOurFault = (error: unknown) => error instanceof AppError && error.kind === 'invalid'

async function build(deps: SegmentsDeps, upkeep: Upkeep, job: JobRun): Promise<{ size: number } | undefined> {
  const workspace = job.ctx.workspace.num
  const id = String(job.payload.segmentId)
  // Read before the rules: a rule that changes in between is newer than this version, and its own job counts it.
  const row = await deps.database.read(job.ctx, (tx) => readSegment(tx, id))
  const rules = await deps.rules.of(workspace)
  const segment = rules.segments.get(id)
  if (!row || !segment || segment.state !== 'building') return undefined
  await upkeep.prepare(rules, workspace)
  job.signal.throwIfAborted()
  const run = await evaluateEverybody(deps, rules, workspace, [segment], silent)
  const size = (await countMembers(deps, workspace, [segment.num])).get(segment.num) ?? 0
  const built = { id, ruleVersion: row.rule_version, size, at: run.at }
  await deps.database.system(async (tx) => {
    await finishBuild(tx, workspace, built)
    await closeRun(tx, run)
  })
  await deps.ch.insertLines('segment_size', sizeLines(run, new Map([[segment.num, size]])))
  upkeep.forgetAgenda()
  return { size }
}

const giveUp = (deps: SegmentsDeps, job: JobRun) =>
  deps.database.system((tx) => setState(tx, job.ctx.workspace.num, String(job.payload.segmentId), 'failed'))
