import { sql } from 'kysely'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'

export type Validity = { from: Date | null; until: Date | null; days: number | null }
/** What is said of a tag besides its name and place. */
export type TagCare = {
  description: string
  color: string
  owner: string | null
  category: boolean
  valid_from: Date | null
  valid_until: Date | null
  valid_days: number | null
}
export type TagRow = TagCare & {
  id: string
  name: string
  parent_id: string | null
  created_at: Date
  archived_at: Date | null
  /** Former names under which some people still carry it. */
  was: string[]
}

export const unsaid: TagCare = {
  description: '',
  color: '',
  owner: null,
  category: false,
  valid_from: null,
  valid_until: null,
  valid_days: null,
}

const columns = sql`id, name, parent_id, created_at, description, color, owner, category, valid_from, valid_until,
  valid_days, archived_at, was`

export const listTagRows = (tx: Tx, workspace: number): Promise<TagRow[]> =>
  tx.rows<TagRow>(sql`select ${columns} from tags.tag where workspace_id = ${workspace} order by name`)

/** The tag, or `tag.missing`. */
export async function readTag(tx: Tx, id: string): Promise<TagRow> {
  const row = await findTag(tx, id)
  if (!row) throw new AppError('tag.missing', 'missing', 'There is no such tag.')
  return row
}

export const findTag = (tx: Tx, id: string): Promise<TagRow | undefined> =>
  tx.row<TagRow>(sql`select ${columns} from tags.tag where workspace_id = ${tx.workspace} and id = ${id}`)

/** By its name, or one that people still carry it under. */
export async function findTagNamed(tx: Tx, name: string): Promise<TagRow | undefined> {
  return tx.row<TagRow>(sql`
    select ${columns} from tags.tag where workspace_id = ${tx.workspace} and (name = ${name} or ${name} = any(was))
    order by name = ${name} desc limit 1`)
}

export const findTagsNamed = (tx: Tx, names: readonly string[]): Promise<TagRow[]> =>
  tx.rows<TagRow>(sql`
    select ${columns} from tags.tag where workspace_id = ${tx.workspace} and name = any(${names}::text[]) order by name`)

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
  tag: { name: string; parentId: string | null; now: number; care: TagCare },
): Promise<TagRow> {
  const row: TagRow = {
    ...tag.care,
    id: newId('tag'),
    name: tag.name,
    parent_id: tag.parentId,
    created_at: new Date(tag.now),
    archived_at: null,
    was: [],
  }
  await tx.run(sql`
    insert into tags.tag (workspace_id, id, name, parent_id, created_at)
    values (${tx.workspace}, ${row.id}, ${row.name}, ${row.parent_id}, ${row.created_at})`)
  await updateTag(tx, row)
  return row
}

/** Makes those that do not exist, at the top. */
export async function ensureTags(tx: Tx, names: readonly string[], now: number): Promise<void> {
  if (names.length === 0) return
  const rows = [...new Set(names)].map((name) => ({ id: newId('tag'), name }))
  // A name that is just going over to another tag is not made anew: whoever gets it goes over too.
  await tx.run(sql`
    insert into tags.tag (workspace_id, id, name, created_at)
    select ${tx.workspace}::int, id, name, ${new Date(now)}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t (id text, name text)
    where not exists (select from tags.tag o where o.workspace_id = ${tx.workspace} and t.name = any(o.was))
    on conflict on constraint tag_name do nothing`)
}

export const updateTag = (tx: Tx, tag: TagRow): Promise<number> =>
  tx.run(sql`
    update tags.tag set name = ${tag.name}, parent_id = ${tag.parent_id}, description = ${tag.description},
      color = ${tag.color}, owner = ${tag.owner}, category = ${tag.category}, valid_from = ${tag.valid_from}::timestamptz,
      valid_until = ${tag.valid_until}::timestamptz, valid_days = ${tag.valid_days}::int, archived_at = ${tag.archived_at}::timestamptz,
      was = ${tag.was}::text[]
    where workspace_id = ${tx.workspace} and id = ${tag.id}`)

/** What lay below it moves up to where it lay, or below another. */
export async function deleteTagRow(tx: Tx, tag: TagRow, heir = tag.parent_id): Promise<void> {
  await tx.run(sql`update tags.tag set parent_id = ${heir}
    where workspace_id = ${tx.workspace} and parent_id = ${tag.id}`)
  await tx.run(sql`delete from tags.tag where workspace_id = ${tx.workspace} and id = ${tag.id}`)
}

/** Names of members, those who left too. */
export async function memberNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; name: string }>(sql`
    select id, name from read.member where workspace_id = ${tx.workspace} and id = any(${ids}::text[])`)
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** `tag.owner_missing` unless somebody who works here now. */
export async function requireOwner(tx: Tx, id: string | null): Promise<void> {
  if (id === null) return
  const known = await tx.row(sql`
    select from read.member where workspace_id = ${tx.workspace} and id = ${id} and status = 'active'`)
  if (!known)
    throw new AppError('tag.owner_missing', 'invalid', 'There is no active member with this id.', {
      details: { path: '/body/owner' },
    })
}
