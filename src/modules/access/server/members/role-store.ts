import { sql } from 'kysely'
import { permissionsOf, type ScopeKind } from '#modules/access/permissions.ts'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { conflictOf } from '#platform/pg/conflict.ts'
import type { Tx } from '#platform/pg/database.ts'

export type RoleRow = {
  id: string
  builtin: string | null
  name: string
  permissions: string[]
  scope: ScopeKind
  members: number
}
export type NewRole = {
  builtin: string | null
  name: string
  permissions: readonly string[]
  scope: ScopeKind
  now: number
}

export async function insertRole(tx: Tx, ws: number, role: NewRole): Promise<string> {
  const id = newId('rol')
  await nameIsFree(() =>
    tx.run(sql`
      insert into access.role (workspace_id, id, builtin, name, permissions, scope, created_at)
      values (${ws}, ${id}, ${role.builtin}, ${role.name}, ${role.permissions}::text[], ${role.scope}, ${new Date(role.now)})`),
  )
  return id
}

const roles = sql`
  select r.id, r.builtin, r.name, r.permissions, r.scope,
    (select count(*)::int from access.member m
     where m.workspace_id = r.workspace_id and m.role_id = r.id and m.status = 'active') as members
  from access.role r`

export const listRoleRows = (tx: Tx) =>
  tx.rows<RoleRow>(
    sql`${roles} where r.workspace_id = ${tx.workspace} order by r.builtin is null, r.created_at, r.name`,
  )

/** The role, or `missing`. */
export async function readRole(tx: Tx, id: string): Promise<RoleRow> {
  const row = await tx.row<RoleRow>(sql`${roles} where r.workspace_id = ${tx.workspace} and r.id = ${id}`)
  if (!row) throw new AppError('access.role_missing', 'missing', 'There is no such role.')
  return row
}

export const updateRole = (tx: Tx, id: string, next: Pick<RoleRow, 'name' | 'permissions' | 'scope'>) =>
  nameIsFree(() =>
    tx.run(sql`update access.role set name = ${next.name}, permissions = ${next.permissions}::text[], scope = ${next.scope}
      where workspace_id = ${tx.workspace} and id = ${id}`),
  )

export const deleteRoleRow = (tx: Tx, id: string) =>
  tx.run(sql`delete from access.role where workspace_id = ${tx.workspace} and id = ${id}`)

/** Members of any status: a disabled one keeps the role for the day they come back. */
export async function isRoleHeld(tx: Tx, id: string): Promise<boolean> {
  return (
    (await tx.row(
      sql`select 1 from access.member where workspace_id = ${tx.workspace} and role_id = ${id} limit 1`,
    )) !== undefined
  )
}

const nameIsFree = conflictOf(
  'role_name',
  (cause) => new AppError('access.role_name_taken', 'conflict', 'There is a role of this name.', { cause }),
)

export const presentRole = (row: RoleRow) => ({
  id: row.id,
  name: row.name,
  builtin: row.builtin,
  permissions: permissionsOf(row),
  scope: row.scope,
  members: row.members,
})
