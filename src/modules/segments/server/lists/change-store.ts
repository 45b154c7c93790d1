import { sql } from 'kysely'
import type { ListChange, UnmatchedReason } from '#modules/segments/contract.ts'
import { type Actor, type ActorName, actorKey, type DataScope } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

/** What the background work needs. */
export type ListTask = {
  rule?: unknown
  file?: { upload: string; column: string; kind: string }
  create?: boolean
  undoes?: number
}
export type ChangeRow = {
  number: number
  id: string
  segment_id: string
  what: ListChange['what']
  source: ListChange['source']
  title: string | null
  task: ListTask
  scope: DataScope
  state: ListChange['state']
  total: number | null
  handled: number
  changed: number
  unmatched: number
  created: number
  undone_by: string | null
  job_id: string | null
  created_by: string
  created_by_kind: ActorName['kind']
  /** The member or key, where it is known. */
  actor: string
  /** Whoever sees personal data masked, in full, so that a job can count what they ask for. */
  asker: Actor | null
  together: boolean
  fault: string | null
  created_at: Date
  finished_at: Date | null
}
export type NewChange = Pick<ChangeRow, 'id' | 'segment_id' | 'what' | 'source' | 'title' | 'task'> & {
  asker?: Actor | null
  together?: boolean
}
export type Counts = Pick<ChangeRow, 'handled' | 'changed' | 'unmatched' | 'created'>
export type Unmatched = { row: number; kind: string; value: string; reason: UnmatchedReason }

const columns = sql`number, id, segment_id, what, source, title, task, scope, state, total, handled, changed, unmatched,
  created, undone_by, job_id, created_by, created_by_kind, actor, asker, together, fault,
  created_at, finished_at`
const keptDays = 30

export async function insertChange(
  tx: Tx,
  change: NewChange,
  by: { actor: Actor; scope: DataScope; now: number },
): Promise<ChangeRow> {
  const row = await tx.row<ChangeRow>(sql`
    insert into segments.list_change
      (id, workspace_id, segment_id, what, source, title, task, scope, state, created_by, created_by_kind, actor, asker, together,
       created_at)
    values (${change.id}, ${tx.workspace}, ${change.segment_id}, ${change.what}, ${change.source}, ${change.title},
      ${JSON.stringify(change.task)}, ${JSON.stringify(by.scope)}, 'queued', ${by.actor.name}, ${by.actor.kind}, ${actorKey(by.actor)},
      ${change.asker ? JSON.stringify(change.asker) : null}::jsonb, ${change.together ?? false}, ${new Date(by.now)})
    returning ${columns}`)
  await tx.run(sql`
    delete from segments.list_unmatched u using segments.list_change c
    where u.workspace_id = ${tx.workspace} and c.workspace_id = ${tx.workspace} and c.number = u.change
      and c.created_at < ${new Date(by.now - keptDays * 86_400_000)}`)
  return row as ChangeRow
}

export const readChange = (tx: Tx, segment: string, id: string) =>
  tx.row<ChangeRow>(sql`
    select ${columns} from segments.list_change
    where workspace_id = ${tx.workspace} and segment_id = ${segment} and id = ${id}`)

export const listChangeRows = (tx: Tx, segment: string, before: number, limit: number) =>
  tx.rows<ChangeRow>(sql`
    select ${columns} from segments.list_change
    where workspace_id = ${tx.workspace} and segment_id = ${segment} and number < ${before}
    order by number desc limit ${limit}`)

export async function addCounts(tx: Tx, change: number, more: Counts): Promise<void> {
  await tx.run(sql`
    update segments.list_change set state = 'running', handled = handled + ${more.handled}, changed = changed + ${more.changed},
      unmatched = unmatched + ${more.unmatched}, created = created + ${more.created}
    where workspace_id = ${tx.workspace} and number = ${change}`)
}

/** A question is asked anew after a restart: rows are counted from the beginning, whom it changed stays changed. */
export async function countAnew(tx: Tx, change: number, total: number): Promise<void> {
  await tx.run(sql`
    update segments.list_change set total = ${total}, handled = 0
    where workspace_id = ${tx.workspace} and number = ${change}`)
}

export async function noteJob(tx: Tx, change: number, job: string): Promise<void> {
  await tx.run(
    sql`update segments.list_change set job_id = ${job} where workspace_id = ${tx.workspace} and number = ${change}`,
  )
}

/** More values than are told one by one. */
export async function noteTogether(tx: Tx, change: number): Promise<void> {
  await tx.run(
    sql`update segments.list_change set together = true where workspace_id = ${tx.workspace} and number = ${change}`,
  )
}

/** The end of a change, once. */
export async function endChange(
  tx: Tx,
  id: string,
  state: 'done' | 'failed' | 'cancelled',
  now: number,
  fault: string | null = null,
): Promise<void> {
  await tx.run(sql`
    update segments.list_change set state = ${state}, fault = ${fault}, finished_at = ${new Date(now)}, total = coalesce(total, handled)
    where workspace_id = ${tx.workspace} and id = ${id} and finished_at is null`)
}

export async function markUndone(tx: Tx, change: number, by: string): Promise<boolean> {
  const touched = await tx.run(sql`
    update segments.list_change set undone_by = ${by}
    where workspace_id = ${tx.workspace} and number = ${change} and undone_by is null`)
  return touched > 0
}

export async function addUnmatched(tx: Tx, change: number, rows: readonly Unmatched[]): Promise<void> {
  if (rows.length === 0) return
  await tx.run(sql`
    insert into segments.list_unmatched (workspace_id, change, row, kind, value, reason)
    select ${tx.workspace}::int, ${change}::bigint, r.row, r.kind, r.value, r.reason
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (row bigint, kind text, value text, reason text)
    on conflict do nothing`)
}

/** `faults`: those alone that can be nobody's, whoever there is. */
export const readUnmatched = (
  tx: Tx,
  change: number,
  { after, limit, faults }: { after: number; limit: number; faults: boolean },
) =>
  tx.rows<Unmatched>(sql`
    select row, kind, value, reason from segments.list_unmatched
    where workspace_id = ${tx.workspace} and change = ${change} and row > ${after}
      and (not ${faults}::boolean or reason <> 'unknown') order by row limit ${limit}`)

/** What a file said of somebody who is erased. */
export async function forgetUnmatched(tx: Tx, values: readonly string[]): Promise<void> {
  await tx.run(sql`
    delete from segments.list_unmatched
    where workspace_id = ${tx.workspace} and value = any(${[...values]}::text[])`)
}

/** When the first change of a list began that is still at work. */
export async function firstUnderWay(tx: Tx): Promise<number | undefined> {
  const row = await tx.row<{ at: Date | null }>(sql`
    select min(c.created_at) as at from segments.list_change c join platform.job j on j.id = c.job_id
    where c.workspace_id = ${tx.workspace} and c.state in ('queued', 'running') and j.state in ('waiting', 'running')`)
  return row?.at?.getTime()
}
