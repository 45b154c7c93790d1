import { eventMonth } from '#modules/collect/server/analytics-schema.ts'
import { deriveAnew } from '#modules/collect/server/derive-anew.ts'
import { laterSights } from '#modules/collect/server/later-sights.ts'
import { dropRemoval, goneSql, type Removal, readRemoval } from '#modules/collect/server/removal.ts'
import { peopleOfUnits, type Recogniser } from '#modules/profiles/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import { deleteRows } from '#platform/ch/upkeep.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Database, Tx } from '#platform/pg/database.ts'
import type { EventProjection } from '#slots/event-projection.ts'
import type { PeopleWriter } from '#slots/people-writer.ts'

export type RemovalDeps = {
  database: Database
  ch: ClickHouse
  recogniser: Recogniser
  projections: readonly EventProjection[]
}
/** Where its steps run: each in a turn of its own, or all in the one that is being taken. */
export type Turns = PeopleWriter & { inTurn<T>(work: () => Promise<T>): Promise<T> }
type Room = Pick<WorkspaceCtx, 'workspace'>

// Their components are folded anew in one transaction.
const unitsPerTurn = 2000

/**
 * Lets ClickHouse and what is known of people follow the log. The events themselves go last, so that whatever was
 * interrupted finds again whom they were about; only then the note goes. Every step may be done twice.
 */
export async function finishRemoval(deps: RemovalDeps, ctx: Room, name: string, turns: Turns): Promise<void> {
  for (;;) {
    const removal = await deps.database.read(ctx, (tx) => readRemoval(tx, name))
    if (!removal) return
    await finishOne(deps, ctx, removal, turns)
  }
}

async function finishOne(deps: RemovalDeps, ctx: Room, removal: Removal, turns: Turns): Promise<void> {
  const ws = ctx.workspace.num
  const gone = goneSql(ws, removal.what)
  await turns.inTurn(() => deriveAnew(deps, ws, gone))
  const later = [...(await laterSights(deps, ctx, gone))]
  for (let at = 0; at < later.length; at += unitsPerTurn) {
    const some = new Map(later.slice(at, at + unitsPerTurn))
    const plan = { persons: [], erased: [], shared: [], staying: [...some.keys()] }
    await turns.write(ctx, async (tx) => ({
      ...(await deps.recogniser.erase(tx, ws, plan, some)),
      result: undefined,
    }))
  }
  const { units, events } = await whatTheyWere(deps.ch, gone)
  for (const months of await monthsOf(deps.ch, gone))
    await turns.inTurn(() => deleteRows(deps.ch, 'events', () => `${gone} AND ${eventMonth} IN (${months})`))
  await turns.write(ctx, async (tx) => {
    await dropRemoval(tx, removal)
    const persons = await personsOf(tx, units)
    return { result: undefined, shipments: [], change: { workspace: ws, persons, events, state: new Set() } }
  })
}

async function whatTheyWere(ch: ClickHouse, gone: string) {
  const units = await ch.query<{ unit: number }>(`SELECT DISTINCT unit FROM events WHERE ${gone}`)
  const names = await ch.query<{ name: string }>(`SELECT DISTINCT event AS name FROM events WHERE ${gone}`)
  return {
    units: units.map((row) => Number(row.unit)),
    events: new Set(names.map((row) => row.name)),
  }
}

// A deletion rewrites the parts it touches, some 200,000 rows a second, and costs half a second for itself.
const rowsPerDeletion = 1_000_000

/** Months with something to delete, in bundles: nobody waits for all of a large one, and not for each of many small ones. */
async function monthsOf(ch: ClickHouse, gone: string): Promise<number[][]> {
  const rows = await ch.query<{ month: number; rows: number }>(
    `SELECT ${eventMonth} AS month, count() AS rows FROM events
     WHERE month IN (SELECT ${eventMonth} FROM events WHERE ${gone}) GROUP BY month ORDER BY month`,
  )
  const bundles: number[][] = []
  let together = Number.POSITIVE_INFINITY
  for (const { month, rows: n } of rows) {
    if (together + n > rowsPerDeletion) {
      bundles.push([])
      together = 0
    }
    bundles.at(-1)?.push(Number(month))
    together += n
  }
  return bundles
}

const unitsPerQuestion = 5000

async function personsOf(tx: Tx, units: readonly number[]): Promise<Set<number>> {
  const persons = new Set<number>()
  for (let at = 0; at < units.length; at += unitsPerQuestion)
    for (const person of await peopleOfUnits(tx, units.slice(at, at + unitsPerQuestion))) persons.add(person)
  return persons
}
