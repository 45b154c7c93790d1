import { sql } from 'kysely'
import { noteTags, type TagTrace } from '#modules/profiles/server/tag-history.ts'
import type { Tx } from '#platform/pg/database.ts'

export type TagChange = TagTrace & { add: readonly string[]; remove: readonly string[] }

/** Tags one person in the caller's transaction: added at the root identifier, removed from every one at home. */
export async function assignTags(
  tx: Tx,
  person: number,
  { add, remove, ...trace }: TagChange,
): Promise<void> {
  if (remove.length > 0)
    await tx.run(sql`
      with changed as (
        delete from profiles.unit_tag where workspace_id = ${tx.workspace} and tag = any(${remove}::text[]) and unit in (
          select unit from profiles.identifier where workspace_id = ${tx.workspace} and person = ${person})
        returning unit, tag)
      ${noteTags(tx, trace, false)}`)
  if (add.length > 0)
    await tx.run(sql`
      with changed as (
        insert into profiles.unit_tag (workspace_id, unit, tag, added_at, added_by)
        select distinct ${tx.workspace}::int, ${person}::bigint, tag, ${new Date(trace.at)}::timestamptz, ${trace.by}::text
        from unnest(${add}::text[]) as t (tag)
        on conflict do nothing returning unit, tag)
      ${noteTags(tx, trace, true)}`)
}

export type PersonTag = { person: number; tag: string }

/** Tags many people at once; answers which of them did not carry which tag before. */
export async function tagMany(
  tx: Tx,
  persons: readonly number[],
  { tags, ...trace }: TagTrace & { tags: readonly string[] },
): Promise<PersonTag[]> {
  if (persons.length === 0 || tags.length === 0) return []
  return tx.rows<PersonTag>(sql`
    with changed as (
      insert into profiles.unit_tag (workspace_id, unit, tag, added_at, added_by)
      select distinct ${tx.workspace}::int, p.person, t.tag, ${new Date(trace.at)}::timestamptz, ${trace.by}::text
      from unnest(${persons}::bigint[]) as p (person) cross join unnest(${tags}::text[]) as t (tag)
      where not exists (
        select from profiles.unit_tag u join profiles.identifier i on i.unit = u.unit and i.workspace_id = u.workspace_id
        where i.workspace_id = ${tx.workspace} and i.person = p.person and u.tag = t.tag)
      on conflict do nothing returning unit, tag)
    ${noteTags(tx, trace, true)} returning unit as person, tag`)
}

/** Removes tags from many people at once, wherever among their identifiers each stands; answers who lost one. */
export async function untagMany(tx: Tx, removals: readonly PersonTag[], trace: TagTrace): Promise<number[]> {
  if (removals.length === 0) return []
  const rows = await tx.rows<{ unit: number }>(sql`
    with changed as (
      delete from profiles.unit_tag u using profiles.identifier i,
        unnest(${removals.map((one) => one.person)}::bigint[], ${removals.map((one) => one.tag)}::text[]) as r (person, tag)
      where u.workspace_id = ${tx.workspace} and i.workspace_id = ${tx.workspace} and i.unit = u.unit
        and i.person = r.person and u.tag = r.tag
      returning u.unit, u.tag)
    ${noteTags(tx, trace, false)} returning unit`)
  return personsOfUnits(tx, rows)
}

/** Takes a tag off up to `limit` identifiers that got it at or before a moment; answers their people, none when done. */
export async function untagOld(
  tx: Tx,
  old: { tag: string; before: number; limit: number },
  trace: TagTrace,
): Promise<number[]> {
  const rows = await tx.rows<{ unit: number }>(sql`
    with changed as (
      delete from profiles.unit_tag where workspace_id = ${tx.workspace} and tag = ${old.tag} and unit in (
        select unit from profiles.unit_tag
        where workspace_id = ${tx.workspace} and tag = ${old.tag} and added_at <= ${new Date(old.before)}::timestamptz
        order by added_at, unit limit ${old.limit})
      returning unit, tag)
    ${noteTags(tx, trace, false)} returning unit`)
  return personsOfUnits(tx, rows)
}

/**
 * Renames a tag on up to `limit` identifiers, or takes it off (`to` null, which `trace` is noted for); answers their
 * people, none when done.
 */
export async function retag(
  tx: Tx,
  from: string,
  to: string | null,
  limit: number,
  trace?: TagTrace,
): Promise<number[]> {
  const gone = await tx.rows<{ unit: number; tag: string; at: Date; by: string }>(sql`
    delete from profiles.unit_tag where workspace_id = ${tx.workspace} and tag = ${from} and unit in (
      select unit from profiles.unit_tag where workspace_id = ${tx.workspace} and tag = ${from} order by unit limit ${limit})
    returning unit, tag, added_at as at, added_by as by`)
  if (to !== null && gone.length > 0)
    await tx.run(sql`
      insert into profiles.unit_tag (workspace_id, unit, tag, added_at, added_by)
      select ${tx.workspace}::int, unit, ${to}::text, at, "by"
      from jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) as r (unit bigint, at timestamptz, "by" text)
      on conflict do nothing`)
  if (to === null && trace && gone.length > 0)
    await tx.run(sql`
      with changed as (
        select unit, tag from jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) as r (unit bigint, tag text))
      ${noteTags(tx, trace, false)}`)
  return personsOfUnits(tx, gone)
}

/** People who carry any of these tags. */
export async function personsTagged(tx: Tx, tags: readonly string[]): Promise<number[]> {
  const rows = await tx.rows<{ unit: number }>(sql`
    select distinct unit from profiles.unit_tag where workspace_id = ${tx.workspace} and tag = any(${tags}::text[])`)
  return personsOfUnits(tx, rows)
}

/** Whose these identifiers are now. */
export async function personsOfUnits(tx: Tx, of: readonly { unit: number }[]): Promise<number[]> {
  if (of.length === 0) return []
  const units = [...new Set(of.map((row) => row.unit))]
  const rows = await tx.rows<{ person: number }>(sql`
    select distinct person from profiles.identifier where workspace_id = ${tx.workspace} and unit = any(${units}::bigint[])`)
  return rows.map((row) => row.person)
}
