import { sql } from 'kysely'
import type { EndpointRow } from '#modules/webhooks/server/endpoint-store.ts'
import type { Tx } from '#platform/pg/database.ts'

/** The program's side: it works for all workspaces, so each statement names the one it means. */
export type Due = { endpoint: string; workspace: number }

const isOpen = (now: Date) =>
  sql`e.off_reason is null and (e.paused_until is null or e.paused_until <= ${now})`

export const dueEndpoints = (tx: Tx, now: number): Promise<Due[]> =>
  tx.rows<Due>(sql`
    select e.id as endpoint, e.workspace_id as workspace from webhooks.endpoint e
    where ${isOpen(new Date(now))} and exists (
      select from webhooks.delivery d
      where d.endpoint_id = e.id and d.state = 'waiting' and d.next_at <= ${new Date(now)})
    order by e.id`)

export type Target = Pick<
  EndpointRow,
  'id' | 'workspace_id' | 'url' | 'secret' | 'old_secret' | 'old_secret_until' | 'failing_since'
> & {
  message: string
  body: string
  tries: number
  /** Until when it is ours; null for a test, which nobody else takes. */
  lease: Date | null
}

const target = sql`e.id, e.workspace_id, e.url, e.secret, e.old_secret, e.old_secret_until, e.failing_since,
  d.message_id as message, m.body, d.tries, d.next_at as lease`

/** Takes the next message of an endpoint for so long; whoever is killed with it loses it then. */
export async function takeNext(
  tx: Tx,
  endpoint: string,
  now: number,
  leaseMs: number,
): Promise<Target | undefined> {
  return tx.row<Target>(sql`
    with taken as (
      update webhooks.delivery set next_at = ${new Date(now + leaseMs)}
      where (endpoint_id, message_id) = (
        select d.endpoint_id, d.message_id from webhooks.delivery d join webhooks.endpoint e on e.id = d.endpoint_id
        where d.endpoint_id = ${endpoint} and d.state = 'waiting' and d.next_at <= ${new Date(now)}
          and ${isOpen(new Date(now))}
        order by d.next_at, d.message_id limit 1 for update of d skip locked)
      returning endpoint_id, message_id, tries, next_at)
    select ${target} from taken d join webhooks.endpoint e on e.id = d.endpoint_id
    join webhooks.message m on m.id = d.message_id`)
}

/** One message whatever its state: for a test. */
export const readTarget = (tx: Tx, endpoint: string, message: string): Promise<Target | undefined> =>
  tx.row<Target>(sql`
    select ${target} from webhooks.delivery d join webhooks.endpoint e on e.id = d.endpoint_id
    join webhooks.message m on m.id = d.message_id
    where d.workspace_id = ${tx.workspace} and d.endpoint_id = ${endpoint} and d.message_id = ${message}`)

/** The program stops: the next start need not wait for the lease. */
export const giveBack = (tx: Tx, { id, message, lease }: Target, now: number): Promise<number> =>
  tx.run(sql`update webhooks.delivery set next_at = ${new Date(now)}
    where endpoint_id = ${id} and message_id = ${message} and state = 'waiting' and next_at = ${lease}`)

export type Ended = { status: number | null; error: string | null; tookMs: number; answer: string }
export type Verdict = { state: 'delivered' | 'failed' } | { state: 'waiting'; nextAt: number }

/**
 * The attempt and what follows of it. Who comes so late that the message was taken by another, sent again by hand or
 * switched off has lost its say; an arrival is one all the same.
 */
export async function saveAttempt(
  tx: Tx,
  { id, workspace_id, message, lease }: Target,
  ended: Ended,
  verdict: Verdict,
  now: number,
): Promise<void> {
  const isHeld = sql`next_at is not distinct from ${lease}::timestamptz`
  const counts = sql`(${isHeld} or (state = 'skipped' and ${verdict.state}::text = 'delivered'))`
  const nextAt = verdict.state === 'waiting' ? new Date(verdict.nextAt) : null
  const row = await tx.row<{ attempts: number }>(sql`
    update webhooks.delivery set attempts = attempts + 1,
      tries = case when ${isHeld} then tries + 1 else tries end,
      status = case when ${counts} then ${ended.status}::int else status end,
      error = case when ${counts} then ${ended.error}::text else error end,
      state = case when ${counts} then ${verdict.state}::text else state end,
      next_at = case when ${isHeld} then ${nextAt}::timestamptz else next_at end
    where endpoint_id = ${id} and message_id = ${message} returning attempts`)
  if (!row) return
  await tx.run(sql`
    insert into webhooks.attempt (workspace_id, endpoint_id, message_id, number, at, status, error, took_ms, answer)
    values (${workspace_id}, ${id}, ${message}, ${row.attempts}, ${new Date(now)}, ${ended.status}, ${ended.error},
      ${ended.tookMs}, ${ended.answer})`)
}

/** What was wrong is over. */
export const noteSuccess = (tx: Tx, endpoint: string): Promise<number> =>
  tx.run(sql`update webhooks.endpoint set failing_since = null, paused_until = null
    where id = ${endpoint} and (failing_since is not null or paused_until is not null)`)

export const noteFailure = (
  tx: Tx,
  endpoint: string,
  now: number,
  pausedUntil: number | undefined,
): Promise<number> =>
  tx.run(sql`update webhooks.endpoint set failing_since = coalesce(failing_since, ${new Date(now)}),
    paused_until = coalesce(${pausedUntil === undefined ? null : new Date(pausedUntil)}::timestamptz, paused_until)
    where id = ${endpoint}`)
