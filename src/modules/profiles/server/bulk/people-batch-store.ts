import { sql } from 'kysely'
import type { PeopleQuestion } from '#modules/profiles/server/people-filter.ts'
import type { Actor, DataScope } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
export type PeopleAction = 'owner' | 'trash'
export type NewPeopleBatch = {
  id: string
  action: PeopleAction
  owner: string | null
  persons: readonly number[] | null
  question: PeopleQuestion | null
  why: string | null
  actor: Actor
  scope: DataScope
  permissions: readonly string[]
}
export type PeopleBatchRow = NewPeopleBatch & {
  owner_name: string | null
  people: number | null
  changed: number
  job_id: string
  state: JobState
  undo_state: JobState | null
  created_at: Date
}

export async function insertBatch(tx: Tx, batch: NewPeopleBatch, jobId: string, now: number): Promise<void> {
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value))
  await tx.run(sql`
    insert into profiles.people_batch
      (workspace_id, id, action, owner, persons, question, why, actor, scope, permissions, people, job_id, created_at)
    values (${tx.workspace}, ${batch.id}, ${batch.action}, ${batch.owner}, ${batch.persons}::bigint[],
      ${json(batch.question)}::jsonb, ${batch.why}, ${json(batch.actor)}::jsonb, ${json(batch.scope)}::jsonb,
      ${batch.permissions}::text[], ${batch.persons?.length ?? null}::int, ${jobId}, ${new Date(now)})`)
}

// A job that is no longer kept has ended long ago.
const columns = sql`b.id, b.action, b.owner, m.name as owner_name, b.persons::float8[] as persons, b.question, b.why, b.actor,
  b.scope, b.permissions, b.people, b.changed, b.job_id, coalesce(j.state, 'done') as state, b.created_at,
  case when b.undo_job_id is not null then coalesce(u.state, 'done') end as undo_state`
const withJobs = sql`profiles.people_batch b
  left join read.member m on m.workspace_id = b.workspace_id and m.id = b.owner
  left join platform.job j on j.workspace_id = b.workspace_id and j.id = b.job_id
  left join platform.job u on u.workspace_id = b.workspace_id and u.id = b.undo_job_id`

/** Any, or only what this member or key started. */
export type StartedBy = string | undefined
const startedBy = (by: StartedBy) =>
  by === undefined ? sql`true` : sql`coalesce(b.actor->>'memberId', b.actor->>'keyId') = ${by}`

export async function readBatch(tx: Tx, id: string, by?: StartedBy): Promise<PeopleBatchRow> {
  const row = await tx.row<PeopleBatchRow>(sql`
    select ${columns} from ${withJobs} where b.workspace_id = ${tx.workspace} and b.id = ${id} and ${startedBy(by)}`)
  if (!row) throw new AppError('people_batch.missing', 'missing', 'There is no such bulk action.')
  return row
}

/** Newest first; after a place, when one is given. */
export const listBatchRows = (
  tx: Tx,
  page: { after: readonly (string | number | null)[] | undefined; limit: number; by: StartedBy },
): Promise<PeopleBatchRow[]> => {
  const after = page.after
    ? sql`(b.created_at, b.id) < (${page.after[0]}::timestamptz, ${page.after[1]}::text)`
    : sql`true`
  return tx.rows<PeopleBatchRow>(sql`
    select ${columns} from ${withJobs} where b.workspace_id = ${tx.workspace} and ${startedBy(page.by)} and ${after}
    order by b.created_at desc, b.id desc limit ${page.limit}`)
}

/**
 * Whom a question named, kept when it was first asked: broken off and begun again, the work goes through the same people,
 * though some may match no more because of it.
 */
export const savePersons = (tx: Tx, id: string, persons: readonly number[]): Promise<number> =>
  tx.run(sql`
    update profiles.people_batch set people = ${persons.length}::int, persons = ${persons}::bigint[]
    where workspace_id = ${tx.workspace} and id = ${id} and persons is null`)

export const addChanged = (tx: Tx, id: string, n: number): Promise<number> =>
  tx.run(sql`
    update profiles.people_batch set changed = changed + ${n}::int
    where workspace_id = ${tx.workspace} and id = ${id}`)

export const saveUndoJob = (tx: Tx, id: string, jobId: string): Promise<number> =>
  tx.run(sql`
    update profiles.people_batch set undo_job_id = ${jobId}
    where workspace_id = ${tx.workspace} and id = ${id}`)

export type BatchChange = { seq: number; person: number; from: string | null; latest: boolean }

/** Up to `limit` changes of a batch that come after a place, and whether nobody did the same since. */
export const changesOfBatch = (
  tx: Tx,
  what: { batch: string; after: number; limit: number },
): Promise<BatchChange[]> =>
  tx.rows<BatchChange>(sql`
    select c.seq, i.person, c.content->>'from' as "from", not exists (
      select from profiles.person_change l
      join profiles.identifier o on o.workspace_id = l.workspace_id and o.unit = l.unit
      where l.workspace_id = c.workspace_id and o.person = i.person and l.seq > c.seq
        and (l.kind = c.kind or (c.kind = 'trashed' and l.kind = 'restored'))) as latest
    from profiles.person_change c join profiles.identifier i on i.workspace_id = c.workspace_id and i.unit = c.unit
    where c.workspace_id = ${tx.workspace} and c.batch = ${what.batch} and c.seq > ${what.after}::bigint
      and c.kind in ('owner', 'trashed')
    order by c.seq limit ${what.limit}`)
