import type { CouponCode, CouponPool } from '#modules/content/contract/coupon.ts'
import type { ContentDeps } from '#modules/content/server/content-deps.ts'
import {
  type CouponRow,
  countFree,
  findGiven,
  holdCode,
  insertCodes,
  listGiven,
  listPoolRows,
  lockClaim,
  markLow,
  markRedeemed,
  type PoolRow,
  requirePool,
  takeCode,
  writePool,
} from '#modules/content/server/coupons/coupon-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'
import { newId, randomText } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'

type Deps = Pick<ContentDeps, 'database' | 'audit' | 'profiles' | 'notifier'>
type Settings = { name: string; lowAt: number; validFrom: string | null; validUntil: string | null }
type NewPool = Settings & {
  codes: readonly string[]
  generate?: { count: number; prefix: string; length: number } | undefined
}

export async function listPools(deps: Deps, ctx: WorkspaceCtx, { limit, cursor }: PageQuery) {
  const key = decodeCursor(cursor, ['time', 'text'])
  const rows = await deps.database.read(ctx, (tx) =>
    listPoolRows(tx, key && { time: String(key[0]), id: String(key[1]) }, limit + 1),
  )
  const items = rows.slice(0, limit).map(presentPool)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor([last.createdAt, last.id]) : null }
}

export const getPool = async (deps: Deps, ctx: WorkspaceCtx, id: string): Promise<CouponPool> =>
  presentPool(await deps.database.read(ctx, (tx) => requirePool(tx, id)))

export function createPool(
  deps: Deps,
  ctx: WorkspaceCtx,
  { codes, generate, ...settings }: NewPool,
): Promise<CouponPool> {
  return deps.database.write(ctx, async (tx) => {
    const id = newId('cpn')
    await writePool(tx, rowOf(id, settings), ctx.now)
    if (codes.length > 0) await insertCodes(tx, id, codes)
    if (generate) await makeCodes(tx, id, generate)
    await deps.audit(tx, ctx, {
      action: 'coupon.pool_created',
      subject: id,
      details: { name: settings.name },
    })
    return presentPool(await requirePool(tx, id))
  })
}

/** As many as were asked for: what was there by chance is made anew. */
async function makeCodes(
  tx: Tx,
  pool: string,
  { count, prefix, length }: NonNullable<NewPool['generate']>,
): Promise<void> {
  for (let left = count; left > 0; ) {
    const made = Array.from({ length: left }, () => prefix + randomText(length).toUpperCase())
    left -= await insertCodes(tx, pool, [...new Set(made)])
  }
}

export function changePool(
  deps: Deps,
  ctx: WorkspaceCtx,
  id: string,
  changes: { [K in keyof Settings]?: Settings[K] | undefined },
): Promise<CouponPool> {
  return deps.database.write(ctx, async (tx) => {
    const { name, lowAt, validFrom, validUntil } = presentPool(await requirePool(tx, id))
    const said = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
    await writePool(tx, rowOf(id, { name, lowAt, validFrom, validUntil, ...said }), ctx.now)
    await deps.audit(tx, ctx, { action: 'coupon.pool_changed', subject: id, details: said })
    return presentPool(await requirePool(tx, id))
  })
}

export function addCodes(deps: Deps, ctx: WorkspaceCtx, id: string, codes: readonly string[]) {
  return deps.database.write(ctx, async (tx) => {
    await requirePool(tx, id)
    const different = [...new Set(codes)]
    const added = await insertCodes(tx, id, different)
    await deps.audit(tx, ctx, { action: 'coupon.codes_added', subject: id, details: { added } })
    return { added, known: codes.length - added }
  })
}

export async function listCodes(deps: Deps, ctx: WorkspaceCtx, id: string, { limit, cursor }: PageQuery) {
  const key = decodeCursor(cursor, ['time', 'text'])
  const rows = await deps.database.read(ctx, async (tx) => {
    await requirePool(tx, id)
    return listGiven(tx, id, key && { time: String(key[0]), code: String(key[1]) }, limit + 1)
  })
  const items = rows.slice(0, limit).map((row) => presentCode(deps, ctx, row))
  const last = rows.slice(0, limit).at(-1)
  const next =
    rows.length > limit && last ? encodeCursor([last.assigned_at?.toISOString() ?? '', last.code]) : null
  return { items, next }
}

