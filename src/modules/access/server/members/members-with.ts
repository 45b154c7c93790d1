import { sql } from 'kysely'
import { type Permission, permissionsOf } from '#modules/access/permissions.ts'
import type { Tx } from '#platform/pg/database.ts'

type Row = { id: string; builtin: string | null; permissions: string[] }

/** Ids of active members whose role has a permission. Built-in roles take theirs from the code, so rows are asked. */
export async function membersWith(tx: Tx, workspace: number, permission: string): Promise<string[]> {
  const rows = await tx.rows<Row>(sql`
    select m.id, r.builtin, r.permissions from access.member m
    join access.role r on r.workspace_id = m.workspace_id and r.id = m.role_id
    where m.workspace_id = ${workspace} and m.status = 'active'`)
  return rows.filter((row) => permissionsOf(row).includes(permission as Permission)).map((row) => row.id)
}
