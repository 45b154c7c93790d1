import { sql } from 'kysely'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { conflictOf } from '#platform/pg/conflict.ts'
import type { Tx } from '#platform/pg/database.ts'

export type DepartmentRow = {
  id: string
  parent_id: string | null
  name: string
  path: string
  members: number
}

const departments = sql`
  select d.id, d.parent_id, d.name, d.path,
    (select count(*)::int from access.member m
     where m.workspace_id = d.workspace_id and m.department_id = d.id and m.status = 'active') as members
  from access.department d`

/** Parents before children: a path is a prefix of those below it. */
export const listDepartmentRows = (tx: Tx) =>
  tx.rows<DepartmentRow>(sql`${departments} where d.workspace_id = ${tx.workspace} order by d.path`)

/** The department, or `missing`. */
export async function readDepartment(tx: Tx, id: string): Promise<DepartmentRow> {
  const row = await tx.row<DepartmentRow>(
    sql`${departments} where d.workspace_id = ${tx.workspace} and d.id = ${id}`,
  )
  if (!row) throw new AppError('access.department_missing', 'missing', 'There is no such department.')
  return row
}

export async function insertDepartment(
  tx: Tx,
  given: { name: string; parent: DepartmentRow | null; now: number },
): Promise<string> {
  const id = newId('dep')
  await nameIsFree(() =>
    tx.run(sql`
      insert into access.department (workspace_id, id, parent_id, name, path, created_at)
      values (${tx.workspace}, ${id}, ${given.parent?.id ?? null}, ${given.name}, ${`${given.parent?.path ?? '/'}${id}/`},
              ${new Date(given.now)})`),
  )
  return id
}

/** Renames and moves; the paths of everything below follow in the same statement. */
export async function moveDepartment(
  tx: Tx,
  department: DepartmentRow,
  next: { name: string; parent: DepartmentRow | null },
): Promise<void> {
  const path = `${next.parent?.path ?? '/'}${department.id}/`
  await nameIsFree(() =>
    tx.run(sql`
      update access.department set path = ${path} || substr(path, ${department.path.length + 1}),
        name = case when id = ${department.id} then ${next.name} else name end,
        parent_id = case when id = ${department.id} then ${next.parent?.id ?? null}::text else parent_id end
      where workspace_id = ${tx.workspace} and starts_with(path, ${department.path})`),
  )
}

export const deleteDepartmentRow = (tx: Tx, id: string) =>
  tx.run(sql`delete from access.department where workspace_id = ${tx.workspace} and id = ${id}`)

export async function isDepartmentUsed(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.row(sql`
    select 1 from access.department where workspace_id = ${tx.workspace} and parent_id = ${id}
    union all select 1 from access.member where workspace_id = ${tx.workspace} and department_id = ${id} limit 1`)
  return row !== undefined
}

const nameIsFree = conflictOf(
  'department_name',
  (cause) =>
    new AppError('access.department_name_taken', 'conflict', 'There is a department of this name here.', {
      cause,
    }),
)

export const presentDepartment = (row: DepartmentRow) => ({
  id: row.id,
  name: row.name,
  parentId: row.parent_id,
  members: row.members,
})
