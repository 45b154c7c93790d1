import { sql } from 'kysely'
import type { Identifier } from '#modules/profiles/identity/observation.ts'
import type { PersonIds } from '#modules/profiles/server/person-id.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Public ids of the people these identifiers are at home with now, by `kind:value`. */
export async function personIdsOf(
  tx: Tx,
  personIds: PersonIds,
  ids: readonly Identifier[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.rows<Identifier & { person: number }>(sql`
    select i.kind, i.value, i.person from profiles.identifier i
    join unnest(${ids.map((id) => id.kind)}::text[], ${ids.map((id) => id.value)}::text[]) as w (kind, value)
      on i.kind = w.kind and i.value = w.value
    where i.workspace_id = ${tx.workspace}`)
  return new Map(rows.map((row) => [`${row.kind}:${row.value}`, personIds.encode(tx.workspace, row.person)]))
}
