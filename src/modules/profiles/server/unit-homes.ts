import { sql } from 'kysely'
import { createKinds, kindNamed } from '#modules/profiles/identity/kind-rules.ts'
import type { Interval } from '#modules/profiles/identity/known.ts'
import { loadIdentitySettings } from '#modules/profiles/server/identity-settings.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Whose an identifier is, as of this transaction. */
export type UnitHome = {
  kind: string
  value: string
  /** A device belongs to whoever had it at the time. */
  isDevice: boolean
  personAt(time: number): number
}

/** Whose identifiers these are, by their numbers; what is gone is not in it. */
export async function unitHomes(
  tx: Tx,
  workspace: number,
  units: readonly number[],
): Promise<Map<number, UnitHome>> {
  if (units.length === 0) return new Map()
  const kinds = createKinds(await loadIdentitySettings(tx, workspace))
  const rows = await tx.rows<{
    unit: number
    kind: string
    value: string
    person: number
    intervals: Interval[]
  }>(sql`
    select unit, kind, value, person, intervals from profiles.identifier
    where workspace_id = ${workspace} and unit = any(${units}::bigint[])`)
  return new Map(
    rows.map(({ unit, kind, value, person, intervals }) => [
      unit,
      {
        kind,
        value,
        isDevice: kindNamed(kinds, kind).class === 'device',
        personAt: (time) =>
          intervals.length > 1
            ? (intervals.findLast((one) => one.from === null || one.from <= time)?.person ?? person)
            : person,
      },
    ]),
  )
}
