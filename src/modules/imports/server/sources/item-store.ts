import { sql } from 'kysely'
import type { ImportState } from '#modules/imports/contract.ts'
import type { PullState } from '#modules/imports/server/sources/source-store.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Something a source found: a file, an object, a bundle of rows. `mark` says whether it is the same as before. */
export type Item = { name: string; mark: string }
export type ItemRow = Item & {
  import_id: string | null
  import_state: ImportState | null
  error: { code: string; message: string } | null
  cursor: PullState | null
}
export type NewItem = Item & {
  source: string
  run: string
  import: string | null
  error: { code: string; message: string } | null
  cursor: PullState | null
  now: number
}

/** Takes it, or takes it again. */
export const takeItem = (tx: Tx, item: NewItem) =>
  tx.run(sql`
    insert into imports.source_item (workspace_id, source_id, name, mark, run_id, import_id, error, cursor, is_open, taken_at)
    values (${tx.workspace}, ${item.source}, ${item.name}, ${item.mark}, ${item.run}, ${item.import},
      ${item.error && JSON.stringify(item.error)}::jsonb, ${item.cursor && JSON.stringify(item.cursor)}::jsonb, true, ${new Date(item.now)})
    on conflict (source_id, name, mark) do update set run_id = excluded.run_id, import_id = excluded.import_id,
      error = excluded.error, cursor = excluded.cursor, is_open = true, taken_at = excluded.taken_at`)

const fields = sql`t.name, t.mark, t.import_id, i.state as import_state, t.error, t.cursor`
const table = sql`imports.source_item t
  left join imports.import i on i.id = t.import_id and i.workspace_id = t.workspace_id`

/** What was taken and not put away yet. */
export const openItems = (tx: Tx, source: string): Promise<ItemRow[]> =>
  tx.rows<ItemRow>(sql`
    select ${fields} from ${table} where t.workspace_id = ${tx.workspace} and t.source_id = ${source} and t.is_open
    order by t.taken_at, t.name`)

export const closeItem = (tx: Tx, source: string, { name, mark }: Item) =>
  tx.run(sql`
    update imports.source_item set is_open = false where workspace_id = ${tx.workspace} and source_id = ${source}
      and name = ${name} and mark = ${mark}`)

/** Marks, of these, under which something was brought in and stands. */
export async function knownMarks(tx: Tx, source: string, marks: readonly string[]): Promise<Set<string>> {
  const rows = await tx.rows<{ mark: string }>(sql`
    select distinct t.mark from ${table} where t.workspace_id = ${tx.workspace} and t.source_id = ${source}
      and t.mark = any(${marks}::text[]) and i.state in ('queued', 'running', 'done')`)
  return new Set(rows.map((row) => row.mark))
}

/** Names with marks, of these names, that were taken whatever became of them. */
export async function knownNames(tx: Tx, source: string, names: readonly string[]): Promise<Set<string>> {
  const rows = await tx.rows<Item>(sql`
    select name, mark from imports.source_item where workspace_id = ${tx.workspace} and source_id = ${source}
      and name = any(${names}::text[])`)
  return new Set(rows.map(({ name, mark }) => keyOf({ name, mark })))
}

export const keyOf = ({ name, mark }: Item): string => JSON.stringify([name, mark])
