import { sql } from 'kysely'
import type { Interval } from '#modules/profiles/identity/known.ts'
import type { Identifier } from '#modules/profiles/identity/observation.ts'
import { loadMarks } from '#modules/profiles/server/attributes/attribute-marks.ts'
import { isInBin } from '#modules/profiles/server/bin/trash-store.ts'
import { loadIdentitySettings } from '#modules/profiles/server/identity-settings.ts'
import { maskOf } from '#modules/profiles/server/masking/load-mask.ts'
import { latestOwner, ownersOf, type PersonOwner } from '#modules/profiles/server/owner-store.ts'
import {
  deviceOwnerLine,
  goneLine,
  type LineSettings,
  personLine,
  unitPersonLine,
} from '#modules/profiles/server/person-lines.ts'
import { combine, loadTraits, type Part } from '#modules/profiles/server/unit-traits.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { Shipment } from '#slots/people-change.ts'
import type { PersonProjection } from '#slots/person-projection.ts'

export type UnitRow = { unit: number; person: number; intervals: Interval[] }

/** Lines for `unit_person` and `device_owner` of these units; unknown units answer for themselves. */
export async function rowsOfUnits(tx: Tx, units: readonly number[], version: number) {
  const rows = await tx.rows<UnitRow>(sql`
    select unit, person, intervals from profiles.identifier where unit = any(${units}::bigint[])`)
  const known = new Set(rows.map((row) => row.unit))
  const unknown = units
    .filter((unit) => !known.has(unit))
    .map((unit) => ({ unit, person: unit, intervals: [] }))
  return linesOfUnits([...rows, ...unknown], version)
}

/** A device of several logins points to its owners by time; everything else straight to its person. */
export function linesOfUnits(rows: readonly UnitRow[], version: number) {
  const shared = (row: UnitRow) => row.intervals.length > 1
  return {
    unitPerson: rows.map((row) => unitPersonLine(row.unit, shared(row) ? 0 : row.person, version)).join(''),
    deviceOwner: rows
      .filter(shared)
      .map((row) => deviceOwnerLine(row.unit, row.intervals, version))
      .join(''),
  }
}

export type PersonFacts = {
  person: number
  identifiers: (Identifier & { unit: number })[]
  attributes: Record<string, unknown>
  tags: string[]
  owner: PersonOwner | null
  firstSeen: number
  /** Of all identifiers, shown or not: at home, and devices and contacts shared with others. */
  units: number[]
  /** Of those, the ones at home. */
  home: number[]
}

type MemberRow = Identifier & {
  unit: number
  /** Of an identifier that was put into the recycle bin. */
  upto: number | null
  owner: number
  person: number
  first: number
  seen: boolean
}

/**
 * People as Postgres knows them now: identifiers (shared ones too), combined attributes, tags, owner. Who is in the
 * recycle bin is nobody here, and so in no list, count, segment or look-up; `inBinToo` is for those who show the bin.
 */
export async function readPeople(
  tx: Tx,
  workspace: number,
  persons: readonly number[],
  { inBinToo = false } = {},
): Promise<Map<number, PersonFacts>> {
  if (persons.length === 0) return new Map()
  const members = await readMembers(tx, workspace, persons)
  const units = [...new Set(members.map((row) => row.unit))]
  const traits = await loadTraits(tx, workspace, units)
  const intervals = await loadIntervals(tx, workspace, [...traits.keys()])
  const tags = await loadTags(tx, workspace, units)
  const owners = await ownersOf(tx, workspace, units)
  const people = new Map<number, PersonFacts>()
  for (const [person, rows] of Map.groupBy(members, (row) => row.owner)) {
    const home = rows.filter((row) => row.person === person)
    // Only named by an alias: it answers look-ups and is in no list.
    if (!home.some((row) => row.seen)) continue
    if (!inBinToo && isInBin(home)) continue
    people.set(person, {
      person,
      identifiers: rows
        .filter((row) => row.seen)
        .map(({ kind, value, unit }) => ({ kind, value, unit }))
        .sort(byKind),
      attributes: combine(rows.flatMap((row) => partsOf(row, person, traits.get(row.unit), intervals))),
      tags: [...new Set(home.flatMap((row) => tags.get(row.unit) ?? []))].sort(),
      owner: latestOwner(home.flatMap((row) => owners.get(row.unit) ?? [])),
      firstSeen: home.reduce((first, row) => Math.min(first, row.first), Number.POSITIVE_INFINITY),
      units: rows.map((row) => row.unit),
      home: home.map((row) => row.unit),
    })
  }
  return people
}

/** The attributes these people would have as one. */
export async function combinedAttributes(
  tx: Tx,
  workspace: number,
  persons: readonly number[],
): Promise<Record<string, unknown>> {
  const members = await readMembers(tx, workspace, persons)
  const traits = await loadTraits(
    tx,
    workspace,
    members.map((row) => row.unit),
  )
  const intervals = await loadIntervals(tx, workspace, [...traits.keys()])
  return combine(members.flatMap((row) => partsOf(row, row.owner, traits.get(row.unit), intervals)))
}

