import { sql } from 'kysely'
import type { DeliveryState } from '#modules/webhooks/contract.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

export type DeliveryRow = {
  message_id: string
  type: string
  people: number
  state: DeliveryState
  attempts: number
  status: number | null
  error: string | null
  next_at: Date | null
  created_at: Date
}
export type AttemptRow = {
  at: Date
  status: number | null
  error: string | null
  took_ms: number
  answer: string
}

const shown = sql`d.message_id, m.type, m.people, d.state, d.attempts, d.status, d.error, d.next_at, d.created_at
  from webhooks.delivery d join webhooks.message m on m.id = d.message_id`

export type DeliveryFilter = { state?: DeliveryState | undefined; type?: string | undefined }

export const listDeliveryRows = (
  tx: Tx,
  endpoint: string,
  { state, type }: DeliveryFilter,
  limit: number,
  after: { at: string; id: string } | undefined,
): Promise<DeliveryRow[]> =>
  tx.rows<DeliveryRow>(sql`select ${shown} where d.workspace_id = ${tx.workspace} and d.endpoint_id = ${endpoint}
    and (${state ?? null}::text is null or d.state = ${state ?? null})
    and (${type ?? null}::text is null or m.type = ${type ?? null})
    and (${after?.at ?? null}::timestamptz is null
      or (d.created_at, d.message_id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::text))
    order by d.created_at desc, d.message_id desc limit ${limit}`)

export async function requireDelivery(tx: Tx, endpoint: string, message: string): Promise<DeliveryRow> {
  const row = await tx.row<DeliveryRow>(sql`select ${shown}
    where d.workspace_id = ${tx.workspace} and d.endpoint_id = ${endpoint} and d.message_id = ${message}`)
  if (!row) throw new AppError('webhook.message_missing', 'missing', 'There is no such message any more.')
  return row
}

export const listAttemptRows = (tx: Tx, endpoint: string, message: string): Promise<AttemptRow[]> =>
  tx.rows<AttemptRow>(sql`select at, status, error, took_ms, answer from webhooks.attempt
    where workspace_id = ${tx.workspace} and endpoint_id = ${endpoint} and message_id = ${message}
    order by number desc limit 100`)

/** A new round of tries, from now on. */
export const queueAgain = (tx: Tx, endpoint: string, message: string, now: number): Promise<number> =>
  tx.run(sql`update webhooks.delivery set state = 'waiting', tries = 0, next_at = ${new Date(now)}
    where workspace_id = ${tx.workspace} and endpoint_id = ${endpoint} and message_id = ${message}`)

export type Span = { from: Date; to: Date; all: boolean }

/** What did not arrive (or everything) of a span, and what the endpoint asks for now but was never to get. */
export async function queueSpan(tx: Tx, endpoint: string, span: Span, now: number): Promise<number> {
  const again = await tx.run(sql`
    update webhooks.delivery d set state = 'waiting', tries = 0, next_at = ${new Date(now)}
    from webhooks.message m where m.id = d.message_id and m.type <> 'webhook.test'
      and d.workspace_id = ${tx.workspace} and d.endpoint_id = ${endpoint}
      and d.created_at >= ${span.from} and d.created_at < ${span.to}
      and (d.state in ('failed', 'skipped') or (${span.all} and d.state = 'delivered'))`)
  const more = await tx.run(sql`
    insert into webhooks.delivery (workspace_id, endpoint_id, message_id, state, next_at, created_at)
    select m.workspace_id, e.id, m.id, 'waiting', ${new Date(now)}::timestamptz, m.created_at
    from webhooks.endpoint e join webhooks.message m on m.workspace_id = e.workspace_id
    where e.workspace_id = ${tx.workspace} and e.id = ${endpoint} and m.type = any(e.types)
      and (e.segments is null or m.segment_id is null or m.segment_id = any(e.segments))
      and m.created_at >= ${span.from} and m.created_at < ${span.to}
    on conflict do nothing`)
  return again + more
}
