import { sql } from 'kysely'
import type { SuppressionReason } from '#modules/consents/contract/shapes.ts'
import { type AddressHasher, addressKinds, bucketsOf } from '#modules/consents/server/address.ts'
import { noteUnshipped } from '#modules/consents/server/log/record.ts'
import { ownBuckets } from '#modules/consents/server/log/standing-store.ts'
import {
  insertSuppressions,
  type NewSuppression,
  type SuppressionRow,
} from '#modules/consents/server/suppressions/suppression-store.ts'
import { maskMail, maskPhone, maskText } from '#modules/profiles/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { ChannelKind } from '#slots/channel-kind.ts'

export type Suppressing = {
  channel: ChannelKind
  /** In its normal spelling. */
  address: string
  reason: SuppressionReason
  detail?: string
  /** ms; left out: for good. */
  expiresAt?: number | undefined
}

/** How an address looks to those who may not see it. */
export function maskAddress(channel: ChannelKind, address: string): string {
  if (channel === 'email') return maskMail(address)
  return channel === 'sms' ? maskPhone(address) : maskText(address)
}

/**
 * Ends sending to addresses on a channel, in the caller's transaction; a claim under way is waited for. Answers which were
 * not on the list before. The rows of whoever has them are brought up to date after the commit.
 */
export async function suppressAll(
  hash: AddressHasher,
  tx: Tx,
  ctx: Pick<WorkspaceCtx, 'now' | 'actor'>,
  given: readonly Suppressing[],
): Promise<NewSuppression[]> {
  const units = await unitsOfAddresses(tx, given)
  const rows = given.map(({ channel, address, reason, detail = '', expiresAt }) => ({
    ...{ channel, reason, detail },
    address: hash(tx.workspace, address),
    masked: maskAddress(channel, address),
    unit: units.get(`${channel} ${address}`) ?? null,
    since: new Date(ctx.now),
    expires_at: expiresAt === undefined ? null : new Date(expiresAt),
    by: ctx.actor.name,
    by_kind: ctx.actor.kind,
  }))
  return suppressRows(tx, rows)
}

/** The same for addresses of which only the hash is known. */
export async function suppressRows(tx: Tx, rows: readonly NewSuppression[]): Promise<NewSuppression[]> {
  await ownBuckets(
    tx,
    bucketsOf(
      rows.map((row) => row.address),
      [],
    ),
  )
  const done = await insertSuppressions(tx, rows)
  await noteUnshipped(
    tx,
    done.flatMap((row) => row.unit ?? []),
  )
  return done
}

/** Numbers of the identifiers that are these addresses, by `channel address`. */
export async function unitsOfAddresses(
  tx: Tx,
  given: readonly { channel: ChannelKind; address: string }[],
): Promise<Map<string, number>> {
  const asked = given.flatMap(({ channel, address }) =>
    addressKinds[channel].map((kind) => ({ channel, kind, value: address })),
  )
  const rows = await tx.rows<{ channel: string; value: string; unit: number }>(sql`
    select r.channel, i.value, i.unit
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as r (channel text, kind text, value text)
    join read.identifier i on i.workspace_id = ${tx.workspace} and i.kind = r.kind and i.value = r.value`)
  return new Map(rows.map((row) => [`${row.channel} ${row.value}`, row.unit]))
}

const perStep = 5000

/**
 * Whoever has these addresses looks different now. Of most the number of the identifier is known; for an address that
 * became somebody's after it was put on the list, every identifier is hashed once, which takes seconds for a million.
 */
export async function noteHolders(
  hash: AddressHasher,
  tx: Tx,
  rows: readonly Pick<SuppressionRow, 'channel' | 'address' | 'unit'>[],
): Promise<void> {
  await noteUnshipped(
    tx,
    rows.flatMap((row) => row.unit ?? []),
  )
  const unknown = rows.filter((row) => row.unit === null)
  if (unknown.length === 0) return
  const wanted = new Set(unknown.map((row) => row.address.toString('hex')))
  const kinds = [...new Set(unknown.flatMap((row) => addressKinds[row.channel as ChannelKind] ?? []))]
  for (let after = 0; ; ) {
    const step = await tx.rows<{ unit: number; kind: string; value: string }>(sql`
      select unit, kind, value from read.identifier
      where workspace_id = ${tx.workspace} and unit > ${after} and kind = any(${kinds}::text[])
      order by unit limit ${perStep}`)
    const found = step.filter((one) => wanted.has(hash(tx.workspace, one.value).toString('hex')))
    await noteUnshipped(
      tx,
      found.map((one) => one.unit),
    )
    const last = step.at(-1)
    if (!last || step.length < perStep) return
    after = last.unit
  }
}

/** An address in its normal spelling; undefined when it is none. */
export function normalAddress(
  normalise: (kind: string, value: string) => string | undefined,
  channel: ChannelKind,
  text: string,
): string | undefined {
  const [kind = ''] = addressKinds[channel]
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > 512) return undefined
  return kind === 'email' || kind === 'phone' ? normalise(kind, trimmed) : trimmed
}