/** Every identifier of the people, once per person it belongs to (`owner`). */
async function readMembers(tx: Tx, workspace: number, persons: readonly number[]): Promise<MemberRow[]> {
  return tx.rows<MemberRow>(sql`
    select i.person as owner, i.unit, i.kind, i.value, i.person, i.first_time as first, i.seen, t.upto
    from profiles.identifier i left join profiles.unit_trash t on t.unit = i.unit
    where i.workspace_id = ${workspace} and i.person = any(${persons}::bigint[])
    union all
    select g.person as owner, i.unit, i.kind, i.value, i.person, i.first_time as first, i.seen, null::bigint
    from profiles.identifier_guest g join profiles.identifier i on i.unit = g.unit
    where g.workspace_id = ${workspace} and g.person = any(${persons}::bigint[])
    order by owner, unit`)
}

/** By unit of shared devices: whose they were when. */
type Intervals = ReadonlyMap<number, readonly Interval[]>

/** Once per unit, and of those alone that said something: the tablets of a school are each a guest's of hundreds. */
async function loadIntervals(tx: Tx, workspace: number, units: readonly number[]): Promise<Intervals> {
  if (units.length === 0) return new Map()
  const rows = await tx.rows<{ unit: number; intervals: Interval[] }>(sql`
    select unit, intervals from profiles.identifier
    where workspace_id = ${workspace} and unit = any(${units}::bigint[]) and jsonb_array_length(intervals) > 1`)
  return new Map(rows.map((row) => [row.unit, row.intervals]))
}

function partsOf(
  row: MemberRow,
  person: number,
  traits: Part['traits'] | undefined,
  intervals: Intervals,
): Part[] {
  if (!traits) return []
  const shared = intervals.get(row.unit)
  if (shared)
    return shared.filter((one) => one.person === person).map(({ from, to }) => ({ traits, from, to }))
  return row.person === person ? [{ traits, from: null, to: null }] : []
}

const kindOrder = ['user_id', 'email', 'phone']
const byKind = (a: Identifier, b: Identifier) =>
  rank(a) - rank(b) || (a.kind + a.value < b.kind + b.value ? -1 : 1)
const rank = (id: Identifier) => {
  const at = kindOrder.indexOf(id.kind)
  return at >= 0 ? at : id.kind === 'anonymous_id' ? 99 : 50
}

async function loadTags(tx: Tx, workspace: number, units: readonly number[]): Promise<Map<number, string[]>> {
  const rows = await tx.rows<{ unit: number; tags: string[] }>(sql`
    select unit, array_agg(tag) as tags from profiles.unit_tag
    where workspace_id = ${workspace} and unit = any(${units}::bigint[]) group by unit`)
  return new Map(rows.map((row) => [row.unit, row.tags]))
}

/** What rows of people of a workspace are written with. */
export async function lineSettings(tx: Tx, workspace: number): Promise<LineSettings> {
  const identity = await loadIdentitySettings(tx, workspace)
  const marks = await loadMarks(tx, workspace)
  return { identity, marks, mask: maskOf(identity, marks) }
}

/**
 * Rows of people, and what else is said of them, one shipment a table; a number that is nobody's root any more is marked
 * deleted.
 */
export async function rowsOfPeople(
  tx: Tx,
  workspace: number,
  persons: readonly number[],
  version: number,
  projections: readonly PersonProjection[],
): Promise<Shipment[]> {
  const settings = await lineSettings(tx, workspace)
  const people = await readPeople(tx, workspace, persons)
  const lines = persons
    .map((person) => {
      const state = people.get(person)
      return state ? personLine(workspace, settings, state, version) : goneLine(workspace, person, version)
    })
    .join('')
  const gone = persons.filter((person) => !people.has(person))
  const further = await project(tx, workspace, { here: [...people.values()], gone }, version, projections)
  return [{ table: 'people', lines }, ...further]
}

/** The same for people read from their identifiers: who is nobody in any list needs no row in an empty table. */
export async function rowsOfLivingPeople(
  tx: Tx,
  workspace: number,
  persons: readonly number[],
  version: number,
  projections: readonly PersonProjection[],
): Promise<Shipment[]> {
  const settings = await lineSettings(tx, workspace)
  const here = [...(await readPeople(tx, workspace, persons)).values()]
  const lines = here.map((state) => personLine(workspace, settings, state, version)).join('')
  return [
    { table: 'people', lines },
    ...(await project(tx, workspace, { here, gone: [] }, version, projections)),
  ]
}

async function project(
  tx: Tx,
  workspace: number,
  people: Parameters<PersonProjection['project']>[2],
  version: number,
  projections: readonly PersonProjection[],
): Promise<Shipment[]> {
  const shipments: Shipment[] = []
  for (const one of projections) shipments.push(await one.project(tx, workspace, people, version))
  return shipments
}
