import type { MemberStanding } from '#modules/access/index.ts'
import { type AlertRow, findAlert, noteLook } from '#modules/alerts/server/alert-store.ts'
import type { AlertsDeps } from '#modules/alerts/server/alerts-deps.ts'
import {
  type EvaluationRow,
  forgetEvaluations,
  insertEvaluations,
} from '#modules/alerts/server/evaluation-store.ts'
import { judge, type Point } from '#modules/alerts/server/judge/judge.ts'
import { bucketMs, bucketsBefore, shownBuckets } from '#modules/alerts/server/judge/spans.ts'
import { type Standing, step } from '#modules/alerts/server/judge/step.ts'
import { forgetLetters } from '#modules/alerts/server/tell/letter-store.ts'
import { tellAll } from '#modules/alerts/server/tell/tell-all.ts'
import { lostRights, tellFault } from '#modules/alerts/server/tell/tell-trouble.ts'
import { natureOf } from '#modules/alerts/server/watch/check-metric.ts'
import { readPoints } from '#modules/alerts/server/watch/read-points.ts'
import { closedCount, type Walked, walk } from '#modules/alerts/server/watch/walk.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError, type ErrorKind } from '#platform/errors.ts'
import type { JobKind, JobRun } from '#platform/jobs/worker.ts'
import type { Tx } from '#platform/pg/database.ts'

export const evaluateKind = 'alerts:evaluate'
const maxAttempts = 5
/** After a long silence of the program no more than this is made up for. */
const mostAtOnce = { hour: 400, day: 200, week: 60, month: 24 } as const

const lettersKeptMs = 90 * 86_400_000

/** Looks at one alert: reads its number with its maker's rights, then notes and tells in one transaction. */
export function evaluateJob(deps: AlertsDeps): JobKind {
  return {
    kind: evaluateKind,
    maxAttempts,
    run: async (job) => {
      const id = String(job.payload.alertId)
      const row = await deps.database.read(job.ctx, (tx) => findAlert(tx, id))
      if (!row) return
      const maker = await deps.access.standingOf(row.workspace_id, row.member_id)
      if (!maker?.permissions.has('analytics:read')) return lostRights(deps, job.ctx, row)
      let points: Point[]
      try {
        points = await readPoints(deps, makerCtx(job, row, maker), row, bucketsToRead(row, job.ctx.now))
      } catch (error) {
        return failed(deps, job, row, error)
      }
      await deps.database.write(job.ctx, (tx) => settle(deps, tx, job.ctx, row, points))
    },
  }
}

/** With the rows and rights its maker has now; what they see masked cannot be asked. */
function makerCtx(job: JobRun, { member_id: memberId }: AlertRow, maker: MemberStanding): WorkspaceCtx {
  const { permissions, scope, workspace, name } = maker
  return {
    ...job.ctx,
    actor: { kind: 'member', userId: '', memberId, name },
    ...{ permissions, scope, workspace, signal: job.signal },
  }
}

function bucketsToRead({ last_bucket: last, interval, condition }: AlertRow, now: number): number {
  const since =
    last === null
      ? shownBuckets[interval]
      : Math.ceil(Math.max(0, now - Date.parse(last)) / bucketMs[interval]) + 1
  return Math.min(since, mostAtOnce[interval]) + bucketsBefore(condition, interval)
}

const passing: readonly ErrorKind[] = ['busy', 'limited', 'bug']

/** What may pass is tried again by the queue; a right that is gone pauses; the rest is told once. */
async function failed(deps: AlertsDeps, job: JobRun, row: AlertRow, error: unknown): Promise<void> {
  job.signal.throwIfAborted()
  const fault = error instanceof AppError ? error : undefined
  if (fault?.kind === 'denied') return lostRights(deps, job.ctx, row)
  const mayPass = fault === undefined || passing.includes(fault.kind)
  if (mayPass && job.attempt < maxAttempts) throw error
  await tellFault(deps, job.ctx, row, fault?.code ?? 'internal')
  if (!fault) throw error
}

/** Held while it is noted, so that the same work done twice finds it done. */
async function settle(
  deps: AlertsDeps,
  tx: Tx,
  ctx: WorkspaceCtx,
  read: AlertRow,
  points: readonly Point[],
): Promise<void> {
  const row = await findAlert(tx, read.id, true)
  // Changed meanwhile: it is due again at once.
  if (row?.version !== read.version) return
  const closed = closedCount(points)
  const from = firstNew(row, points, closed)
  const isMuted = row.muted_until !== null && row.muted_until.getTime() > ctx.now
  const walked = walk(points, from, standingOf(row), {
    condition: row.condition,
    nature: natureOf(row),
    // Told anew after a change would be a reminder of nothing.
    remindEvery: row.last_bucket === null ? null : row.remind_every,
    loudFrom: isMuted ? Number.POSITIVE_INFINITY : closed - 1,
  })
  let { standing } = walked
  const rows = walked.found.map((one) => toRow(row, one, false))
  const running = row.running ? runningBreach(row, points, closed, standing, !isMuted) : undefined
  if (running) {
    standing = running.standing
    rows.push(toRow(row, running.found, true))
  }
  if (rows.length > 0) await insertEvaluations(tx, rows, ctx.now)
  await forgetEvaluations(tx, row.id, row.interval, ctx.now)
  await forgetLetters(tx, ctx.now - lettersKeptMs)
  for (const one of [...walked.found, ...(running ? [running.found] : [])])
    if (one.tell) await tellAll(deps, tx, ctx, row, { ...one, tell: one.tell })
  const last = walked.found.at(-1)?.t ?? row.last_bucket
  await noteLook(
    tx,
    {
      ...{ id: row.id, last_bucket: last, since_told: standing.since },
      ...{ firing: standing.state === 'firing', told_firing: standing.told === 'firing' },
    },
    ctx.now,
  )
}

/** After a change of the condition history is judged anew, but what was told stays told. */
const standingOf = (row: AlertRow): Standing => ({
  state: row.firing && row.last_bucket !== null ? 'firing' : 'ok',
  told: row.told_firing ? 'firing' : 'ok',
  since: row.since_told,
})

function firstNew(row: AlertRow, points: readonly Point[], closed: number): number {
  const { last_bucket: last, interval } = row
  if (last === null) return Math.max(0, closed - shownBuckets[interval])
  const next = points.findIndex(({ t }) => Date.parse(t) > Date.parse(last))
  return next < 0 ? closed : Math.max(next, closed - mostAtOnce[interval])
}

/** A running bucket that is over the threshold already; one that is not says nothing yet. */
function runningBreach(
  row: AlertRow,
  points: readonly Point[],
  at: number,
  standing: Standing,
  loud: boolean,
): { found: Walked; standing: Standing } | undefined {
  if (at >= points.length) return undefined
  const judgement = judge(points, at, row.condition, natureOf(row))
  if (judgement.verdict !== 'breach' || standing.state === 'firing') return undefined
  const next = step(standing, 'breach', { loud, remindEvery: null })
  return { found: { ...judgement, edge: next.edge, tell: next.tell }, standing: next.standing }
}

const toRow = (row: AlertRow, one: Walked, running: boolean): Omit<EvaluationRow, 'at'> => ({
  alert_id: row.id,
  bucket: one.t,
  place: Date.parse(one.t),
  value: one.value,
  low: one.low,
  high: one.high,
  expected: one.expected,
  verdict: one.verdict,
  needs: one.needs,
  running,
  edge: one.edge,
  told: one.tell,
})
