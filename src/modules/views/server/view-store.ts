import { sql } from 'kysely'
import type { ViewList } from '#modules/views/contract.ts'
import type { ActorName } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { conflictOf } from '#platform/pg/conflict.ts'
import type { Tx } from '#platform/pg/database.ts'

export type ViewRow = {
  id: string
  list: ViewList
  name: string
  content: Record<string, unknown>
  shared: boolean
  owner: string
  created_by: string
  created_by_kind: ActorName['kind']
  version: number
  updated_at: Date
  default_of: string[]
}

const columns = sql`v.id, v.list, v.name, v.content, v.shared, v.owner, v.created_by, v.created_by_kind, v.version, v.updated_at,
  array(select d.role_id from views.role_default d
        where d.workspace_id = v.workspace_id and d.view_id = v.id order by d.role_id) as default_of`

/** Shared ones and those of this owner, by name. */
export const listViews = (tx: Tx, list: string, owner: string): Promise<ViewRow[]> =>
  tx.rows<ViewRow>(sql`
    select ${columns} from views.saved_view v
    where v.workspace_id = ${tx.workspace} and v.list = ${list} and (v.shared or v.owner = ${owner})
    order by lower(v.name), v.id`)

/** One the owner sees, or `view.missing`. */
export async function requireView(tx: Tx, id: string, owner: string): Promise<ViewRow> {
  const row = await tx.row<ViewRow>(sql`
    select ${columns} from views.saved_view v
    where v.workspace_id = ${tx.workspace} and v.id = ${id} and (v.shared or v.owner = ${owner})`)
  if (!row) throw new AppError('view.missing', 'missing', 'There is no such view.')
  return row
}

export type NewView = Pick<
  ViewRow,
  'id' | 'list' | 'name' | 'content' | 'shared' | 'owner' | 'created_by' | 'created_by_kind'
>

export const insertView = (tx: Tx, view: NewView, now: number): Promise<number> =>
  nameIsFree(() =>
    tx.run(sql`
      insert into views.saved_view
        (id, workspace_id, list, name, content, shared, owner, created_by, created_by_kind, created_at, updated_at)
      values (${view.id}, ${tx.workspace}, ${view.list}, ${view.name}, ${JSON.stringify(view.content)}::jsonb, ${view.shared},
        ${view.owner}, ${view.created_by}, ${view.created_by_kind}, ${new Date(now)}, ${new Date(now)})`),
  )

/** Answers 0 when the view is not the one that was looked at any more. */
export const updateView = (
  tx: Tx,
  id: string,
  change: Pick<ViewRow, 'version' | 'name' | 'content' | 'shared'>,
  now: number,
): Promise<number> =>
  nameIsFree(() =>
    tx.run(sql`
      update views.saved_view set name = ${change.name}, content = ${JSON.stringify(change.content)}::jsonb,
        shared = ${change.shared}, version = version + 1, updated_at = ${new Date(now)}
      where workspace_id = ${tx.workspace} and id = ${id} and version = ${change.version}`),
  )

export const deleteView = (tx: Tx, id: string): Promise<number> =>
  tx.run(sql`delete from views.saved_view where workspace_id = ${tx.workspace} and id = ${id}`)

/** A view that is no longer shared is nobody's default. */
export const dropDefaults = (tx: Tx, id: string): Promise<number> =>
  tx.run(sql`delete from views.role_default where workspace_id = ${tx.workspace} and view_id = ${id}`)

export async function saveDefault(
  tx: Tx,
  { list, roleId, viewId }: { list: string; roleId: string; viewId: string | null },
): Promise<void> {
  if (viewId === null)
    await tx.run(sql`
      delete from views.role_default
      where workspace_id = ${tx.workspace} and list = ${list} and role_id = ${roleId}`)
  else
    await tx.run(sql`
      insert into views.role_default (workspace_id, list, role_id, view_id)
      values (${tx.workspace}, ${list}, ${roleId}, ${viewId})
      on conflict (workspace_id, list, role_id) do update set view_id = excluded.view_id`)
}

/** What a member's role sees first. */
export async function defaultFor(tx: Tx, list: string, memberId: string): Promise<string | null> {
  const row = await tx.row<{ view_id: string }>(sql`
    select d.view_id from views.role_default d
    join read.member_role m on m.workspace_id = d.workspace_id and m.role_id = d.role_id
    where d.workspace_id = ${tx.workspace} and d.list = ${list} and m.member_id = ${memberId}`)
  return row?.view_id ?? null
}

const nameIsFree = conflictOf(
  'saved_view_name',
  (cause) => new AppError('view.name_taken', 'conflict', 'There is a view of this name already.', { cause }),
)
