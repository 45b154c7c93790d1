import type { Delta } from '#modules/profiles/identity/identity-store.ts'
import { guestsOf } from '#modules/profiles/server/identity-rows.ts'
import { linesOfUnits, rowsOfPeople } from '#modules/profiles/server/rebuild-people.ts'
import type { TraitStore } from '#modules/profiles/server/trait-store.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { PeopleChange, Shipment } from '#slots/people-change.ts'
import type { PersonProjection } from '#slots/person-projection.ts'

type Lives = Required<Pick<PeopleChange, 'created' | 'absorbed'>>

/** What a change of identity means for ClickHouse: whose the units are now, and which people look different. */
export function shipIdentity(
  delta: Delta,
  version: number,
): { persons: Set<number>; units: Set<number>; lives: Lives; shipments: Shipment[] } {
  const persons = new Set<number>()
  for (const { row, before } of delta.identifiers)
    for (const answer of before ? [row, before] : [row]) {
      persons.add(answer.person)
      for (const guest of guestsOf(answer)) persons.add(guest)
    }
  const lines = linesOfUnits(delta.identifiers.map((one) => one.row).filter(pointsElsewhere(delta)), version)
  return {
    persons,
    units: movedUnits(delta),
    lives: livesOf(delta),
    shipments: [
      { table: 'unit_person', lines: lines.unitPerson },
      { table: 'device_owner', lines: lines.deviceOwner },
    ],
  }
}

/** Whose life began or ended: an identifier is somebody's number as long as it answers for itself. */
export function livesOf(delta: Pick<Delta, 'identifiers'>): Lives {
  const created = new Set<number>()
  const absorbed = new Map<number, number>()
  for (const { row, before } of delta.identifiers) {
    const was = before?.person === row.unit
    const is = row.person === row.unit
    if (is && !was && row.seen) created.add(row.unit)
    if (was && !is) absorbed.set(row.unit, row.person)
  }
  return { created, absorbed }
}

/** Units of before that are somebody else's now. */
function movedUnits(delta: Delta): Set<number> {
  const moved = new Set<number>()
  for (const { row, before } of delta.identifiers)
    if (
      before &&
      (row.person !== before.person || JSON.stringify(row.intervals) !== JSON.stringify(before.intervals))
    )
      moved.add(row.unit)
  return moved
}

/** A new identifier that is its own person needs no entry: without one a unit answers for itself. */
function pointsElsewhere(delta: Delta) {
  const isNew = new Set(
    delta.identifiers.filter((one) => one.before === undefined).map((one) => one.row.unit),
  )
  return (row: Delta['identifiers'][number]['row']) =>
    row.person !== row.unit || row.intervals.length > 1 || !isNew.has(row.unit)
}

/** Rows of these people as they are after the changes of this transaction. */
export async function shipPeople(
  tx: Tx,
  workspace: number,
  traits: TraitStore,
  persons: ReadonlySet<number>,
  version: number,
  projections: readonly PersonProjection[],
): Promise<Shipment[]> {
  if (persons.size === 0) return []
  await traits.save(tx)
  return rowsOfPeople(tx, workspace, [...persons], version, projections)
}
