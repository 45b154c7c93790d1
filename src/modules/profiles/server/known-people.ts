import { sql } from 'kysely'
import type { Identifier } from '#modules/profiles/identity/observation.ts'
import { combine, loadTraits, type UnitTraits } from '#modules/profiles/server/unit-traits.ts'
import type { Tx } from '#platform/pg/database.ts'

/** What is known of an identifier and of the person it is at home with. */
export type KnownIdentifier = {
  unit: number
  person: number
  /** Values told at this identifier itself. */
  told: UnitTraits
  /** Values of the person, from all identifiers at home with them. */
  attributes: Record<string, unknown>
  /** `kind:value` of all of them. */
  identifiers: ReadonlySet<string>
}

type UnitRow = Identifier & { unit: number; person: number }

/** Of identifiers in their stored spelling, those that are known, by `kind:value`; in three queries for any number. */
export async function knownIdentifiers(
  tx: Tx,
  ids: readonly Identifier[],
): Promise<Map<string, KnownIdentifier>> {
  const found = await unitsNamed(tx, ids)
  if (found.length === 0) return new Map()
  const units = await unitsOfPeople(tx, [...new Set(found.map((row) => row.person))])
  const traits = await loadTraits(
    tx,
    tx.workspace,
    units.map((row) => row.unit),
  )
  const people = new Map(
    [...Map.groupBy(units, (row) => row.person)].map(([person, own]) => [person, personOf(own, traits)]),
  )
  return new Map(
    found.map((row) => [
      nameOf(row),
      {
        unit: row.unit,
        person: row.person,
        told: traits.get(row.unit) ?? {},
        ...(people.get(row.person) ?? { attributes: {}, identifiers: new Set<string>() }),
      },
    ]),
  )
}

/** Whose these identifiers are, by `kind:value`: what `knownIdentifiers` knows without reading any value. */
export const personsNamed = async (tx: Tx, ids: readonly Identifier[]): Promise<Map<string, number>> =>
  new Map((await unitsNamed(tx, ids)).map((row) => [nameOf(row), row.person]))

const nameOf = ({ kind, value }: Identifier) => `${kind}:${value}`

const unitsNamed = (tx: Tx, ids: readonly Identifier[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : tx.rows<UnitRow>(sql`
        select i.unit, i.person, i.kind, i.value from profiles.identifier i
        join unnest(${ids.map((id) => id.kind)}::text[], ${ids.map((id) => id.value)}::text[]) as w (kind, value)
          on i.kind = w.kind and i.value = w.value
        where i.workspace_id = ${tx.workspace}`)

const unitsOfPeople = (tx: Tx, persons: readonly number[]) =>
  tx.rows<UnitRow>(sql`
    select unit, person, kind, value from profiles.identifier
    where workspace_id = ${tx.workspace} and person = any(${persons}::bigint[])`)

function personOf(own: readonly UnitRow[], traits: ReadonlyMap<number, UnitTraits>) {
  const parts = own.map((row) => ({ traits: traits.get(row.unit) ?? {}, from: null, to: null }))
  return { attributes: combine(parts), identifiers: new Set(own.map(nameOf)) }
}
