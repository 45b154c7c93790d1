import { sql } from 'kysely'
import { newId } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'

export type NewJob = {
  kind: string
  payload: Record<string, unknown>
  /** Two waiting jobs with the same key are one (the newer payload wins). */
  key?: string
  runAt?: Date
  /** Default: the transaction's own. */
  workspace?: number
  /** Shown in the job tray of this member. */
  memberId?: string
  title?: string
}

/** Puts a job into the queue in the caller's transaction; it runs after commit. Answers its id. */
export async function enqueue(tx: Tx, job: NewJob): Promise<string> {
  const id = newId('job')
  const row = await tx.row<{ id: string }>(sql`
    insert into platform.job (id, workspace_id, kind, payload, dedup_key, run_at, member_id, title)
    values (${id}, ${job.workspace ?? tx.workspace}, ${job.kind}, ${JSON.stringify(job.payload)}, ${job.key ?? null},
            ${job.runAt ? sql`${job.runAt}::timestamptz` : sql`pg_catalog.now()`}, ${job.memberId ?? null}, ${job.title ?? null})
    on conflict (workspace_id, kind, dedup_key) where state = 'waiting' and dedup_key is not null
      do update set payload = excluded.payload, run_at = least(platform.job.run_at, excluded.run_at)
    returning id`)
  await tx.run(sql`select pg_catalog.pg_notify('headwater_job', '')`)
  return row?.id ?? id
}
