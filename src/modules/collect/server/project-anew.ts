import type { ClickHouse } from '#platform/ch/client.ts'
import { deleteRows } from '#platform/ch/upkeep.ts'
import type { EventProjection, StoredEvent } from '#slots/event-projection.ts'

/** An event that ClickHouse had. */
export type GoneEvent = StoredEvent
type Deps = { ch: ClickHouse; projections: readonly EventProjection[] }

// A statement of some 100 kB.
const numbersPerStatement = 5000

/**
 * After events are gone: what followed from them goes too, and what others had said about the same thing, and may have
 * been replaced by it long ago, is made anew from those events.
 */
export async function projectAnew(deps: Deps, ws: number, gone: readonly GoneEvent[]): Promise<void> {
  for (const projection of deps.projections) {
    const theirs = gone.filter((event) => projection.project(ws, [event]).length > 0)
    if (theirs.length === 0) continue
    const keys = new Set<string>()
    for (const table of projection.tables)
      for (const key of await keysOf(deps.ch, ws, table, projection, theirs)) keys.add(key)
    for (const some of slices([...keys])) {
      const theirRows = `ws = ${Math.trunc(ws)} AND cityHash64(${projection.shared.column}) IN (${some})`
      for (const table of projection.tables) await deleteRows(deps.ch, table, () => theirRows)
      await shipAnew(deps.ch, ws, projection, some)
    }
  }
}

/** Hashes, because keys are words of others: what stands in a statement are numbers. Two keys of one hash go together. */
async function keysOf(
  ch: ClickHouse,
  ws: number,
  table: string,
  { shared }: EventProjection,
  gone: readonly GoneEvent[],
): Promise<string[]> {
  const keys: string[] = []
  for (const some of slices(gone)) {
    const moments = some.map((one) => `(${Math.trunc(one.unit)},${Math.trunc(one.time)})`)
    const rows = await ch.query<{ key: string }>(
      `SELECT DISTINCT toString(cityHash64(${shared.column})) AS key FROM ${table}
       WHERE ws = {ws:UInt32} AND (unit, toUnixTimestamp64Milli(time)) IN (${moments})`,
      { ws },
    )
    keys.push(...rows.map((row) => row.key))
  }
  return keys
}

async function shipAnew(
  ch: ClickHouse,
  ws: number,
  projection: EventProjection,
  keys: readonly string[],
): Promise<void> {
  const events = await ch.query<StoredEvent>(
    `SELECT unit, event AS name, type, toUnixTimestamp64Milli(time) AS time, message_id AS messageId,
       properties AS propertiesText FROM events
     WHERE ws = {ws:UInt32} AND ${projection.shared.mayBeAbout((text) => `cityHash64(${text}) IN (${keys})`)}`,
    { ws },
  )
  for (const { table, lines } of projection.project(ws, events)) await ch.insertLines(table, lines)
}

function* slices<T>(all: readonly T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += numbersPerStatement) yield all.slice(at, at + numbersPerStatement)
}
