import type { ClickHouse } from '#platform/ch/client.ts'
import { deleteRows } from '#platform/ch/upkeep.ts'
import type { EventProjection, StoredEvent } from '#slots/event-projection.ts'

type Deps = { ch: ClickHouse; projections: readonly EventProjection[] }

// A statement of some 100 kB.
const keysPerStatement = 5000

/**
 * Makes anew what follows from events, as if those of `gone` (SQL on `events`) were not there, while they still are: what
 * dies in between finds them again, and a repeat changes nothing more. What others had said about the same thing, and
 * may have been replaced long ago, is made of their events.
 */
export async function deriveAnew(deps: Deps, ws: number, gone: string): Promise<void> {
  for (const projection of deps.projections) {
    const keys = new Set<string>()
    for (const table of projection.tables)
      for (const key of await keysOf(deps.ch, ws, table, projection, gone)) keys.add(key)
    for (const some of slices([...keys])) {
      const theirRows = `ws = ${Math.trunc(ws)} AND cityHash64(${projection.shared.column}) IN (${some})`
      for (const table of projection.tables) await deleteRows(deps.ch, table, () => theirRows)
      await shipAnew(deps.ch, ws, projection, some, gone)
    }
  }
  await tellActivityAnew(deps.ch, ws, gone)
}

/** First and last moments cannot be taken apart: they are told anew from what is left. */
async function tellActivityAnew(ch: ClickHouse, ws: number, gone: string): Promise<void> {
  const theirs = (events: string) =>
    `ws = ${Math.trunc(ws)} AND unit IN (SELECT unit FROM ${events} WHERE ${gone})`
  await deleteRows(ch, 'unit_activity', (local) => theirs(local('events'))) // sharded like the events
  await ch.command(
    `INSERT INTO unit_activity (ws, unit, first, last)
     SELECT ws, unit, min(least(time, received_at)), max(least(time, received_at))
     FROM events WHERE ${theirs('events')} AND NOT (${gone}) GROUP BY ws, unit`,
  )
}

/** Hashes, because keys are words of others: what stands in a statement are numbers. Two keys of one hash go together. */
async function keysOf(
  ch: ClickHouse,
  ws: number,
  table: string,
  { shared }: EventProjection,
  gone: string,
): Promise<string[]> {
  const rows = await ch.query<{ key: string }>(
    `SELECT DISTINCT toString(cityHash64(${shared.column})) AS key FROM ${table}
     WHERE ws = {ws:UInt32} AND (unit, toUnixTimestamp64Milli(time)) IN (
       SELECT unit, toUnixTimestamp64Milli(time) FROM events WHERE ${gone})`,
    { ws },
  )
  return rows.map((row) => row.key)
}

async function shipAnew(
  ch: ClickHouse,
  ws: number,
  projection: EventProjection,
  keys: readonly string[],
  gone: string,
): Promise<void> {
  // Not called `time`, which the condition would take for the column's.
  const rows = await ch.query<Omit<StoredEvent, 'time'> & { ms: number }>(
    `SELECT unit, event AS name, type, toUnixTimestamp64Milli(time) AS ms, message_id AS messageId,
       properties AS propertiesText FROM events
     WHERE ws = {ws:UInt32} AND ${projection.shared.mayBeAbout((text) => `cityHash64(${text}) IN (${keys})`)}
       AND NOT (${gone})`,
    { ws },
  )
  const events = rows.map(({ ms, ...row }) => ({ ...row, time: Number(ms) }))
  for (const { table, lines } of projection.project(ws, events)) await ch.insertLines(table, lines)
}

function* slices<T>(all: readonly T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += keysPerStatement) yield all.slice(at, at + keysPerStatement)
}
