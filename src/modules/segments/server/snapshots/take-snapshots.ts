import type { Schedule, Snapshot } from '#modules/segments/contract.ts'
import { requireSegment } from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import { removeSnapshots } from '#modules/segments/server/snapshots/freeze-members.ts'
import { enqueueScheduled, snapshotJobKind } from '#modules/segments/server/snapshots/snapshot-jobs.ts'
import {
  dropSchedule,
  insertSnapshot,
  listSnapshotRows,
  readSchedule,
  readSnapshot,
  type ScheduleRow,
  type SnapshotRow,
  saveSchedule,
} from '#modules/segments/server/snapshots/snapshot-store.ts'
import { sayActor, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import { nextMoment } from '#platform/jobs/next-moment.ts'

export async function listSnapshots(deps: SegmentsDeps, ctx: WorkspaceCtx, id: string, query: PageQuery) {
  const before = Number(decodeCursor(query.cursor, ['integer'])?.[0] ?? 2_147_483_647)
  const rows = await deps.database.read(ctx, async (tx) => {
    await requireSegment(tx, id)
    return listSnapshotRows(tx, id, before, query.limit + 1)
  })
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => present(row, ctx)),
    next: rows.length > query.limit && last ? encodeCursor([last.num]) : null,
  }
}

/** A snapshot of now, taken by a job. */
export async function takeSnapshot(deps: SegmentsDeps, ctx: WorkspaceCtx, id: string): Promise<Snapshot> {
  return deps.database.write(ctx, async (tx) => {
    const segment = await requireSegment(tx, id)
    const row = await insertSnapshot(tx, id, false, ctx)
    await enqueue(tx, {
      kind: snapshotJobKind,
      payload: { segmentId: id, snapshotId: row.id },
      title: segment.name,
      ...(ctx.actor.kind === 'member' ? { memberId: ctx.actor.memberId } : {}),
    })
    const details = { name: segment.name, snapshot: row.id }
    await deps.audit(tx, ctx, { action: 'segment.snapshot_taken', subject: id, details })
    return present(row, ctx)
  })
}

export async function removeSnapshot(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  id: string,
  snapshot: string,
): Promise<void> {
  const row = await deps.database.write(ctx, async (tx) => {
    const segment = await requireSegment(tx, id)
    const found = await readSnapshot(tx, id, snapshot)
    if (!found) throw new AppError('segment.snapshot_missing', 'missing', 'The segment has no such snapshot.')
    const details = { name: segment.name, snapshot, at: found.at?.toISOString() ?? null }
    await deps.audit(tx, ctx, { action: 'segment.snapshot_removed', subject: id, details })
    return found
  })
  await removeSnapshots(deps, ctx, [row])
}

export async function showSchedule(deps: SegmentsDeps, ctx: WorkspaceCtx, id: string) {
  return deps.database.read(ctx, async (tx) => {
    await requireSegment(tx, id)
    return standing(await readSchedule(tx, id))
  })
}

/** Begins, changes or ends taking snapshots by itself. */
export async function setSchedule(deps: SegmentsDeps, ctx: WorkspaceCtx, id: string, given: Schedule | null) {
  return deps.database.write(ctx, async (tx) => {
    const segment = await requireSegment(tx, id)
    if (given === null) await dropSchedule(tx, id)
    else {
      const rhythm = {
        every: given.every,
        day: given.every === 'day' ? 1 : given.day,
        minute: minuteOf(given.time),
      }
      const next_at = new Date(nextMoment(rhythm, ctx.workspace.timezone, deps.clock.now()))
      await saveSchedule(tx, id, { ...rhythm, keep: given.keep, next_at })
      await enqueueScheduled(tx, id, next_at)
    }
    const details = { name: segment.name, schedule: given }
    await deps.audit(tx, ctx, { action: 'segment.snapshots_scheduled', subject: id, details })
    return standing(await readSchedule(tx, id))
  })
}

function standing(row: ScheduleRow | undefined): { schedule: Schedule | null; nextAt: string | null } {
  if (!row) return { schedule: null, nextAt: null }
  const { every, day, minute, keep } = row
  const two = (n: number) => String(n).padStart(2, '0')
  return {
    schedule: { every, day, keep, time: `${two(Math.floor(minute / 60))}:${two(minute % 60)}` },
    nextAt: row.next_at.toISOString(),
  }
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

const present = (row: SnapshotRow, ctx: WorkspaceCtx): Snapshot => ({
  id: row.id,
  state: row.state,
  at: row.at?.toISOString() ?? null,
  size: ctx.scope.all ? row.size : null,
  version: row.version,
  scheduled: row.scheduled,
  createdBy: sayActor({ kind: row.created_by_kind, name: row.created_by }, ctx.language),
})
