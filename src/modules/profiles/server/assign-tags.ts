import { sql } from 'kysely'
import type { Tx } from '#platform/pg/database.ts'

export type TagChange = { add: readonly string[]; remove: readonly string[]; by: string; at: number }

/** Tags one person in the caller's transaction: added at the root identifier, removed from every one at home. */
export async function assignTags(tx: Tx, person: number, { add, remove, by, at }: TagChange): Promise<void> {
  if (remove.length > 0)
    await tx.run(sql`
      delete from profiles.unit_tag where workspace_id = ${tx.workspace} and tag = any(${remove}::text[]) and unit in (
        select unit from profiles.identifier where workspace_id = ${tx.workspace} and person = ${person})`)
  if (add.length > 0)
    await tx.run(sql`
      insert into profiles.unit_tag (workspace_id, unit, tag, added_at, added_by)
      select distinct ${tx.workspace}::int, ${person}::bigint, tag, ${new Date(at)}::timestamptz, ${by}::text
      from unnest(${add}::text[]) as t (tag)
      on conflict do nothing`)
}

/** Renames a tag (or removes it, `to` null) on up to `limit` identifiers; answers their people, none when done. */
export async function retag(tx: Tx, from: string, to: string | null, limit: number): Promise<number[]> {
  const gone = await tx.rows<{ unit: number; at: Date; by: string }>(sql`
    delete from profiles.unit_tag where workspace_id = ${tx.workspace} and tag = ${from} and unit in (
      select unit from profiles.unit_tag where workspace_id = ${tx.workspace} and tag = ${from} order by unit limit ${limit})
    returning unit, added_at as at, added_by as by`)
  if (to !== null && gone.length > 0)
    await tx.run(sql`
      insert into profiles.unit_tag (workspace_id, unit, tag, added_at, added_by)
      select ${tx.workspace}::int, unit, ${to}::text, at, "by"
      from jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) as r (unit bigint, at timestamptz, "by" text)
      on conflict do nothing`)
  return personsOfUnits(
    tx,
    gone.map((row) => row.unit),
  )
}

/** People who carry any of these tags. */
export async function personsTagged(tx: Tx, tags: readonly string[]): Promise<number[]> {
  const rows = await tx.rows<{ unit: number }>(sql`
    select distinct unit from profiles.unit_tag where workspace_id = ${tx.workspace} and tag = any(${tags}::text[])`)
  return personsOfUnits(
    tx,
    rows.map((row) => row.unit),
  )
}

async function personsOfUnits(tx: Tx, units: readonly number[]): Promise<number[]> {
  if (units.length === 0) return []
  const rows = await tx.rows<{ person: number }>(sql`
    select distinct person from profiles.identifier where workspace_id = ${tx.workspace} and unit = any(${units}::bigint[])`)
  return rows.map((row) => row.person)
}
