import { sql } from 'kysely'
import { type Database, type Tx, violates } from '#platform/pg/database.ts'

export type JobRow = {
  id: string
  kind: string
  payload: Record<string, unknown>
  /** Starts so far, this one included; with the worker's name it says whose the job is. */
  attempts: number
  cancel_requested: boolean
  workspace_id: number
  public_id: string
  timezone: string
  member_id: string | null
  title: string | null
  started_at: Date
}
export type Lease = { worker: string; seconds: number }
export type Outcome = 'done' | 'failed' | 'cancelled' | 'waiting'

/** The next due job, or one whose worker has not been heard of for a lease. */
export function claimJob(database: Database, { worker, seconds }: Lease): Promise<JobRow | undefined> {
  return database.system((tx) =>
    tx.row<JobRow>(sql`
      update platform.job j set state = 'running', attempts = attempts + 1, worker = ${worker},
        lease_until = pg_catalog.now() + make_interval(secs => ${seconds}),
        started_at = coalesce(started_at, pg_catalog.now())
      from platform.workspace w
      where w.num = j.workspace_id and j.id = (
        select due.id from platform.job due
        where ((due.state = 'waiting' and due.run_at <= pg_catalog.now())
            or (due.state = 'running' and due.lease_until < pg_catalog.now()))
          -- one without a workspace would be chosen again and again and hold up the rest
          and exists (select from platform.workspace w2 where w2.num = due.workspace_id)
        order by due.run_at, due.created_at, due.id for update skip locked limit 1)
      returning j.id, j.kind, j.payload, j.attempts, j.cancel_requested, j.workspace_id, w.id as public_id, w.timezone,
        j.member_id, j.title, j.started_at`),
  )
}

/** Extends the lease; says whether the job is still ours and wanted. */
export async function renewLease(
  database: Database,
  row: JobRow,
  lease: Lease,
  progress: { done?: number; note?: string } = {},
): Promise<'ours' | 'cancelled' | 'lost'> {
  const kept = await database.system((tx) =>
    tx.row<{ cancel_requested: boolean }>(sql`
      update platform.job set lease_until = pg_catalog.now() + make_interval(secs => ${lease.seconds}),
        progress = coalesce(${progress.done ?? null}::real, progress), note = coalesce(${progress.note ?? null}, note)
      where ${ours(row, lease)} returning cancel_requested`),
  )
  if (!kept) return 'lost'
  return kept.cancel_requested ? 'cancelled' : 'ours'
}

export type Ending = { result?: unknown; error?: unknown; delaySeconds?: number; giveBackAttempt?: boolean }

/** Lets go of a job. One that would wait again while a newer one with its key already waits gives way to that. */
export async function finishJob(
  database: Database,
  row: JobRow,
  lease: Lease,
  state: Outcome,
  ending: Ending = {},
): Promise<void> {
  try {
    await database.system(async (tx) => {
      const touched = await writeOutcome(tx, row, lease, state, ending)
      if (touched > 0 && state === 'cancelled') await tellCancelled(tx, row)
      if (touched > 0 && (state === 'done' || state === 'failed')) await tellEnded(tx, row, state, ending)
    })
  } catch (error) {
    if (state !== 'waiting' || !violates(error, 'job_key')) throw error
    const superseded = { error: { code: 'job.superseded' } }
    await database.system((tx) => writeOutcome(tx, row, lease, 'cancelled', superseded))
  }
}

const writeOutcome = (tx: Tx, row: JobRow, lease: Lease, state: Outcome, ending: Ending) =>
  tx.run(sql`
    update platform.job set state = ${state}, lease_until = null, worker = null,
      attempts = attempts - ${ending.giveBackAttempt ? 1 : 0},
      result = ${JSON.stringify(ending.result ?? null)}::jsonb, error = ${JSON.stringify(ending.error ?? null)}::jsonb,
      run_at = pg_catalog.now() + make_interval(secs => ${ending.delaySeconds ?? 0}),
      finished_at = case when ${state} in ('done', 'failed', 'cancelled') then pg_catalog.now() end
    where ${ours(row, lease)}`)

// By attempt too: after a lapse the same worker may have taken the job up anew.
const ours = (row: JobRow, { worker }: Lease) =>
  sql`id = ${row.id} and worker = ${worker} and attempts = ${row.attempts} and state = 'running'`

/**
 * Cancels a job: at once when it waits, at its next sign of life when it runs, which the notification brings about.
 * False when there is nothing to cancel.
 */
export async function cancelJob(tx: Tx, id: string): Promise<boolean> {
  const job = await tx.row<Cancelled & { state: string }>(sql`
    update platform.job set cancel_requested = true,
      state = case when state = 'waiting' then 'cancelled' else state end,
      finished_at = case when state = 'waiting' then pg_catalog.now() end
    where id = ${id} and state in ('waiting', 'running') returning id, kind, payload, workspace_id, state`)
  if (!job) return false
  if (job.state === 'cancelled') await tellCancelled(tx, job)
  else await tx.run(sql`select pg_catalog.pg_notify('headwater_job', ${id})`)
  return true
}

/** For those who wait for it. Deliveries of the outbox are no work anybody waits for. */
async function tellEnded(tx: Tx, row: JobRow, state: 'done' | 'failed', { error }: Ending): Promise<void> {
  const { id, kind, title, payload, member_id: member, workspace_id } = row
  if (kind.startsWith('on:') || (member === null && state === 'done')) return
  const seconds = Math.round((Date.now() - row.started_at.getTime()) / 1000)
  const code = (error as { code?: string } | undefined)?.code ?? null
  await tx.emit('job.ended', { id, kind, title, payload, member, state, code, seconds }, workspace_id)
}

type Cancelled = Pick<JobRow, 'id' | 'kind' | 'payload' | 'workspace_id'>

/** Whoever promised something when the job was taken on puts it right: what it was to do will not be done. */
const tellCancelled = (tx: Tx, { id, kind, payload, workspace_id }: Cancelled) =>
  tx.emit('job.cancelled', { id, kind, payload }, workspace_id)
