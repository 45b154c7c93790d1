import { sql } from 'kysely'
import type { Tx } from '#platform/pg/database.ts'

/** Names of the workspace's sources by id, revoked ones too. */
export async function loadSourceNames(tx: Tx): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; name: string }>(sql`select id, name from read.source`)
  return new Map(rows.map((row) => [row.id, row.name]))
}
