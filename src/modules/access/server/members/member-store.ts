import { sql } from 'kysely'
import type { Rights } from '#modules/access/server/members/refuse-escalation.ts'
import { newId } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'

export type MemberRow = {
  id: string
  user_id: string
  name: string
  email: string
  status: 'active' | 'disabled'
  role_id: string
  role_name: string
  role_builtin: string | null
  role_permissions: string[]
  role_scope: Rights['scope']
  department_id: string | null
  department_name: string | null
  manager_id: string | null
  manager_name: string | null
  created_at: Date
}
export type NewMember = {
  userId: string
  name: string
  email: string
  roleId: string
  departmentId: string | null
  now: number
}

/** Adds a member; one who was disabled comes back with the new role and department. Answers the id. */
export async function insertMember(tx: Tx, ws: number, given: NewMember): Promise<string> {
  const row = await tx.row<{ id: string }>(sql`
    insert into access.member (workspace_id, id, user_id, name, email, role_id, department_id, created_at)
    values (${ws}, ${newId('mem')}, ${given.userId}, ${given.name}, ${given.email}, ${given.roleId},
            ${given.departmentId}, ${new Date(given.now)})
    on conflict on constraint member_user do update
      set status = 'active', role_id = excluded.role_id, department_id = excluded.department_id
    returning id`)
  return (row as { id: string }).id
}

const members = sql`
  select m.id, m.user_id, m.name, m.email, m.status, m.role_id, r.name as role_name, r.builtin as role_builtin,
    r.permissions as role_permissions, r.scope as role_scope, m.department_id, d.name as department_name,
    m.manager_id, b.name as manager_name, m.created_at
  from access.member m
  join access.role r on r.workspace_id = m.workspace_id and r.id = m.role_id
  left join access.department d on d.workspace_id = m.workspace_id and d.id = m.department_id
  left join access.member b on b.workspace_id = m.workspace_id and b.id = m.manager_id`

export const readMember = (tx: Tx, id: string) =>
  tx.row<MemberRow>(sql`${members} where m.workspace_id = ${tx.workspace} and m.id = ${id}`)

export const readMemberByEmail = (tx: Tx, email: string) =>
  tx.row<MemberRow>(sql`${members} where m.workspace_id = ${tx.workspace} and m.email = ${email}`)

export type MemberFilter = {
  q?: string | undefined
  status?: string | undefined
  after?: [string, string] | undefined
  limit: number
}

export const listMemberRows = (tx: Tx, filter: MemberFilter) =>
  tx.rows<MemberRow>(sql`${members} where m.workspace_id = ${tx.workspace}
    and (${filter.status ?? null}::text is null or m.status = ${filter.status ?? null})
    and (${filter.q ?? null}::text is null
         or position(lower(${filter.q ?? null}::text) in lower(m.name || ' ' || m.email)) > 0)
    and (${filter.after?.[0] ?? null}::text is null
         or (m.name, m.id) > (${filter.after?.[0] ?? null}::text, ${filter.after?.[1] ?? null}::text))
    order by m.name, m.id limit ${filter.limit}`)

export type MemberChange = Pick<MemberRow, 'role_id' | 'department_id' | 'manager_id' | 'status'>

export const updateMember = (tx: Tx, id: string, next: MemberChange) =>
  tx.run(sql`update access.member set role_id = ${next.role_id}, department_id = ${next.department_id},
    manager_id = ${next.manager_id}, status = ${next.status} where workspace_id = ${tx.workspace} and id = ${id}`)

export async function countActiveOwners(tx: Tx): Promise<number> {
  const row = await tx.row<{ owners: number }>(sql`
    select count(*)::int as owners from access.member m
    join access.role r on r.workspace_id = m.workspace_id and r.id = m.role_id
    where m.workspace_id = ${tx.workspace} and m.status = 'active' and r.builtin = 'owner'`)
  return row?.owners ?? 0
}

/** Whether `manager` is `member` or somebody below them: making them the manager would close a circle. */
export async function isBelow(tx: Tx, member: string, manager: string): Promise<boolean> {
  const row = await tx.row(sql`
    with recursive above as (
      select id, manager_id from access.member where workspace_id = ${tx.workspace} and id = ${manager}
      union
      select m.id, m.manager_id from access.member m join above a on m.id = a.manager_id
      where m.workspace_id = ${tx.workspace})
    select 1 from above where id = ${member}`)
  return row !== undefined
}

export const presentMember = (row: MemberRow) => ({
  id: row.id,
  name: row.name,
  email: row.email,
  status: row.status,
  role: { id: row.role_id, name: row.role_name, builtin: row.role_builtin },
  department: row.department_id === null ? null : { id: row.department_id, name: row.department_name ?? '' },
  manager: row.manager_id === null ? null : { id: row.manager_id, name: row.manager_name ?? '' },
  joinedAt: row.created_at.toISOString(),
})
