import { sql } from 'kysely'
import type { Interval } from '#modules/profiles/identity/known.ts'
import { numberList } from '#modules/profiles/server/number-list.ts'
import type { ReadDeps } from '#modules/profiles/server/profile-deps.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Where a person's events are: units that are theirs for ever, and devices that were theirs for a time. */
export type PersonUnits = { person: number; own: number[]; shared: number[] }

type Row = { unit: number; intervals: Interval[] }

export async function unitsOfPerson(tx: Tx, person: number): Promise<PersonUnits> {
  const rows = await tx.rows<Row & { guest: boolean }>(sql`
    select unit, intervals, false as guest from profiles.identifier
    where workspace_id = ${tx.workspace} and person = ${person}
    union all
    select i.unit, i.intervals, true as guest
    from profiles.identifier_guest g join profiles.identifier i on i.unit = g.unit
    where g.workspace_id = ${tx.workspace} and g.person = ${person}`)
  // A contact known of several people carries its events to its home alone.
  const shared = rows.filter(
    (row) => row.intervals.length > 1 && row.intervals.some((one) => one.person === person),
  )
  const own = rows.filter((row) => !row.guest && row.intervals.length <= 1)
  return { person, own: own.map((row) => row.unit), shared: shared.map((row) => row.unit) }
}

/** Condition on `events`: units first, so that the primary key finds them; then whose a shared device was. */
export function eventsOfPerson(personOf: ReadDeps['personOf'], { person, own, shared }: PersonUnits): string {
  const units = `ws = {ws:UInt32} AND unit IN (${numberList([...own, ...shared])})`
  if (shared.length === 0) return units
  return `${units} AND (unit IN (${numberList(own)}) OR ${personOf('unit', 'time')} = ${numberList([person])})`
}

/** What a person did, as against what was said about who they are. */
export const behaviour = `type IN ('track', 'page', 'screen')`
