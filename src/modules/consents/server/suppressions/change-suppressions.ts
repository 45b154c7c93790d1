import type { z } from 'zod'
import type { Suppression } from '#modules/consents/contract/shapes.ts'
import type { routes } from '#modules/consents/contract.ts'
import { addressKinds, bucketsOf } from '#modules/consents/server/address.ts'
import type { ConsentDeps } from '#modules/consents/server/consent-deps.ts'
import { ownBuckets } from '#modules/consents/server/log/standing-store.ts'
import { shipWorkspace } from '#modules/consents/server/reach/ship-unshipped.ts'
import { normalAddress, noteHolders, suppressAll } from '#modules/consents/server/suppressions/suppress.ts'
import {
  listSuppressionRows,
  type SuppressionRow,
  takeSuppression,
} from '#modules/consents/server/suppressions/suppression-store.ts'
import type { ActorName, WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { ChannelKind } from '#slots/channel-kind.ts'

/** The list, newest first; an address is looked for as a whole, because no other part of it is kept. */
export async function listSuppressions(
  deps: ConsentDeps,
  ctx: WorkspaceCtx,
  { limit, cursor, channel, reason, address }: z.output<typeof routes.listSuppressions.query>,
): Promise<{ items: Suppression[]; next: string | null }> {
  if (address !== undefined) await deps.profiles.guesses.ask(ctx, guessesOf(address))
  const key = decodeCursor(cursor, ['time', 'text'])
  const after = key && { time: String(key[0]), id: String(key[1]) }
  const rows = await deps.database.read(ctx, async (tx) => {
    const hashes = address === undefined ? [undefined] : await spellings(deps, tx, address, channel)
    const found: SuppressionRow[] = []
    for (const one of hashes)
      found.push(
        ...(await listSuppressionRows(
          tx,
          { channel, reason, address: one, after, limit: limit + 1 },
          ctx.now,
        )),
      )
    return found
  })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(presentSuppression),
    next: rows.length > limit && last ? encodeCursor([last.since.toISOString(), last.id]) : null,
  }
}

/** Whose reach changes by it tells whose address it is: what is put on the list is asked for, too. */
export const guessesOf = (address: string) => [
  { kind: address.includes('@') ? 'email' : 'phone', value: address },
]

/** Hashes of what a text may be the address of: a mail address, a phone number, or as it is written. */
async function spellings(
  deps: ConsentDeps,
  tx: Tx,
  text: string,
  channel: ChannelKind | undefined,
): Promise<Buffer[]> {
  const normalise = await deps.profiles.normaliser(tx, tx.workspace)
  const channels = channel ? [channel] : (['email', 'sms', 'wechat'] as const)
  const found = channels.flatMap((one) => normalAddress(normalise, one, text) ?? [])
  return [...new Set(found)].map((one) => deps.hash(tx.workspace, one))
}

export async function addSuppression(
  deps: ConsentDeps,
  ctx: WorkspaceCtx,
  { channel, address, reason, detail, expiresAt }: z.output<typeof routes.addSuppression.body>,
): Promise<Suppression> {
  await deps.profiles.guesses.ask(ctx, guessesOf(address))
  const row = await deps.database.write(ctx, async (tx) => {
    const normal = normalAddress(await deps.profiles.normaliser(tx, tx.workspace), channel, address)
    if (normal === undefined) throw badAddress(channel)
    const until = expiresAt === undefined ? undefined : Date.parse(expiresAt)
    const [added] = await suppressAll(deps.hash, tx, ctx, [
      { channel, address: normal, reason, detail, expiresAt: until },
    ])
    const hash = deps.hash(tx.workspace, normal)
    const question = { channel, reason: undefined, address: hash, after: undefined, limit: 1 }
    const [stored] = await listSuppressionRows(tx, question, ctx.now)
    if (!stored) throw new AppError('suppression.ended', 'invalid', 'The end of it lies in the past.')
    if (added)
      await deps.audit(tx, ctx, {
        action: 'suppression.added',
        subject: stored.id,
        details: { channel, reason, address: stored.masked },
      })
    return stored
  })
  await shipWorkspace(deps, ctx.workspace, ctx.patienceMs)
  return presentSuppression(row)
}

export const badAddress = (channel: ChannelKind) =>
  new AppError(
    'suppression.bad_address',
    'invalid',
    `This is no address of the channel ${channel} (${addressKinds[channel].join(', ')}).`,
    { details: { path: '/body/address' } },
  )

export async function removeSuppression(deps: ConsentDeps, ctx: WorkspaceCtx, id: string): Promise<void> {
  await deps.database.write(ctx, async (tx) => {
    const row = await takeSuppression(tx, id)
    if (!row) throw new AppError('suppression.missing', 'missing', 'There is no such entry on the list.')
    await ownBuckets(tx, bucketsOf([row.address], []))
    await noteHolders(deps.hash, tx, [row])
    const { channel, reason, masked } = row
    await deps.audit(tx, ctx, {
      action: 'suppression.removed',
      subject: id,
      details: { channel, reason, address: masked },
    })
  })
  await shipWorkspace(deps, ctx.workspace, ctx.patienceMs)
}

export const presentSuppression = (row: SuppressionRow): Suppression => ({
  id: row.id,
  channel: row.channel as ChannelKind,
  masked: row.masked,
  reason: row.reason,
  detail: row.detail,
  since: row.since.toISOString(),
  expiresAt: row.expires_at?.toISOString() ?? null,
  by: { kind: row.by_kind as ActorName['kind'], name: row.by },
})
