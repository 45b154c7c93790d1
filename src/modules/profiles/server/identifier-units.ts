import { sql } from 'kysely'
import type { Identifier } from '#modules/profiles/identity/observation.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Numbers of identifiers in their stored spelling and of the people they are at home with, by `kind:value`. */
export async function identifierUnits(
  tx: Tx,
  ids: readonly Identifier[],
): Promise<Map<string, { unit: number; person: number }>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.rows<Identifier & { unit: number; person: number }>(sql`
    select i.kind, i.value, i.unit, i.person from profiles.identifier i
    join unnest(${ids.map((id) => id.kind)}::text[], ${ids.map((id) => id.value)}::text[]) as w (kind, value)
      on i.kind = w.kind and i.value = w.value
    where i.workspace_id = ${tx.workspace}`)
  return new Map(rows.map(({ kind, value, unit, person }) => [`${kind}:${value}`, { unit, person }]))
}
