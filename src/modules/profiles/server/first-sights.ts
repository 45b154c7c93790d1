import { sql } from 'kysely'
import type { Tx } from '#platform/pg/database.ts'

/** By which message each of these identifiers was first seen. */
export async function firstSights(tx: Tx, units: readonly number[]): Promise<Map<number, string>> {
  const rows = await tx.rows<{ unit: number; message: string }>(sql`
    select unit, first_message_id as message from profiles.identifier
    where workspace_id = ${tx.workspace} and unit = any(${units}::bigint[])`)
  return new Map(rows.map((row) => [row.unit, row.message]))
}

/** The next identifiers, by number, that were first seen by messages whose ids begin alike. */
export async function firstSeenBy(
  tx: Tx,
  source: { prefix: string; after: number; limit: number },
): Promise<number[]> {
  const rows = await tx.rows<{ unit: number }>(sql`
    select unit from profiles.identifier where workspace_id = ${tx.workspace} and unit > ${source.after}
      and starts_with(first_message_id, ${source.prefix}) order by unit limit ${source.limit}`)
  return rows.map((row) => row.unit)
}

/** Whose these identifiers are, at home or for a time. */
export async function peopleOfUnits(tx: Tx, units: readonly number[]): Promise<number[]> {
  const rows = await tx.rows<{ person: number }>(sql`
    select person from profiles.identifier where workspace_id = ${tx.workspace} and unit = any(${units}::bigint[])
    union
    select person from profiles.identifier_guest where workspace_id = ${tx.workspace} and unit = any(${units}::bigint[])`)
  return rows.map((row) => row.person)
}
