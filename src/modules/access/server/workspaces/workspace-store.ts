import { sql } from 'kysely'
import type { WorkspaceRef } from '#platform/context.ts'
import { newId } from '#platform/ids.ts'
import type { Database, Tx } from '#platform/pg/database.ts'

export type WorkspaceRow = {
  num: number
  id: string
  name: string
  timezone: string
  country: string
  currency: string
  created_at: Date
}
export type NewWorkspaceRow = {
  name: string
  timezone: string
  country: string
  currency: string
  now: number
}

export async function insertWorkspace(tx: Tx, given: NewWorkspaceRow): Promise<WorkspaceRef> {
  const row = await tx.row<WorkspaceRef>(sql`
    insert into platform.workspace (id, name, timezone, country, currency, created_at)
    values (${newId('ws')}, ${given.name}, ${given.timezone}, ${given.country}, ${given.currency}, ${new Date(given.now)})
    returning num, id, timezone`)
  return row as WorkspaceRef
}

export const findWorkspaceRef = (database: Database, id: string): Promise<WorkspaceRef | undefined> =>
  database.system((tx) =>
    tx.row<WorkspaceRef>(sql`select num, id, timezone from platform.workspace where id = ${id}`),
  )

/** The workspace whose wall we stand in. */
export async function readWorkspace(tx: Tx): Promise<WorkspaceRow> {
  return (await tx.row<WorkspaceRow>(
    sql`select * from platform.workspace where num = ${tx.workspace}`,
  )) as WorkspaceRow
}

export async function updateWorkspace(
  tx: Tx,
  change: Partial<Omit<NewWorkspaceRow, 'now'>>,
): Promise<WorkspaceRow> {
  const row = await tx.row<WorkspaceRow>(sql`
    update platform.workspace set name = coalesce(${change.name ?? null}, name),
      timezone = coalesce(${change.timezone ?? null}, timezone), country = coalesce(${change.country ?? null}, country),
      currency = coalesce(${change.currency ?? null}, currency)
    where num = ${tx.workspace} returning *`)
  return row as WorkspaceRow
}

export const presentWorkspace = (row: Omit<WorkspaceRow, 'num'>) => ({
  id: row.id,
  name: row.name,
  timezone: row.timezone,
  country: row.country,
  currency: row.currency,
  createdAt: row.created_at.toISOString(),
})
