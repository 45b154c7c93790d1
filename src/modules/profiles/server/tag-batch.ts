import { sql } from 'kysely'
import { personsOfUnits } from '#modules/profiles/server/assign-tags.ts'
import { noteTags, type TagTrace } from '#modules/profiles/server/tag-history.ts'
import type { Tx } from '#platform/pg/database.ts'

export type BatchCount = { added: number; removed: number }

/** How many tags a batch put on and took off. */
export async function countBatch(tx: Tx, batch: string): Promise<BatchCount> {
  const row = await tx.row<BatchCount>(sql`
    select count(*) filter (where added) as added, count(*) filter (where not added) as removed
    from profiles.tag_history where workspace_id = ${tx.workspace} and batch = ${batch}`)
  return row ?? { added: 0, removed: 0 }
}

/** Names of the tags a batch took off, which an undo puts on again. */
export async function tagsTakenOff(tx: Tx, batch: string): Promise<string[]> {
  const rows = await tx.rows<{ tag: string }>(sql`
    select distinct tag from profiles.tag_history where workspace_id = ${tx.workspace} and batch = ${batch} and not added`)
  return rows.map((row) => row.tag)
}

type Done = { persons: number[]; upTo: number | undefined }

/**
 * Takes back up to `limit` changes of a batch that come after a place, where nothing was changed since: what somebody
 * did to the same tag later stands. Answers the people and the place; undefined when all are done.
 */
export async function undoBatch(
  tx: Tx,
  what: { batch: string; after: number; limit: number },
  trace: TagTrace,
): Promise<Done> {
  const rows = await tx.rows<{ seq: number; unit: number; tag: string; added: boolean; latest: boolean }>(sql`
    select h.seq, h.unit, h.tag, h.added, not exists (
      select from profiles.tag_history l
      where l.workspace_id = h.workspace_id and l.unit = h.unit and l.tag = h.tag and l.seq > h.seq) as latest
    from profiles.tag_history h
    where h.workspace_id = ${tx.workspace} and h.batch = ${what.batch} and h.seq > ${what.after}::bigint
    order by h.seq limit ${what.limit}`)
  const standing = rows.filter((row) => row.latest)
  await takeOff(
    tx,
    standing.filter((row) => row.added),
    trace,
  )
  await putBack(
    tx,
    standing.filter((row) => !row.added),
    trace,
  )
  return { persons: await personsOfUnits(tx, standing), upTo: rows.at(-1)?.seq }
}

type Change = { seq: number; unit: number; tag: string }
const listed = (rows: readonly Change[]) =>
  sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (seq bigint, unit bigint, tag text)`

async function takeOff(tx: Tx, rows: readonly Change[], trace: TagTrace): Promise<void> {
  if (rows.length === 0) return
  await tx.run(sql`
    with changed as (
      delete from profiles.unit_tag u using ${listed(rows)}
      where u.workspace_id = ${tx.workspace} and u.unit = r.unit and u.tag = r.tag returning u.unit, u.tag)
    ${noteTags(tx, trace, false)}`)
}

/** Since when they had had it before counts again, or a tag that holds for some days would begin anew. */
async function putBack(tx: Tx, rows: readonly Change[], trace: TagTrace): Promise<void> {
  if (rows.length === 0) return
  await tx.run(sql`
    with changed as (
      insert into profiles.unit_tag (workspace_id, unit, tag, added_at, added_by)
      select ${tx.workspace}::int, r.unit, r.tag, coalesce((
        select h.at from profiles.tag_history h
        where h.workspace_id = ${tx.workspace} and h.unit = r.unit and h.tag = r.tag and h.added and h.seq < r.seq
        order by h.seq desc limit 1), ${new Date(trace.at)}::timestamptz), ${trace.by}::text
      from ${listed(rows)} where exists (
        select from profiles.identifier i where i.workspace_id = ${tx.workspace} and i.unit = r.unit)
      on conflict do nothing returning unit, tag)
    ${noteTags(tx, trace, true)}`)
}
