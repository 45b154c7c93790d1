import { sql } from 'kysely'
import type { Tx } from '#platform/pg/database.ts'

/** Attributes of companies that are marked personal, lower case. */
export async function personalCompanyAttributes(tx: Tx): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ name: string }>(sql`
    select name from companies.attribute where workspace_id = ${tx.workspace} and personal`)
  return new Set(rows.map((row) => row.name.toLowerCase()))
}
