import { sql } from 'kysely'
import type { Erasure } from '#modules/privacy/contract.ts'
import { type ActorName, type Ctx, sayActor } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

/** What must be known until everything is gone. */
export type KeptPlan = {
  units: number[]
  identifiers: { kind: string; value: string }[]
  marks: string[]
}

export type ErasureRow = {
  id: string
  person: number
  public_id: string
  requested_by: string
  requested_by_kind: ActorName['kind']
  requested_at: Date
  place: string
  job_id: string | null
  plan: KeptPlan | null
  carried_out_at: Date | null
  finished_at: Date | null
  items: number | null
  job_state: string | null
}

const columns = sql`e.id, e.person, e.public_id, e.requested_by, e.requested_by_kind, e.requested_at,
  to_char(e.requested_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place, e.job_id, e.plan, e.carried_out_at,
  e.finished_at, e.items, j.state as job_state`
const source = sql`privacy.erasure e left join platform.job j on j.id = e.job_id`

export const readErasure = (tx: Tx, id: string): Promise<ErasureRow | undefined> =>
  tx.row<ErasureRow>(
    sql`select ${columns} from ${source} where e.workspace_id = ${tx.workspace} and e.id = ${id}`,
  )

/** The unfinished one of a person, if any. */
export const readOpenErasure = (tx: Tx, person: number): Promise<ErasureRow | undefined> =>
  tx.row<ErasureRow>(sql`
    select ${columns} from ${source} where e.workspace_id = ${tx.workspace} and e.person = ${person} and e.finished_at is null`)

export type Place = { at: string; id: string }

export const readErasures = (tx: Tx, after: Place | undefined, limit: number): Promise<ErasureRow[]> =>
  tx.rows<ErasureRow>(sql`
    select ${columns} from ${source} where e.workspace_id = ${tx.workspace}
      and (${after?.at ?? null}::timestamptz is null
        or (e.requested_at, e.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? ''}))
    order by e.requested_at desc, e.id desc limit ${limit}`)

/** Answers false when somebody else's wish for this person came between. */
export async function insertErasure(
  tx: Tx,
  given: { id: string; person: number; publicId: string },
  ctx: Ctx,
): Promise<boolean> {
  const { name, kind } = ctx.actor
  const rows = await tx.run(sql`
    insert into privacy.erasure (id, workspace_id, person, public_id, requested_by, requested_by_kind, requested_at)
    values (${given.id}, ${tx.workspace}, ${given.person}, ${given.publicId}, ${name}, ${kind}, ${new Date(ctx.now)})
    on conflict do nothing`)
  return rows === 1
}

/** The wishes that nobody is carrying out: a job takes all of them on, those of a job that failed besides. */
export async function takeOpen(tx: Tx, jobId: string): Promise<ErasureRow[]> {
  await tx.run(sql`
    update privacy.erasure e set job_id = ${jobId} where e.workspace_id = ${tx.workspace} and e.finished_at is null
      and not exists (
        select from platform.job j where j.id = e.job_id and j.id <> ${jobId} and j.state = 'running')`)
  return openOf(tx, jobId)
}

/** Those it took on and has not finished. */
export const openOf = (tx: Tx, jobId: string): Promise<ErasureRow[]> =>
  tx.rows<ErasureRow>(sql`
    select ${columns} from ${source} where e.workspace_id = ${tx.workspace} and e.job_id = ${jobId} and e.finished_at is null
    order by e.requested_at, e.id`)

/** Whether another job of the kind is at work in this workspace. */
export async function isAnotherAtWork(tx: Tx, kind: string, jobId: string): Promise<boolean> {
  const row = await tx.row<{ busy: boolean }>(sql`
    select exists (select from platform.job where workspace_id = ${tx.workspace} and kind = ${kind}
      and state = 'running' and id <> ${jobId} and lease_until > pg_catalog.now()) as busy`)
  return row?.busy === true
}

/** Gives what a job was for to one that waits, if any. */
export async function passOn(tx: Tx, kind: string, jobId: string): Promise<boolean> {
  const next = await tx.row<{ id: string }>(sql`
    select id from platform.job where workspace_id = ${tx.workspace} and kind = ${kind} and state = 'waiting' limit 1`)
  if (next)
    await tx.run(sql`update privacy.erasure set job_id = ${next.id}
      where workspace_id = ${tx.workspace} and job_id = ${jobId} and finished_at is null`)
  return next !== undefined
}

export async function noteJob(tx: Tx, ids: readonly string[], jobId: string): Promise<void> {
  await tx.run(sql`update privacy.erasure set job_id = ${jobId} where id = any(${ids}::text[])`)
}

export async function keepPlans(tx: Tx, plans: readonly { id: string; plan: KeptPlan }[]): Promise<void> {
  await tx.run(sql`
    update privacy.erasure e set plan = p.plan
    from jsonb_to_recordset(${JSON.stringify(plans)}::jsonb) as p (id text, plan jsonb) where e.id = p.id`)
}

export async function markCarriedOut(
  tx: Tx,
  done: readonly { id: string; items: number }[],
  at: number,
): Promise<void> {
  await tx.run(sql`
    update privacy.erasure e set carried_out_at = ${new Date(at)}, items = d.items
    from jsonb_to_recordset(${JSON.stringify(done)}::jsonb) as d (id text, items bigint) where e.id = d.id`)
}

/** The plan names the person: it goes last. */
export async function finishErasures(tx: Tx, ids: readonly string[], at: number): Promise<void> {
  await tx.run(sql`
    update privacy.erasure set finished_at = ${new Date(at)}, plan = null where id = any(${ids}::text[])`)
}

export function presentErasure(row: ErasureRow, language: Ctx['language']): Erasure {
  return {
    id: row.id,
    profileId: row.public_id,
    state: stateOf(row),
    items: row.items,
    jobId: row.job_id,
    requestedBy: sayActor({ kind: row.requested_by_kind, name: row.requested_by }, language),
    requestedAt: row.requested_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}

function stateOf(row: ErasureRow): Erasure['state'] {
  if (row.finished_at) return 'done'
  return row.job_state === 'waiting' || row.job_state === 'running' ? row.job_state : 'failed'
}
