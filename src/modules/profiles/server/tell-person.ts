import { sql } from 'kysely'
import type { Interval } from '#modules/profiles/identity/known.ts'
import type { Identifier } from '#modules/profiles/identity/observation.ts'
import { loadDecisions } from '#modules/profiles/server/list-decisions.ts'
import { eventsOfPerson, type PersonUnits, unitsOfPerson } from '#modules/profiles/server/person-events.ts'
import { presentPerson } from '#modules/profiles/server/present-people.ts'
import type { ReadDeps } from '#modules/profiles/server/profile-deps.ts'
import { byHand, loadTraits } from '#modules/profiles/server/unit-traits.ts'
import { unitsOfPeople } from '#modules/profiles/server/units-of-people.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Everything this module and the log know of a person, to be handed out: sections by name, then events one by one. */
export type PersonRecord = {
  /** Condition on a ClickHouse table with `ws`, `unit` and `time`. */
  theirs: string
  sections: Record<string, unknown>
  events(): AsyncGenerator<unknown>
}

type Row = Identifier & { unit: number; person: number; first: number; intervals: Interval[] }
type EventRow = {
  ms: number
  message_id: string
  seq: number
  idx: number
  event: string
  type: string
  properties: string
  context: string
  received: number
  user_id: string
  anonymous_id: string
}

// With properties and context some MB at most.
const eventsPerPage = 1000

export async function tellPerson(deps: ReadDeps, ctx: WorkspaceCtx, person: number): Promise<PersonRecord> {
  // For the person themselves: whoever may ask for it gets all of it.
  const { name, firstSeen, lastSeen, id } = await presentPerson(deps, { ...ctx, sight: 'full' }, person)
  const known = await deps.database.read(ctx, async (tx) => {
    const rows = await identifiersOf(tx, person)
    const all = rows.map((row) => row.unit)
    return {
      units: await unitsOfPerson(tx, person),
      identifiers: rows.map((row) => presentIdentifier(row, person)),
      attributes: await valuesOf(tx, rows, person),
      tags: await tagsOf(tx, all),
      decisions: await loadDecisions(tx, all, ctx.language),
    }
  })
  const { units, ...sections } = known
  return {
    theirs: eventsOfPerson(deps.personOf, units),
    sections: { profile: { id, name, firstSeen, lastSeen }, ...sections },
    events: () => eventsOf(deps, ctx, units),
  }
}

const identifiersOf = (tx: Tx, person: number): Promise<Row[]> =>
  tx.rows<Row>(sql`
    select unit, kind, value, person, first_time as first, intervals from profiles.identifier
    where workspace_id = ${tx.workspace} and unit = any(${unitsOfPeople(tx.workspace, [person])})
    order by first_time, unit`)

/** Since when it is known; of a shared device only when it was theirs, and not whose else. */
function presentIdentifier({ kind, value, first, intervals }: Row, person: number) {
  const theirs = intervals.filter((one) => one.person === person)
  return {
    kind,
    value,
    firstSeen: stamp(first),
    ...(intervals.length > 1
      ? { periods: theirs.map(({ from, to }) => ({ from: stamp(from), to: stamp(to) })) }
      : {}),
  }
}

const stamp = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())

/** Every value that is kept, also those a later one has replaced; `messageId` names the event that told it. */
async function valuesOf(tx: Tx, rows: readonly Row[], person: number) {
  const traits = await loadTraits(
    tx,
    tx.workspace,
    rows.map((row) => row.unit),
  )
  const values = rows.flatMap((row) =>
    Object.entries(traits.get(row.unit) ?? {}).flatMap(([name, all]) =>
      all
        .filter(([, time]) => isTheirs(row, person, time))
        .map(([value, time, messageId]) => ({
          name,
          value,
          time: new Date(time).toISOString(),
          source: messageId === byHand ? 'set by hand' : 'event',
          messageId: messageId === byHand ? null : messageId,
          identifier: { kind: row.kind, value: row.value },
        })),
    ),
  )
  return values.sort((a, b) => (a.name === b.name ? (a.time < b.time ? 1 : -1) : a.name < b.name ? -1 : 1))
}

function isTheirs({ intervals, person: home }: Row, person: number, time: number): boolean {
  if (intervals.length <= 1) return home === person
  return intervals.some(
    (one) =>
      one.person === person && (one.from === null || one.from <= time) && (one.to === null || time < one.to),
  )
}

async function tagsOf(tx: Tx, units: readonly number[]) {
  const rows = await tx.rows<{ tag: string; at: Date; by: string }>(sql`
    select tag, min(added_at) as at, min(added_by) as by from profiles.unit_tag
    where workspace_id = ${tx.workspace} and unit = any(${units}::bigint[]) group by tag order by tag`)
  return rows.map(({ tag, at, by }) => ({ name: tag, addedAt: at.toISOString(), addedBy: by }))
}

async function* eventsOf(deps: ReadDeps, ctx: WorkspaceCtx, units: PersonUnits): AsyncGenerator<unknown> {
  let after = { time: -1, id: '', seq: 0, idx: 0 }
  for (;;) {
    const rows = await deps.ch.query<EventRow>(
      `SELECT toUnixTimestamp64Milli(time) AS ms, message_id, seq, idx, event, type, properties, context,
         toUnixTimestamp64Milli(received_at) AS received, user_id, anonymous_id
       FROM events WHERE ${eventsOfPerson(deps.personOf, units)}
         AND (toUnixTimestamp64Milli(time), message_id, seq, idx) > ({time:Int64}, {id:String}, {seq:UInt64}, {idx:UInt32})
       ORDER BY time, message_id, seq, idx LIMIT ${eventsPerPage}`,
      { ws: ctx.workspace.num, ...after },
      { signal: ctx.signal },
    )
    yield* rows.map(presentEvent)
    const last = rows.at(-1)
    if (!last || rows.length < eventsPerPage) return
    after = { time: last.ms, id: last.message_id, seq: last.seq, idx: last.idx }
  }
}

const presentEvent = (row: EventRow) => ({
  name: row.event,
  type: row.type,
  time: stamp(row.ms),
  receivedAt: stamp(row.received),
  messageId: row.message_id,
  userId: row.user_id || null,
  anonymousId: row.anonymous_id || null,
  properties: JSON.parse(row.properties) as unknown,
  context: row.context === '' ? {} : (JSON.parse(row.context) as unknown),
})
