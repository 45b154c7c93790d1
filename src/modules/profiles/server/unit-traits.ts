import { sql } from 'kysely'
import type { Tx } from '#platform/pg/database.ts'

/** One value a source gave: value, event time (ms), message id. */
export type Told = [value: unknown, time: number, messageId: string]
/** Attribute name → what was told, newest first; one entry, or all of them for devices. */
export type UnitTraits = Record<string, Told[]>

/** Values set by hand carry this mark in place of a message id; ties of time go to it. */
export const byHand = '~hand'

/** Adds values; keeps the latest (by time, then message id), or all where ownership depends on time. */
export function tell(traits: UnitTraits, name: string, told: Told, keepAll: boolean): boolean {
  const known = Object.hasOwn(traits, name) ? (traits[name] as Told[]) : []
  if (known.some((one) => one[1] === told[1] && one[2] === told[2])) return false
  if (!keepAll && known[0] && isNewer(known[0], told)) return false
  traits[name] = keepAll ? [...known, told].sort((a, b) => (isNewer(a, b) ? -1 : 1)) : [told]
  return true
}

export function isNewer(a: Told, b: Told): boolean {
  return a[1] > b[1] || (a[1] === b[1] && a[2] > b[2])
}

/** A part of a person: a unit's values, and when they count (a shared device's owner has it for a time only). */
export type Part = { traits: UnitTraits; from: number | null; to: number | null }

/** The person's attributes: of every name the latest value over all its parts; null removes. */
export function combine(parts: readonly Part[]): Record<string, unknown> {
  const latest = new Map<string, Told>()
  for (const { traits, from, to } of parts)
    for (const [name, all] of Object.entries(traits))
      for (const told of all) {
        if ((from !== null && told[1] < from) || (to !== null && told[1] >= to)) continue
        const known = latest.get(name)
        if (!known || isNewer(told, known)) latest.set(name, told)
      }
  const attributes: Record<string, unknown> = Object.create(null)
  for (const [name, [value]] of [...latest].sort(([a], [b]) => (a < b ? -1 : 1)))
    if (value !== null && value !== undefined) attributes[name] = value
  return attributes
}

export async function loadTraits(
  tx: Tx,
  workspace: number,
  units: readonly number[],
): Promise<Map<number, UnitTraits>> {
  if (units.length === 0) return new Map()
  const rows = await tx.rows<{ unit: number; traits: UnitTraits }>(sql`
    select unit, traits from profiles.unit_traits where workspace_id = ${workspace} and unit = any(${units}::bigint[])`)
  return new Map(rows.map((row) => [row.unit, row.traits]))
}

export async function saveTraits(
  tx: Tx,
  workspace: number,
  changed: ReadonlyMap<number, UnitTraits>,
): Promise<void> {
  if (changed.size === 0) return
  const rows = [...changed].map(([unit, traits]) => ({ unit, traits }))
  await tx.run(sql`
    insert into profiles.unit_traits (workspace_id, unit, traits)
    select ${workspace}, unit, traits from jsonb_to_recordset(${jsonText(rows)}::jsonb) as r (unit bigint, traits jsonb)
    on conflict (unit) do update set traits = excluded.traits`)
}

/** jsonb refuses the character U+0000, which phones and broken clients do send; it is dropped, nothing else. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(/(?<!\\)((?:\\\\)*)\\u0000/g, '$1')
}