/** A code for a person, in the caller's transaction: one for each purpose, the same whenever it is asked again. */
export async function assignCode(
  deps: Pick<Deps, 'notifier'>,
  tx: Tx,
  pool: string,
  claim: { person: number; purpose: string; now: number },
): Promise<CouponRow> {
  const row = await requirePool(tx, pool)
  refuseOutdated(row, claim.now)
  await lockClaim(tx, pool, claim.person, claim.purpose)
  const given = await findGiven(tx, pool, claim.person, claim.purpose)
  if (given) return given
  const taken = await takeCode(tx, pool, claim)
  if (!taken) throw new AppError('coupon.pool_empty', 'conflict', 'The pool has no code left.')
  const left = await countFree(tx, pool, row.low_at)
  if (left <= row.low_at && (await markLow(tx, pool)))
    await deps.notifier.tell(tx, tx.workspace, {
      type: 'coupon.low',
      to: { permission: 'content:write' },
      facts: { name: row.name, left },
      href: '/coupons',
    })
  return taken
}

export async function assignCoupon(
  deps: Deps,
  ctx: WorkspaceCtx,
  pool: string,
  { person, purpose }: { person: string; purpose: string },
): Promise<CouponCode> {
  const number = await deps.profiles.personNumber(ctx, person)
  const claim = { person: number, purpose, now: ctx.now }
  return presentCode(deps, ctx, await deps.database.write(ctx, (tx) => assignCode(deps, tx, pool, claim)))
}

export function redeemCoupon(deps: Deps, ctx: WorkspaceCtx, code: string): Promise<CouponCode> {
  return deps.database.write(ctx, async (tx) => {
    const row = await holdCode(tx, code)
    if (!row) throw new AppError('coupon.missing', 'missing', 'There is no such code.')
    if (row.redeemed_at) throw new AppError('coupon.redeemed', 'conflict', 'This code was used already.')
    refuseOutdated(await requirePool(tx, row.pool_id), ctx.now)
    await markRedeemed(tx, code, ctx.now)
    await deps.audit(tx, ctx, { action: 'coupon.redeemed', subject: row.pool_id, details: { code } })
    return presentCode(deps, ctx, { ...row, redeemed_at: new Date(ctx.now) })
  })
}

function refuseOutdated({ valid_from, valid_until }: PoolRow, now: number): void {
  if ((valid_from && now < valid_from.getTime()) || (valid_until && now >= valid_until.getTime()))
    throw new AppError('coupon.not_valid', 'conflict', 'Codes of this pool are not valid now.')
}

const rowOf = (id: string, { name, lowAt, validFrom, validUntil }: Settings) => ({
  ...{ id, name, low_at: lowAt },
  valid_from: validFrom === null ? null : new Date(validFrom),
  valid_until: validUntil === null ? null : new Date(validUntil),
})

const presentPool = (row: PoolRow): CouponPool => ({
  id: row.id,
  name: row.name,
  lowAt: row.low_at,
  validFrom: row.valid_from?.toISOString() ?? null,
  validUntil: row.valid_until?.toISOString() ?? null,
  codes: row.codes,
  assigned: row.assigned,
  redeemed: row.redeemed,
  createdAt: row.created_at.toISOString(),
})

const presentCode = (deps: Pick<Deps, 'profiles'>, ctx: WorkspaceCtx, row: CouponRow): CouponCode => ({
  code: row.code,
  person: row.person === null ? null : deps.profiles.personIds.encode(ctx.workspace.num, row.person),
  purpose: row.purpose,
  assignedAt: row.assigned_at?.toISOString() ?? null,
  redeemedAt: row.redeemed_at?.toISOString() ?? null,
})
