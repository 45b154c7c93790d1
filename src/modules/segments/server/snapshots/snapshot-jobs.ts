import { requireSegment, type SegmentRow } from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import {
  freezeMembers,
  giveUpSnapshot,
  removeSnapshots,
} from '#modules/segments/server/snapshots/freeze-members.ts'
import {
  insertSnapshot,
  outlived,
  readSchedule,
  readSnapshot,
  saveSchedule,
  schedules,
} from '#modules/segments/server/snapshots/snapshot-store.ts'
import { systemCtx, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import { nextMoment } from '#platform/jobs/next-moment.ts'
import type { EventHandler } from '#platform/jobs/subscriptions.ts'
import type { JobKind, JobRun } from '#platform/jobs/worker.ts'
import type { Tx } from '#platform/pg/database.ts'

export const snapshotJobKind = 'segments:snapshot'
const scheduleJobKind = 'segments:schedule'
const maxAttempts = 8

/** The one waiting job of a schedule. Its time may be over when the program starts: then it runs once, at once. */
export const enqueueScheduled = (tx: Tx, segmentId: string, runAt: Date) =>
  enqueue(tx, { kind: scheduleJobKind, key: segmentId, payload: { segmentId }, runAt })

/** Takes a snapshot; after a scheduled one those that are too many go. */
export function snapshotJob(deps: SegmentsDeps): JobKind {
  return {
    kind: snapshotJobKind,
    maxAttempts,
    run: async (job) => {
      const { segmentId, snapshotId } = job.payload as { segmentId: string; snapshotId: string }
      const done = await take(deps, job, segmentId, snapshotId)
      const schedule = await deps.database.read(job.ctx, (tx) => readSchedule(tx, segmentId))
      if (!schedule) return done
      const old = await deps.database.read(job.ctx, (tx) => outlived(tx, segmentId, schedule.keep))
      await removeSnapshots(deps, job.ctx, old)
      return done
    },
  }
}

/** When the time has come: a snapshot is begun, and the next time waited for, in one transaction. */
export function scheduleJob(deps: SegmentsDeps): JobKind {
  return {
    kind: scheduleJobKind,
    maxAttempts,
    run: (job) =>
      deps.database.write(job.ctx, (tx) => begin(deps, tx, job.ctx, String(job.payload.segmentId))),
  }
}

/** Another time zone of the workspace: the hours of every schedule are elsewhere. */
export function rescheduleHandler(deps: SegmentsDeps): EventHandler {
  return {
    event: 'workspace.changed',
    name: 'reschedule-snapshots',
    handle: async (ctx, payload) => {
      if (!Array.isArray(payload.changed) || !payload.changed.includes('timezone')) return
      await deps.database.write(ctx, async (tx) => {
        for (const { segment_id, ...schedule } of await schedules(tx)) {
          const next_at = new Date(nextMoment(schedule, ctx.workspace.timezone, deps.clock.now()))
          await saveSchedule(tx, segment_id, { ...schedule, next_at })
          await enqueueScheduled(tx, segment_id, next_at)
        }
      })
    },
  }
}

async function begin(deps: SegmentsDeps, tx: Tx, ctx: WorkspaceCtx, segmentId: string): Promise<void> {
  const schedule = await readSchedule(tx, segmentId)
  const segment = await existing(tx, segmentId)
  if (!schedule || !segment) return
  const now = deps.clock.now()
  if (schedule.next_at.getTime() > now) {
    await enqueueScheduled(tx, segmentId, schedule.next_at)
    return
  }
  const next_at = new Date(nextMoment(schedule, ctx.workspace.timezone, now))
  await saveSchedule(tx, segmentId, { ...schedule, next_at })
  await enqueueScheduled(tx, segmentId, next_at)
  const { id } = await insertSnapshot(tx, segmentId, true, systemCtx(ctx.workspace, now, 'schedule'))
  await enqueue(tx, {
    kind: snapshotJobKind,
    payload: { segmentId, snapshotId: id },
    title: segment.name,
  })
}

async function take(deps: SegmentsDeps, job: JobRun, segmentId: string, snapshotId: string) {
  const { segment, snapshot } = await deps.database.read(job.ctx, async (tx) => ({
    segment: await existing(tx, segmentId),
    snapshot: await readSnapshot(tx, segmentId, snapshotId),
  }))
  if (!segment || snapshot?.state !== 'building') return undefined
  try {
    if (segment.state !== 'live')
      throw new AppError(
        'segment.building',
        'busy',
        'The segment is being counted; its snapshot waits for that.',
      )
    return { size: await freezeMembers(deps, job.ctx, snapshot, segment.num) }
  } catch (error) {
    if (job.attempt >= maxAttempts) await giveUpSnapshot(deps, job.ctx, snapshot.num)
    throw error
  }
}

async function existing(tx: Tx, id: string): Promise<SegmentRow | undefined> {
  try {
    return await requireSegment(tx, id)
  } catch (error) {
    if (error instanceof AppError && error.code === 'segment.missing') return undefined
    throw error
  }
}
