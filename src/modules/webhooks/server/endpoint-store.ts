import { sql } from 'kysely'
import type { OffReason, SaveEndpoint, WebhookType } from '#modules/webhooks/contract.ts'
import type { ActorName } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

export type EndpointRow = {
  id: string
  workspace_id: number
  url: string
  description: string
  types: WebhookType[]
  segments: string[] | null
  off_reason: OffReason | null
  off_at: Date | null
  secret: string
  old_secret: string | null
  old_secret_until: Date | null
  failing_since: Date | null
  paused_until: Date | null
  created_by: string
  created_by_kind: ActorName['kind']
  created_at: Date
  updated_at: Date
  delivered: number
  waiting: number
  failed: number
}

const dayMs = 86_400_000

const columns = (
  now: number,
) => sql`e.id, e.workspace_id, e.url, e.description, e.types, e.segments, e.off_reason,
  e.off_at, e.secret, e.old_secret, e.old_secret_until, e.failing_since, e.paused_until, e.created_by,
  e.created_by_kind, e.created_at, e.updated_at, r.delivered, r.waiting, r.failed
  from webhooks.endpoint e cross join lateral (
    select (count(*) filter (where d.state = 'delivered'))::int as delivered,
      (count(*) filter (where d.state = 'waiting'))::int as waiting,
      (count(*) filter (where d.state = 'failed'))::int as failed
    from webhooks.delivery d where d.endpoint_id = e.id and d.created_at > ${new Date(now - dayMs)}) r`

export const listEndpointRows = (
  tx: Tx,
  now: number,
  limit: number,
  after: { at: string; id: string } | undefined,
): Promise<EndpointRow[]> =>
  tx.rows<EndpointRow>(sql`select ${columns(now)} where e.workspace_id = ${tx.workspace}
    and (${after?.at ?? null}::timestamptz is null
      or (e.created_at, e.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::text))
    order by e.created_at desc, e.id desc limit ${limit}`)

/** What a short list calls an endpoint. */
export const nameOf = ({ description, url }: Pick<EndpointRow, 'description' | 'url'>): string =>
  description || new URL(url).host

/** Those told of alerts, or of one of the two changes; also those that are switched off just now. */
export async function listAlertPlaces(tx: Tx): Promise<{ id: string; name: string }[]> {
  const rows = await tx.rows<Pick<EndpointRow, 'id' | 'url' | 'description'>>(sql`
    select id, url, description from webhooks.endpoint
    where workspace_id = ${tx.workspace} and types && array['alert.fired', 'alert.recovered']
    order by created_at, id`)
  return rows.map((row) => ({ id: row.id, name: nameOf(row) }))
}

export async function requireEndpoint(tx: Tx, id: string, now: number): Promise<EndpointRow> {
  const row = await tx.row<EndpointRow>(
    sql`select ${columns(now)} where e.workspace_id = ${tx.workspace} and e.id = ${id}`,
  )
  if (!row) throw missing()
  return row
}

// Each one is asked for at every commit that changes people.
const mostEndpoints = 50

export type NewEndpoint = SaveEndpoint & { id: string; sealed: string; by: ActorName; now: number }

export async function insertEndpoint(tx: Tx, given: NewEndpoint): Promise<void> {
  const at = new Date(given.now)
  const made = await tx.run(sql`
    insert into webhooks.endpoint (workspace_id, id, url, description, types, segments, secret, created_by,
      created_by_kind, created_at, updated_at)
    select ${tx.workspace}::int, ${given.id}, ${given.url}, ${given.description}, ${given.types}::text[],
      ${given.segments}::text[], ${given.sealed}, ${given.by.name}, ${given.by.kind}, ${at}::timestamptz, ${at}::timestamptz
    where (select count(*) from webhooks.endpoint where workspace_id = ${tx.workspace}) < ${mostEndpoints}`)
  if (made === 0)
    throw new AppError('webhook.too_many', 'conflict', `A workspace has ${mostEndpoints} endpoints at most.`)
}

export const updateEndpoint = (tx: Tx, id: string, given: SaveEndpoint, now: number): Promise<number> =>
  tx.run(sql`update webhooks.endpoint set url = ${given.url}, description = ${given.description},
    types = ${given.types}::text[], segments = ${given.segments}::text[], updated_at = ${new Date(now)}
    where workspace_id = ${tx.workspace} and id = ${id}`)

export async function deleteEndpoint(tx: Tx, id: string): Promise<void> {
  const gone = await tx.run(
    sql`delete from webhooks.endpoint where workspace_id = ${tx.workspace} and id = ${id}`,
  )
  if (gone === 0) throw missing()
}

/** What still waits is not sent any more; a replay does. The workspace is explicit: the program does it, too. */
export async function switchOff(
  tx: Tx,
  workspace: number,
  id: string,
  reason: OffReason,
  now: number,
): Promise<void> {
  await tx.run(sql`update webhooks.endpoint set off_reason = ${reason}, off_at = ${new Date(now)}
    where workspace_id = ${workspace} and id = ${id}`)
  await tx.run(sql`update webhooks.delivery set state = 'skipped', next_at = null
    where workspace_id = ${workspace} and endpoint_id = ${id} and state = 'waiting'`)
}

export const switchOn = (tx: Tx, id: string): Promise<number> =>
  tx.run(sql`update webhooks.endpoint set off_reason = null, off_at = null, failing_since = null, paused_until = null
    where workspace_id = ${tx.workspace} and id = ${id}`)

export const replaceSecret = (tx: Tx, id: string, sealed: string, oldUntil: number): Promise<number> =>
  tx.run(sql`update webhooks.endpoint set old_secret = secret, old_secret_until = ${new Date(oldUntil)}, secret = ${sealed}
    where workspace_id = ${tx.workspace} and id = ${id}`)

const missing = () => new AppError('webhook.missing', 'missing', 'There is no such endpoint.')
