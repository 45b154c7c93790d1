import { sql } from 'kysely'
import { DedupSet, keyBytes, type Seen } from '#modules/collect/server/dedup-set.ts'
import type { Item } from '#modules/collect/server/read-items.ts'
import type { Tx } from '#platform/pg/database.ts'

const dayMs = 86_400_000

export type Dedup = {
  /** Loads the days these items fall on; must precede `judge`. */
  load(tx: Tx, items: readonly { workspace: number; item: Item }[]): Promise<void>
  /** New, repeated, or the same id with another payload. New ones are remembered until `take`. */
  judge(workspace: number, item: Item): Seen
  /** The keys added since the last `take`, per (workspace, day), for the transaction of the checkpoint. */
  take(): DedupChunk[]
  /** After a failed range nothing in memory can be trusted. */
  forget(): void
}
export type DedupChunk = { workspace: number; day: number; keys: Buffer }

/**
 * Exact and for all time: the day of the raw client timestamp decides where an id is looked for, because a
 * retry repeats its timestamp. Items without one are looked for on the day they arrived and the day before
 * (a window of 24 to 48 hours). Hot days stay in memory up to `maxBytes`; cold ones are read from Postgres again.
 */
export function createDedup(maxBytes: number): Dedup {
  const days = new Map<string, DedupSet>() // in order of last use
  let fresh = new Map<string, Buffer[]>()

  function daysOf(item: Item): number[] {
    if (item.clientTime !== null) return [Math.floor(item.clientTime / dayMs)]
    const today = Math.floor(item.receivedAt / dayMs)
    return [noTimestamp(today), noTimestamp(today - 1)]
  }

  async function load(tx: Tx, items: readonly { workspace: number; item: Item }[]): Promise<void> {
    const wanted = new Map<string, { workspace: number; day: number }>()
    for (const { workspace, item } of items)
      for (const day of daysOf(item)) wanted.set(`${workspace}:${day}`, { workspace, day })
    const missing = [...wanted].filter(([key]) => !days.has(key))
    for (const [key] of wanted) touch(key)
    evict(wanted)
    if (missing.length === 0) return
    for (const [key] of missing) days.set(key, new DedupSet())
    const chunks = await tx.rows<{ workspace_id: number; day: number; keys: Buffer }>(sql`
      select c.workspace_id, c.day, c.keys from collect.dedup_chunk c
      join unnest(${missing.map(([, one]) => one.workspace)}::int[], ${missing.map(([, one]) => one.day)}::int[]) as w (workspace_id, day)
        using (workspace_id, day)`)
    for (const chunk of chunks) days.get(`${chunk.workspace_id}:${chunk.day}`)?.load(chunk.keys)
  }

  function touch(key: string): void {
    const set = days.get(key)
    if (!set) return
    days.delete(key)
    days.set(key, set)
  }

  function evict(keep: ReadonlyMap<string, unknown>): void {
    let total = 0
    for (const set of days.values()) total += set.bytes
    for (const [key, set] of days) {
      if (total <= maxBytes) return
      if (keep.has(key) || fresh.has(key)) continue // still needed, or not in Postgres yet
      total -= set.bytes
      days.delete(key)
    }
  }

  function judge(workspace: number, item: Item): Seen {
    const key = Buffer.allocUnsafe(keyBytes)
    key.write(item.idHash, 'latin1')
    key.writeUInt32LE(item.fingerprint >>> 0, 16)
    const [home, ...others] = daysOf(item).map((day) => `${workspace}:${day}`) as [string, ...string[]]
    for (const day of [home, ...others]) {
      const seen = setOf(day).check(key, item.fingerprint)
      if (seen !== 'new') return seen
    }
    setOf(home).add(key, item.fingerprint)
    const keys = fresh.get(home)
    if (keys) keys.push(key)
    else fresh.set(home, [key])
    return 'new'
  }

  function setOf(key: string): DedupSet {
    const set = days.get(key)
    if (!set) throw new Error(`day ${key} was not loaded before judging`)
    return set
  }

  return {
    load,
    judge,
    take: () => {
      const chunks = [...fresh].map(([key, keys]) => {
        const [workspace, day] = key.split(':').map(Number) as [number, number]
        return { workspace, day, keys: Buffer.concat(keys) }
      })
      fresh = new Map()
      return chunks
    },
    forget: () => {
      days.clear()
      fresh = new Map()
    },
  }
}

// Items without a timestamp live in days of their own, below all real ones.
const noTimestamp = (day: number) => -1_000_000 + day

/** Appends this range's keys; part of the checkpoint's transaction. */
export async function saveDedupChunks(tx: Tx, chunks: readonly DedupChunk[]): Promise<void> {
  if (chunks.length === 0) return
  await tx.run(sql`insert into collect.dedup_chunk (workspace_id, day, keys)
    select * from unnest(${chunks.map((one) => one.workspace)}::int[], ${chunks.map((one) => one.day)}::int[],
      ${chunks.map((one) => one.keys)}::bytea[])`)
}
