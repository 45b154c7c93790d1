import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, constants } from 'node:zlib'
import { sql } from 'kysely'
import type { WhatWasRead } from '#modules/analytics/server/kept/reads.ts'
import type { Tx } from '#platform/pg/database.ts'

/** A kept answer: its numbers, what they follow from, and the version they know everything up to. */
export type Kept = {
  version: number
  computedAt: number
  read: WhatWasRead
  numbers: unknown
  days: KeptDays
}
/** Days it is of. */
export type KeptDays = { from: string; to: string }

type Row = { body: Buffer; version: number; computed_at: Date; used_at: Date; floor: number; people: number }

const pack = promisify(brotliCompress)
const unpack = promisify(brotliDecompress)
// Answers are repetitive JSON of some hundred kB at most; level 4 takes a few ms and leaves a tenth.
const packing = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }

/** What is kept under a key, unless the workspace has been touched as a whole since, or its people and it asks for them. */
export async function findKept(tx: Tx, key: string): Promise<(Kept & { usedAt: number }) | undefined> {
  const row = await tx.row<Row>(sql`
    select a.body, a.version, a.computed_at, a.used_at, t.floor, t.people from analytics.kept_answer a
    join analytics.tide t on t.workspace_id = a.workspace_id
    where a.workspace_id = ${tx.workspace} and a.key = ${key}`)
  if (!row || row.version < row.floor) return undefined
  const { read, numbers, days } = JSON.parse((await unpack(row.body)).toString()) as Pick<
    Kept,
    'read' | 'numbers' | 'days'
  >
  if (read.people && row.people > row.version) return undefined
  const [computedAt, usedAt] = [row.computed_at.getTime(), row.used_at.getTime()]
  return { read, numbers, days, version: row.version, computedAt, usedAt }
}

const usedEveryMs = 60_000

/** It was used, and holds up to a newer version; told once a minute. */
export async function confirm(
  tx: Tx,
  key: string,
  { version, usedAt }: { version: number; usedAt: number },
  now: number,
): Promise<void> {
  if (now - usedAt < usedEveryMs) return
  await tx.run(sql`update analytics.kept_answer set used_at = ${new Date(now)}, version = greatest(version, ${version})
    where workspace_id = ${tx.workspace} and key = ${key}`)
}

/** Keeps an answer, unless what it was computed from was taken away as a whole meanwhile, or a newer one is there. */
export async function keep(tx: Tx, key: string, kept: Kept, now: number): Promise<boolean> {
  const { read, numbers, days, version } = kept
  const body = await pack(Buffer.from(JSON.stringify({ read, numbers, days })), packing)
  if (body.length > keptLimits.answer) return false
  const at = new Date(kept.computedAt)
  // Held until the end, so that what voids everything comes before (and is seen) or after (and removes this).
  const rows = await tx.run(sql`
    insert into analytics.kept_answer as a (workspace_id, key, body, bytes, version, computed_at, used_at)
    select ${tx.workspace}, ${key}, ${body}, ${body.length}, ${version}, ${at}, ${new Date(now)}
    from (select 1 from analytics.tide where workspace_id = ${tx.workspace} and floor <= ${version} and version >= ${version}
      for share) as held
    on conflict (workspace_id, key) do update set body = excluded.body, bytes = excluded.bytes, version = excluded.version,
      computed_at = excluded.computed_at, used_at = excluded.used_at where a.version <= excluded.version`)
  return rows > 0
}

/** Bytes, as they are stored. */
export const keptLimits = { answer: 1 << 20, workspace: 32 << 20, all: 512 << 20 }

/** Drops what was not used for longest, until the rest is within its bound. */
export async function dropLeastUsed(tx: Tx, bound: number, workspace?: number): Promise<number> {
  const within = workspace === undefined ? sql`true` : sql`workspace_id = ${workspace}`
  return tx.run(sql`
    delete from analytics.kept_answer a using (
      select workspace_id, key, sum(bytes) over (order by used_at desc, workspace_id, key) as together
      from analytics.kept_answer where ${within}) as o
    where o.workspace_id = a.workspace_id and o.key = a.key and o.together > ${bound}`)
}

/** Forgets all answers of a workspace. */
export const dropAll = (tx: Tx, workspace: number): Promise<number> =>
  tx.run(sql`delete from analytics.kept_answer where workspace_id = ${workspace}`)
