import { sql } from 'kysely'
import { AppError } from '#platform/errors.ts'
import { type Tx, violates } from '#platform/pg/database.ts'

export type PoolRow = {
  id: string
  name: string
  low_at: number
  told_low: boolean
  valid_from: Date | null
  valid_until: Date | null
  created_at: Date
  codes: number
  assigned: number
  redeemed: number
}
export type CouponRow = {
  code: string
  pool_id: string
  person: number | null
  purpose: string | null
  assigned_at: Date | null
  redeemed_at: Date | null
}

const counted = sql`p.id, p.name, p.low_at, p.told_low, p.valid_from, p.valid_until, p.created_at,
  count(c.code)::int as codes, count(c.person)::int as assigned, count(c.redeemed_at)::int as redeemed`
const joined = sql`content.coupon_pool p left join content.coupon c
  on c.workspace_id = p.workspace_id and c.pool_id = p.id`

export const listPoolRows = (
  tx: Tx,
  after: { time: string; id: string } | undefined,
  limit: number,
): Promise<PoolRow[]> =>
  tx.rows<PoolRow>(sql`
    select ${counted} from ${joined} where p.workspace_id = ${tx.workspace}
      and (${after === undefined} or (p.created_at, p.id) < (${after?.time ?? null}::timestamptz, ${after?.id ?? null}))
    group by p.workspace_id, p.id order by p.created_at desc, p.id desc limit ${limit}`)

export async function requirePool(tx: Tx, id: string): Promise<PoolRow> {
  const row = await tx.row<PoolRow>(sql`
    select ${counted} from ${joined} where p.workspace_id = ${tx.workspace} and p.id = ${id}
    group by p.workspace_id, p.id`)
  if (!row) throw poolMissing()
  return row
}

type Settings = Pick<PoolRow, 'id' | 'name' | 'low_at' | 'valid_from' | 'valid_until'>

export async function writePool(tx: Tx, row: Settings, now: number): Promise<void> {
  try {
    await tx.run(sql`
      insert into content.coupon_pool (workspace_id, id, name, low_at, valid_from, valid_until, created_at)
      values (${tx.workspace}, ${row.id}, ${row.name}, ${row.low_at}, ${row.valid_from}, ${row.valid_until}, ${new Date(now)})
      on conflict (workspace_id, id) do update set name = excluded.name, low_at = excluded.low_at,
        valid_from = excluded.valid_from, valid_until = excluded.valid_until, told_low = false`)
  } catch (error) {
    if (!violates(error, 'coupon_pool_name')) throw error
    throw new AppError('coupon.pool_name_taken', 'conflict', 'There is a pool of this name.')
  }
}

/** Answers how many were new; a code of another pool is refused. */
export async function insertCodes(tx: Tx, pool: string, codes: readonly string[]): Promise<number> {
  const added = await tx.run(sql`
    insert into content.coupon (workspace_id, code, pool_id)
    select ${tx.workspace}::int, code, ${pool} from unnest(${[...codes]}::text[]) code on conflict do nothing`)
  const taken = await tx.row<{ code: string }>(sql`
    select code from content.coupon where workspace_id = ${tx.workspace} and code = any(${[...codes]}::text[])
      and pool_id <> ${pool} limit 1`)
  if (taken)
    throw new AppError('coupon.code_taken', 'conflict', 'Another pool has one of these codes.', {
      details: { code: taken.code },
    })
  if (added > 0)
    await tx.run(
      sql`update content.coupon_pool set told_low = false where workspace_id = ${tx.workspace} and id = ${pool}`,
    )
  return added
}

const columns = sql`code, pool_id, person, purpose, assigned_at, redeemed_at`

export const findGiven = (
  tx: Tx,
  pool: string,
  person: number,
  purpose: string,
): Promise<CouponRow | undefined> =>
  tx.row<CouponRow>(sql`
    select ${columns} from content.coupon where workspace_id = ${tx.workspace} and pool_id = ${pool}
      and person = ${person} and purpose = ${purpose}`)

/**
 * Takes one free code. Whoever asks at the same time for the same person and purpose waits at the lock and then finds
 * it given; everybody else takes another, because locked codes are passed over.
 */
export const takeCode = (
  tx: Tx,
  pool: string,
  { person, purpose, now }: { person: number; purpose: string; now: number },
): Promise<CouponRow | undefined> =>
  tx.row<CouponRow>(sql`
    update content.coupon set person = ${person}, purpose = ${purpose}, assigned_at = ${new Date(now)}
    where workspace_id = ${tx.workspace} and code = (
      select code from content.coupon where workspace_id = ${tx.workspace} and pool_id = ${pool} and person is null
      limit 1 for update skip locked)
    returning ${columns}`)

/** One at a time for each person, until the transaction ends. */
export const lockClaim = (tx: Tx, pool: string, person: number, purpose: string): Promise<number> =>
  tx.run(
    sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.workspace} ${pool} ${person} ${purpose}`}, 7))`,
  )

/** How many are free, as far as it matters: counting stops beyond `most`. */
export const countFree = async (tx: Tx, pool: string, most: number): Promise<number> =>
  (
    await tx.row<{ n: number }>(sql`
      select count(*)::int as n from (select 1 from content.coupon
        where workspace_id = ${tx.workspace} and pool_id = ${pool} and person is null limit ${most + 1}) free`)
  )?.n ?? 0

/** Whether this is the first time it is low since codes were put in. */
export const markLow = async (tx: Tx, pool: string): Promise<boolean> =>
  (await tx.run(sql`update content.coupon_pool set told_low = true
    where workspace_id = ${tx.workspace} and id = ${pool} and not told_low`)) > 0

export const listGiven = (
  tx: Tx,
  pool: string,
  after: { time: string; code: string } | undefined,
  limit: number,
): Promise<CouponRow[]> =>
  tx.rows<CouponRow>(sql`
    select ${columns} from content.coupon
    where workspace_id = ${tx.workspace} and pool_id = ${pool} and person is not null
      and (${after === undefined} or (assigned_at, code) < (${after?.time ?? null}::timestamptz, ${after?.code ?? null}))
    order by assigned_at desc, code desc limit ${limit}`)

export const holdCode = (tx: Tx, code: string): Promise<CouponRow | undefined> =>
  tx.row<CouponRow>(sql`select ${columns} from content.coupon
    where workspace_id = ${tx.workspace} and code = ${code} for update`)

export const markRedeemed = (tx: Tx, code: string, now: number): Promise<number> =>
  tx.run(sql`update content.coupon set redeemed_at = ${new Date(now)}
    where workspace_id = ${tx.workspace} and code = ${code}`)

/** Codes of people who are nobody any more: used up, and nobody's. */
export const forgetCoupons = (tx: Tx, persons: readonly number[]): Promise<number> =>
  tx.run(
    sql`delete from content.coupon where workspace_id = ${tx.workspace} and person = any(${[...persons]}::bigint[])`,
  )

export const poolMissing = () => new AppError('coupon.pool_missing', 'missing', 'There is no such pool.')
