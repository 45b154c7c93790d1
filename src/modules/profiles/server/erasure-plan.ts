import { sql } from 'kysely'
import type { Interval } from '#modules/profiles/identity/known.ts'
import { type Identifier, textOf } from '#modules/profiles/identity/observation.ts'
import { guestsOf } from '#modules/profiles/server/identity-rows.ts'
import { loadIdentitySettings } from '#modules/profiles/server/identity-settings.ts'
import { type Call, identifiersOfCall } from '#modules/profiles/server/recognise-calls.ts'
import { stateOfPast, unitsOfPast } from '#modules/profiles/server/units-of-past.ts'
import { unitsOfPeople } from '#modules/profiles/server/units-of-people.ts'
import type { Tx } from '#platform/pg/database.ts'

/** What of identity an erasure takes away. */
export type ErasurePlan = {
  /** Numbers of the people who will be nobody. */
  persons: number[]
  /** Identifiers that go. */
  erased: (Identifier & { unit: number })[]
  /** Devices that others keep, with whose they were when. */
  shared: { unit: number; intervals: Interval[] }[]
  /** Everything else that was ever named together with them. */
  staying: number[]
}

/** Tells which stored and received items are about the people of a plan. */
export type ErasedPeople = {
  units: ReadonlySet<number>
  /** Of these the earliest event that is left must be known. */
  staying: ReadonlySet<number>
  /** Units of stored calls, as they were stamped. */
  unitsOf(tx: Tx, calls: readonly Call[]): Promise<number[]>
  /** Whose a stored call is, of those who go: one of their numbers; undefined when it is somebody else's. */
  whose(unit: number, time: number): number | undefined
  /** The same for calls that were not stored, by the first identifier they name. */
  namedBy(
    call: Pick<Call, 'userId' | 'anonymousId' | 'previousId' | 'externalIds' | 'traits'>,
  ): number | undefined
}

type Row = Identifier & { unit: number; person: number; holders: number[]; intervals: Interval[] }

/**
 * Identifiers of whoever these numbers stand for now (they may have been merged) that are nobody else's; of somebody who
 * has none of their own, all. What several of them share and nobody besides goes with them. By the number given; none
 * of who is gone.
 */
export async function unitsToErase(
  tx: Tx,
  workspace: number,
  persons: readonly number[],
): Promise<Map<number, number[]>> {
  const rows = await tx.rows<Row & { asked: number }>(sql`
    select a.unit as asked, i.unit, i.kind, i.value, i.person, i.holders::float8[] as holders, i.intervals
    from profiles.identifier a join profiles.identifier i on i.workspace_id = a.workspace_id and i.person = a.person
    where a.workspace_id = ${workspace} and a.unit = any(${persons}::bigint[]) order by a.unit, i.unit`)
  const homes = new Map<number, Row[]>()
  const askedOf = new Map<number, number>() // the same person may be asked for by two numbers
  for (const { asked, ...row } of rows) {
    const first = askedOf.get(row.person) ?? asked
    askedOf.set(row.person, first)
    if (first === asked) homes.set(asked, [...(homes.get(asked) ?? []), row])
  }
  const isTheirs = (row: Row) => guestsOf(row).every((guest) => askedOf.has(guest))
  return new Map(
    [...homes].map(([asked, home]) => {
      const own = home.filter(isTheirs)
      return [asked, (own.length > 0 ? own : home).map((row) => row.unit)]
    }),
  )
}

/** Identifiers of the workspace one after the other, some thousands at a time. */
export const identifiersOfWorkspace = (tx: Tx, after: number): Promise<(Identifier & { unit: number })[]> =>
  tx.rows(sql`
    select unit, kind, value from profiles.identifier
    where workspace_id = ${tx.workspace} and unit > ${after} order by unit limit 20000`)

/** What goes together with these identifiers. */
export async function planErasure(tx: Tx, workspace: number, units: readonly number[]): Promise<ErasurePlan> {
  const erased = await tx.rows<Row>(sql`
    select unit, kind, value, person, holders::float8[] as holders, intervals from profiles.identifier
    where workspace_id = ${workspace} and unit = any(${units}::bigint[]) order by unit`)
  const going = new Set(erased.map((row) => row.unit))
  const persons = [...new Set(erased.map((row) => row.person))].filter((person) => going.has(person))
  const shared = await tx.rows<{ unit: number; intervals: Interval[] }>(sql`
    select unit, intervals from profiles.identifier
    where workspace_id = ${workspace} and jsonb_array_length(intervals) > 1 and unit <> all(${[...going]}::bigint[])
      and unit = any(${unitsOfPeople(workspace, persons)}) order by unit`)
  const staying = await tx.rows<{ unit: number }>(sql`
    select unit from profiles.identifier where workspace_id = ${workspace} and unit <> all(${[...going]}::bigint[])
      and component in (
        select component from profiles.identifier
        where workspace_id = ${workspace} and unit = any(${[...going]}::bigint[])) order by unit`)
  return {
    persons,
    erased: erased.map(({ unit, kind, value }) => ({ unit, kind, value })),
    shared,
    staying: staying.map((row) => row.unit),
  }
}

export async function erasedPeople(tx: Tx, workspace: number, plan: ErasurePlan): Promise<ErasedPeople> {
  const settings = await loadIdentitySettings(tx, workspace)
  const state = stateOfPast(settings)
  const units = new Set(plan.erased.map((id) => id.unit))
  const names = new Map(plan.erased.map((id) => [textOf(id), id.unit]))
  const persons = new Set(plan.persons)
  const shared = new Map(plan.shared.map((one) => [one.unit, one.intervals]))
  return {
    units,
    staying: new Set(plan.staying),
    unitsOf: (inTx, calls) => unitsOfPast(inTx, workspace, settings, calls),
    whose: (unit, time) => (units.has(unit) ? unit : whoDuring(shared.get(unit) ?? [], persons, time)),
    namedBy: (call) => {
      const { previousId } = call
      const former =
        previousId === null ? [] : ['user_id', 'anonymous_id'].map((kind) => ({ kind, value: previousId }))
      for (const id of [...identifiersOfCall(state, call), ...former]) {
        const unit = names.get(textOf(id))
        if (unit !== undefined) return unit
      }
      return undefined
    },
  }
}

const whoDuring = (
  intervals: readonly Interval[],
  persons: ReadonlySet<number>,
  time: number,
): number | undefined =>
  intervals.find(
    ({ from, to, person }) =>
      persons.has(person) && (from === null || from <= time) && (to === null || time < to),
  )?.person
