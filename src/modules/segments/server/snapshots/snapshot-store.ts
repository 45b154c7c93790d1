import { sql } from 'kysely'
import type { Snapshot } from '#modules/segments/contract.ts'
import type { ActorName } from '#platform/context.ts'
import { newId } from '#platform/ids.ts'
import type { Rhythm } from '#platform/jobs/next-moment.ts'
import type { Tx } from '#platform/pg/database.ts'

export type SnapshotRow = {
  num: number
  id: string
  segment_id: string
  version: number
  state: Snapshot['state']
  at: Date | null
  size: number | null
  scheduled: boolean
  created_by: string
  created_by_kind: ActorName['kind']
}
export type ScheduleRow = Rhythm & { keep: number; next_at: Date }

const columns = sql`num, id, segment_id, version, state, at, size, scheduled, created_by, created_by_kind`

export async function insertSnapshot(
  tx: Tx,
  segment: string,
  scheduled: boolean,
  by: { actor: ActorName; now: number },
): Promise<SnapshotRow> {
  const row = await tx.row<SnapshotRow>(sql`
    insert into segments.snapshot (id, workspace_id, segment_id, version, state, scheduled, created_by, created_by_kind, created_at)
    select ${newId('snp')}, workspace_id, id, version, 'building', ${scheduled}, ${by.actor.name}, ${by.actor.kind}, ${new Date(by.now)}
    from segments.segment where workspace_id = ${tx.workspace} and id = ${segment} returning ${columns}`)
  return row as SnapshotRow
}

export const readSnapshot = (tx: Tx, segment: string, id: string) =>
  tx.row<SnapshotRow>(sql`
    select ${columns} from segments.snapshot
    where workspace_id = ${tx.workspace} and segment_id = ${segment} and id = ${id}`)

export const listSnapshotRows = (tx: Tx, segment: string, before: number, limit: number) =>
  tx.rows<SnapshotRow>(sql`
    select ${columns} from segments.snapshot
    where workspace_id = ${tx.workspace} and segment_id = ${segment} and num < ${before} order by num desc limit ${limit}`)

/** What rules may name. */
export const readyNumbers = (tx: Tx, workspace: number) =>
  tx.rows<{ id: string; num: number; size: number; at: Date }>(sql`
    select id, num, size, at from segments.snapshot where workspace_id = ${workspace} and state = 'ready'`)

/** How often one that is being taken was withdrawn; undefined when it is not being taken any more. */
export async function timesWithdrawn(tx: Tx, snapshot: number): Promise<number | undefined> {
  const row = await tx.row<{ withdrawn: number }>(sql`
    select withdrawn from segments.snapshot
    where workspace_id = ${tx.workspace} and num = ${snapshot} and state = 'building' for update`)
  return row?.withdrawn
}

/** Whatever is being taken begins anew, with nothing kept of what was read. */
export async function withdrawBuilding(tx: Tx): Promise<number[]> {
  const rows = await tx.rows<{ num: number }>(sql`
    update segments.snapshot set withdrawn = withdrawn + 1
    where workspace_id = ${tx.workspace} and state = 'building' returning num`)
  for (const { num } of rows) await putParts(tx, num, [])
  return rows.map((row) => row.num)
}

export async function putParts(tx: Tx, snapshot: number, parts: readonly Buffer[]): Promise<void> {
  await tx.run(
    sql`delete from segments.snapshot_part where workspace_id = ${tx.workspace} and snapshot = ${snapshot}`,
  )
  for (const [part, units] of parts.entries())
    await tx.run(sql`
      insert into segments.snapshot_part (workspace_id, snapshot, part, units)
      values (${tx.workspace}, ${snapshot}, ${part}, ${units})`)
}

export async function finishSnapshot(
  tx: Tx,
  snapshot: number,
  end: { state: 'ready'; size: number; at: number } | { state: 'failed' },
): Promise<void> {
  const ready = end.state === 'ready' ? { size: end.size, at: new Date(end.at) } : { size: null, at: null }
  await tx.run(sql`
    update segments.snapshot set state = ${end.state}, size = ${ready.size}, at = ${ready.at}
    where workspace_id = ${tx.workspace} and num = ${snapshot}`)
}

export async function removeSnapshotRow(tx: Tx, num: number): Promise<void> {
  await tx.run(sql`delete from segments.snapshot where workspace_id = ${tx.workspace} and num = ${num}`)
}

/** Scheduled ones beyond the newest `keep`. */
export const outlived = (tx: Tx, segment: string, keep: number) =>
  tx.rows<SnapshotRow>(sql`
    select ${columns} from segments.snapshot
    where workspace_id = ${tx.workspace} and segment_id = ${segment} and scheduled and state = 'ready'
    order by num desc offset ${keep}`)

export const readParts = (tx: Tx, workspace: number, snapshot: number) =>
  tx.rows<{ part: number; units: Buffer }>(sql`
    select part, units from segments.snapshot_part
    where workspace_id = ${workspace} and snapshot = ${snapshot} order by part`)

export async function savePart(tx: Tx, snapshot: number, part: number, units: Buffer): Promise<void> {
  await tx.run(sql`
    update segments.snapshot_part set units = ${units}
    where workspace_id = ${tx.workspace} and snapshot = ${snapshot} and part = ${part}`)
}

export async function shrink(tx: Tx, snapshot: number, by: number): Promise<void> {
  await tx.run(sql`
    update segments.snapshot set size = size - ${by} where workspace_id = ${tx.workspace} and num = ${snapshot}`)
}

export const readSchedule = (tx: Tx, segment: string) =>
  tx.row<ScheduleRow>(sql`
    select every, day, minute, keep, next_at from segments.schedule
    where workspace_id = ${tx.workspace} and segment_id = ${segment}`)

export const schedules = (tx: Tx) =>
  tx.rows<ScheduleRow & { segment_id: string }>(sql`
    select segment_id, every, day, minute, keep, next_at from segments.schedule where workspace_id = ${tx.workspace}`)

export async function saveSchedule(
  tx: Tx,
  segment: string,
  { every, day, minute, keep, next_at }: ScheduleRow,
): Promise<void> {
  await tx.run(sql`
    insert into segments.schedule (workspace_id, segment_id, every, day, minute, keep, next_at)
    values (${tx.workspace}, ${segment}, ${every}, ${day}, ${minute}, ${keep}, ${next_at})
    on conflict (workspace_id, segment_id) do update set every = excluded.every, day = excluded.day,
      minute = excluded.minute, keep = excluded.keep, next_at = excluded.next_at`)
}

export async function dropSchedule(tx: Tx, segment: string): Promise<void> {
  await tx.run(
    sql`delete from segments.schedule where workspace_id = ${tx.workspace} and segment_id = ${segment}`,
  )
}
