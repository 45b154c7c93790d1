import { eraseActivity } from '#modules/collect/server/erase-events.ts'
import { eraseFromLog } from '#modules/collect/server/erase-items.ts'
import type { Moment } from '#modules/collect/server/find-items.ts'
import { findSource, type Place, type Window } from '#modules/collect/server/find-source.ts'
import { type GoneEvent, projectAnew } from '#modules/collect/server/project-anew.ts'
import { firstSights, peopleOfUnits, type Recogniser } from '#modules/profiles/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import { deleteRows } from '#platform/ch/upkeep.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Database, Tx } from '#platform/pg/database.ts'
import type { EventProjection } from '#slots/event-projection.ts'
import type { PeopleWriter } from '#slots/people-writer.ts'

export type TakeBackDeps = {
  database: Database
  ch: ClickHouse
  recogniser: Recogniser
  projections: readonly EventProjection[]
  writer: PeopleWriter
}

/**
 * Takes back everything a source sent, as an erasure takes single events: out of ClickHouse with what follows from
 * them, and out of the log, so that a rebuild leaves them out. Some rows of the log in each turn of the writer; done
 * twice it changes nothing more. Answers how many events went.
 */
export async function takeBackItems(
  deps: TakeBackDeps,
  ctx: WorkspaceCtx,
  of: Window,
  progress: (taken: number) => Promise<void>,
): Promise<number> {
  let taken = 0
  for (let after: number | undefined = 0; after !== undefined; ) {
    const from: number = after
    const { places, next } = await deps.database.read(ctx, (tx) => findSource(tx, of, from))
    if (places.length > 0) taken += await takeBackPlaces(deps, ctx, places)
    await progress(taken)
    after = next
  }
  return taken
}

/** The same for single places of the log. */
export function takeBackPlaces(
  deps: TakeBackDeps,
  ctx: WorkspaceCtx,
  places: readonly Place[],
): Promise<number> {
  return deps.writer.write(ctx, async (tx) => {
    const ws = tx.workspace
    const gone = await readGone(deps.ch, ws, places)
    const units = [...new Set(gone.map((one) => one.unit))]
    await deleteRows(deps.ch, 'events', () => `ws = ${ws} AND ${at(places)}`)
    await projectAnew(deps, ws, gone)
    await eraseActivity(deps, ws, new Set(), new Set(units))
    await eraseFromLog(tx, ws, { rows: rowsOf(places) })
    const earliest = await earliestLeft(deps.ch, ws, units)
    const plan = { persons: [], erased: [], shared: [], staying: units }
    const done = await deps.recogniser.erase(tx, ws, plan, await whereFirst(tx, gone, earliest))
    const persons = await peopleOfUnits(tx, units)
    const change = {
      ...done.change,
      persons: new Set([...done.change.persons, ...persons]),
      events: new Set(gone.map((one) => one.name)),
    }
    return { result: gone.length, change, shipments: done.shipments }
  })
}

/** SQL of the places; numbers only. */
const at = (places: readonly Place[]): string =>
  `seq IN (${places.map((one) => Math.trunc(one.seq))}) AND (${places
    .map(({ seq, first, last }) => `(seq = ${seq} AND idx BETWEEN ${first} AND ${last})`)
    .join(' OR ')})`

const readGone = (ch: ClickHouse, ws: number, places: readonly Place[]): Promise<GoneEvent[]> =>
  ch.query<GoneEvent>(
    `SELECT unit, event AS name, type, toUnixTimestamp64Milli(time) AS time, message_id AS messageId,
       properties AS propertiesText FROM events WHERE ws = {ws:UInt32} AND ${at(places)}`,
    { ws },
  )

function rowsOf(places: readonly Place[]): Map<number, number[]> {
  const rows = new Map<number, number[]>()
  for (const { seq, first, last } of places) {
    const row = rows.get(seq) ?? []
    for (let idx = first; idx <= last; idx++) row.push(idx)
    rows.set(seq, row)
  }
  return rows
}

const unitsPerQuestion = 5000

async function earliestLeft(
  ch: ClickHouse,
  ws: number,
  units: readonly number[],
): Promise<Map<number, Moment>> {
  const found = new Map<number, Moment>()
  for (let from = 0; from < units.length; from += unitsPerQuestion) {
    const some = units.slice(from, from + unitsPerQuestion).map(Math.trunc)
    const rows = await ch.query<{ unit: number; first: [number, string] }>(
      `SELECT unit, min((toUnixTimestamp64Milli(time), message_id)) AS first FROM events
       WHERE ws = {ws:UInt32} AND unit IN (${some}) GROUP BY unit`,
      { ws },
    )
    for (const { unit, first } of rows)
      found.set(Number(unit), { time: Number(first[0]), messageId: first[1] })
  }
  return found
}

/** Of identifiers that were first seen by an event that is gone: by what they were first seen now. */
async function whereFirst(
  tx: Tx,
  gone: readonly GoneEvent[],
  earliest: ReadonlyMap<number, Moment>,
): Promise<Map<number, Moment>> {
  const messages = new Set(gone.map((one) => one.messageId))
  const firsts = await firstSights(tx, [...earliest.keys()])
  return new Map([...earliest].filter(([unit]) => messages.has(firsts.get(unit) ?? '')))
}
