import { sql } from 'kysely'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'

export type TagRow = { id: string; name: string; parent_id: string | null; created_at: Date }

export const listTagRows = (tx: Tx, workspace: number): Promise<TagRow[]> =>
  tx.rows<TagRow>(sql`
    select id, name, parent_id, created_at from tags.tag where workspace_id = ${workspace} order by name`)

/** The tag, or `tag.missing`. */
export async function readTag(tx: Tx, id: string): Promise<TagRow> {
  const row = await tx.row<TagRow>(sql`
    select id, name, parent_id, created_at from tags.tag where workspace_id = ${tx.workspace} and id = ${id}`)
  if (!row) throw new AppError('tag.missing', 'missing', 'There is no such tag.')
  return row
}

export async function findTagNamed(tx: Tx, name: string): Promise<TagRow | undefined> {
  return tx.row<TagRow>(sql`
    select id, name, parent_id, created_at from tags.tag where workspace_id = ${tx.workspace} and name = ${name}`)
}

/** The id of the tag a new place names; null for the top. */
export async function parentNamed(tx: Tx, name: string | null): Promise<string | null> {
  if (name === null) return null
  const parent = await findTagNamed(tx, name)
  if (!parent)
    throw new AppError('tag.parent_missing', 'invalid', 'There is no tag of this name to put it below.')
  return parent.id
}

export async function refuseTakenName(tx: Tx, name: string, but?: string): Promise<void> {
  const known = await findTagNamed(tx, name)
  if (known && known.id !== but)
    throw new AppError('tag.name_taken', 'conflict', 'There is a tag of this name.')
}

export async function insertTag(
  tx: Tx,
  tag: { name: string; parentId: string | null; now: number },
): Promise<TagRow> {
  const row: TagRow = {
    id: newId('tag'),
    name: tag.name,
    parent_id: tag.parentId,
    created_at: new Date(tag.now),
  }
  await tx.run(sql`
    insert into tags.tag (workspace_id, id, name, parent_id, created_at)
    values (${tx.workspace}, ${row.id}, ${row.name}, ${row.parent_id}, ${row.created_at})`)
  return row
}

/** Makes those that do not exist, at the top. */
export async function ensureTags(tx: Tx, names: readonly string[], now: number): Promise<void> {
  if (names.length === 0) return
  const rows = [...new Set(names)].map((name) => ({ id: newId('tag'), name }))
  await tx.run(sql`
    insert into tags.tag (workspace_id, id, name, created_at)
    select ${tx.workspace}::int, id, name, ${new Date(now)}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t (id text, name text)
    on conflict on constraint tag_name do nothing`)
}

export const updateTag = (tx: Tx, tag: TagRow): Promise<number> =>
  tx.run(sql`update tags.tag set name = ${tag.name}, parent_id = ${tag.parent_id}
    where workspace_id = ${tx.workspace} and id = ${tag.id}`)

/** What lay below it moves up to where it lay. */
export async function deleteTagRow(tx: Tx, tag: TagRow): Promise<void> {
  await tx.run(sql`update tags.tag set parent_id = ${tag.parent_id}
    where workspace_id = ${tx.workspace} and parent_id = ${tag.id}`)
  await tx.run(sql`delete from tags.tag where workspace_id = ${tx.workspace} and id = ${tag.id}`)
}
