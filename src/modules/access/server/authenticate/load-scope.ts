import { sql } from 'kysely'
import type { Membership } from '#modules/access/server/authenticate/load-identity.ts'
import type { DataScope } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

type Place = Pick<Membership, 'num' | 'member_id' | 'department_id' | 'role_scope'>

/** Turns a role's scope into the members and departments whose rows are seen. One's own rows always are. */
export async function loadScope(tx: Tx, place: Place): Promise<DataScope> {
  const mine = { all: false as const, memberIds: [place.member_id], departmentIds: [] as string[] }
  switch (place.role_scope) {
    case 'all':
      return { all: true }
    case 'self':
      return mine
    case 'self_and_subordinates':
      return { ...mine, memberIds: await membersUnder(tx, place) }
    case 'department':
      return { ...mine, departmentIds: place.department_id === null ? [] : [place.department_id] }
    case 'department_tree':
      return { ...mine, departmentIds: await departmentsUnder(tx, place) }
  }
}

// Disabled subordinates count: their customers stay visible until they are handed over.
async function membersUnder(tx: Tx, place: Place): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    with recursive below as (
      select id from access.member where workspace_id = ${place.num} and id = ${place.member_id}
      union
      select m.id from access.member m join below b on m.manager_id = b.id where m.workspace_id = ${place.num})
    select id from below`)
  return rows.map((row) => row.id)
}

async function departmentsUnder(tx: Tx, place: Place): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    select d.id from access.department d
    join access.department top on top.workspace_id = d.workspace_id and starts_with(d.path, top.path)
    where top.workspace_id = ${place.num} and top.id = ${place.department_id}`)
  return rows.map((row) => row.id)
}
