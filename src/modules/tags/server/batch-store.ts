import { sql } from 'kysely'
import type { PeopleQuestion } from '#modules/profiles/index.ts'
import type { Rule } from '#modules/rules/contract.ts'
import type { Actor, DataScope } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
export type NewBatch = {
  id: string
  persons: readonly number[] | null
  rule: Rule | null
  /** What a list of people is narrowed by. */
  question: PeopleQuestion | null
  add_tags: readonly string[]
  remove_tags: readonly string[]
  why: string | null
  actor: Actor
  scope: DataScope
}
export type BatchRow = NewBatch & {
  people: number | null
  job_id: string
  state: JobState
  undo_state: JobState | null
  created_at: Date
}

export async function insertBatch(tx: Tx, batch: NewBatch, jobId: string, now: number): Promise<void> {
  await tx.run(sql`
    insert into tags.batch (workspace_id, id, persons, rule, question, add_tags, remove_tags, why, actor, scope, people, job_id, created_at)
    values (${tx.workspace}, ${batch.id}, ${batch.persons}::bigint[],
      ${batch.rule === null ? null : JSON.stringify(batch.rule)}::jsonb,
      ${batch.question === null ? null : JSON.stringify(batch.question)}::jsonb, ${batch.add_tags}::text[],
      ${batch.remove_tags}::text[], ${batch.why}, ${JSON.stringify(batch.actor)}::jsonb,
      ${JSON.stringify(batch.scope)}::jsonb, ${batch.persons?.length ?? null}::int, ${jobId}, ${new Date(now)})`)
}

// A job that is no longer kept has ended long ago.
const columns = sql`b.id, b.persons::float8[] as persons, b.rule, b.question, b.add_tags, b.remove_tags, b.why, b.actor, b.scope, b.people,
  b.job_id, coalesce(j.state, 'done') as state, b.created_at,
  case when b.undo_job_id is not null then coalesce(u.state, 'done') end as undo_state`
const withJobs = sql`tags.batch b
  left join platform.job j on j.workspace_id = b.workspace_id and j.id = b.job_id
  left join platform.job u on u.workspace_id = b.workspace_id and u.id = b.undo_job_id`

/** Any, or only what this member or key started. */
export type StartedBy = string | undefined
const startedBy = (by: StartedBy) =>
  by === undefined ? sql`` : sql`and coalesce(b.actor->>'memberId', b.actor->>'keyId') = ${by}`

export async function readBatch(tx: Tx, id: string, by?: StartedBy): Promise<BatchRow> {
  const row = await tx.row<BatchRow>(sql`
    select ${columns} from ${withJobs} where b.workspace_id = ${tx.workspace} and b.id = ${id} ${startedBy(by)}`)
  if (!row) throw new AppError('tag.batch_missing', 'missing', 'There is no such work on tags.')
  return row
}

/** Newest first; after a place, when one is given. */
export const listBatchRows = (
  tx: Tx,
  page: { after: readonly (string | number | null)[] | undefined; limit: number; by: StartedBy },
): Promise<BatchRow[]> => {
  const after = page.after
    ? sql`and (b.created_at, b.id) < (${page.after[0]}::timestamptz, ${page.after[1]}::text)`
    : sql``
  return tx.rows<BatchRow>(sql`
    select ${columns} from ${withJobs} where b.workspace_id = ${tx.workspace} ${startedBy(page.by)} ${after}
    order by b.created_at desc, b.id desc limit ${page.limit}`)
}

/** As found first: later looks find fewer, when the rule asks for what the work changes. */
export const savePeople = (tx: Tx, id: string, people: number): Promise<number> =>
  tx.run(sql`
    update tags.batch set people = ${people}::int
    where workspace_id = ${tx.workspace} and id = ${id} and people is null`)

export const saveUndoJob = (tx: Tx, id: string, jobId: string): Promise<number> =>
  tx.run(sql`
    update tags.batch set undo_job_id = ${jobId} where workspace_id = ${tx.workspace} and id = ${id}`)
