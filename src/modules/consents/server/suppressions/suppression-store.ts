import { sql } from 'kysely'
import type { SuppressionReason } from '#modules/consents/contract/shapes.ts'
import type { WorkspaceRef } from '#platform/context.ts'
import { newId } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'

export type SuppressionRow = {
  id: string
  channel: string
  address: Buffer
  reason: SuppressionReason
  detail: string
  masked: string | null
  /** Number of the identifier, where there was one. */
  unit: number | null
  since: Date
  expires_at: Date | null
  by: string
  by_kind: string
}
export type NewSuppression = Omit<SuppressionRow, 'id'>

/**
 * Puts addresses on the list; answers which were not on it. Of two reasons for one address the one that lasts longer
 * stays, of two for good the first.
 */
export async function insertSuppressions(tx: Tx, rows: readonly NewSuppression[]): Promise<NewSuppression[]> {
  if (rows.length === 0) return []
  // One statement must not meet an address twice.
  const once = [
    ...new Map(rows.map((row) => [`${row.channel} ${row.address.toString('hex')}`, row])).values(),
  ]
  const given = once.map((row) => ({ ...row, id: newId('sup'), address: row.address.toString('hex') }))
  const done = await tx.rows<{ channel: string; address: Buffer }>(sql`
    insert into consents.suppression as s
      (workspace_id, channel, address, id, reason, detail, masked, unit, since, expires_at, by, by_kind)
    select ${tx.workspace}::int, channel, decode(address, 'hex'), id, reason, detail, masked, unit, since, expires_at,
      "by", by_kind
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as r (channel text, address text, id text, reason text,
      detail text, masked text, unit bigint, since timestamptz, expires_at timestamptz, "by" text, by_kind text)
    on conflict (workspace_id, channel, address) do update set reason = excluded.reason, detail = excluded.detail,
      masked = excluded.masked, unit = excluded.unit, since = excluded.since, expires_at = excluded.expires_at, by = excluded.by,
      by_kind = excluded.by_kind
    where s.expires_at is not null and (excluded.expires_at is null or excluded.expires_at > s.expires_at)
    returning channel, address`)
  const fresh = new Set(done.map((row) => `${row.channel} ${row.address.toString('hex')}`))
  return once.filter((row) => fresh.has(`${row.channel} ${row.address.toString('hex')}`))
}

/** Who has the address asks for messages again: what they or their erasure ended may begin anew. */
export const liftSuppressions = (tx: Tx, channel: string, address: Buffer): Promise<number> =>
  tx.run(sql`
    delete from consents.suppression where workspace_id = ${tx.workspace} and channel = ${channel}
      and address = ${address} and reason in ('reply', 'erased')`)

export type SuppressionQuestion = {
  channel: string | undefined
  reason: string | undefined
  address: Buffer | undefined
  after: { time: string; id: string } | undefined
  limit: number
}

const columns = sql`id, channel, address, reason, detail, masked, unit, since, expires_at, by, by_kind`

export const listSuppressionRows = (
  tx: Tx,
  asked: SuppressionQuestion,
  now: number,
): Promise<SuppressionRow[]> =>
  tx.rows<SuppressionRow>(sql`
    select ${columns} from consents.suppression
    where workspace_id = ${tx.workspace}
      and (expires_at is null or expires_at > ${new Date(now)})
      and (${asked.channel ?? null}::text is null or channel = ${asked.channel ?? ''})
      and (${asked.reason ?? null}::text is null or reason = ${asked.reason ?? ''})
      and (${asked.address === undefined} or address = ${asked.address ?? Buffer.alloc(0)}::bytea)
      and (${asked.after === undefined} or (since, id) < (${asked.after?.time ?? null}::timestamptz, ${asked.after?.id ?? null}))
    order by since desc, id desc limit ${asked.limit}`)

export const takeSuppression = (tx: Tx, id: string): Promise<SuppressionRow | undefined> =>
  tx.row<SuppressionRow>(sql`
    delete from consents.suppression where workspace_id = ${tx.workspace} and id = ${id} returning ${columns}`)

/** Which of these addresses are on the list, as `channel hash`. */
export async function suppressedAmong(
  tx: Tx,
  addresses: readonly string[],
  now: number,
): Promise<Map<string, SuppressionReason>> {
  if (addresses.length === 0) return new Map()
  const rows = await tx.rows<{ channel: string; address: Buffer; reason: SuppressionReason }>(sql`
    select channel, address, reason from consents.suppression
    where workspace_id = ${tx.workspace} and address = any(${addresses.map((one) => Buffer.from(one, 'hex'))}::bytea[])
      and (expires_at is null or expires_at > ${new Date(now)})`)
  return new Map(rows.map((row) => [`${row.channel} ${row.address.toString('hex')}`, row.reason]))
}

/** Those whose time is over, which go. */
export const takeExpired = (tx: Tx, now: number): Promise<SuppressionRow[]> =>
  tx.rows<SuppressionRow>(sql`
    delete from consents.suppression where workspace_id = ${tx.workspace} and expires_at <= ${new Date(now)}
    returning ${columns}`)

/** Workspaces in which the time of one is over. In a system transaction. */
export const workspacesWithExpired = (tx: Tx, now: number): Promise<WorkspaceRef[]> =>
  tx.rows<WorkspaceRef>(sql`
    select w.num, w.id, w.timezone from platform.workspace w
    where w.num in (select workspace_id from consents.suppression where expires_at <= ${new Date(now)})`)
