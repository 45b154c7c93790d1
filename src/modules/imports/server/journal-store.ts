import { sql } from 'kysely'
import { plainJson } from '#modules/imports/server/import-store.ts'
import type { Identifier } from '#modules/imports/server/mapping/read-row.ts'
import type { Cell, RowFault } from '#modules/imports/server/reading/table-row.ts'
import type { Tx } from '#platform/pg/database.ts'

/** One value a source told: value, time, message id; as profiles keep it. */
export type Told = [value: unknown, time: number, messageId: string]
export type JournalRow = {
  row: number
  /** `kept`: nothing of the person changed; named for its tags only. */
  outcome: 'created' | 'updated' | 'kept'
  key: Identifier
  at: Identifier
  before: Record<string, Told | null>
}
export type KeyedRow = Pick<JournalRow, 'row' | 'key'>
export type FailedRow = { row: number; fault: RowFault; cells: readonly Cell[] }

export async function appendJournal(tx: Tx, id: string, rows: readonly JournalRow[]): Promise<void> {
  if (rows.length === 0) return
  const flat = rows.map(({ row, outcome, key, at, before }) => ({
    ...{ row, outcome, before },
    ...{ key_kind: key.kind, key_value: key.value, at_kind: at.kind, at_value: at.value },
  }))
  await tx.run(sql`
    insert into imports.journal (workspace_id, import_id, row, outcome, key_kind, key_value, at_kind, at_value, before)
    select ${tx.workspace}::int, ${id}::text, row, outcome, key_kind, key_value, at_kind, at_value, before
    from jsonb_to_recordset(${plainJson(flat)}::jsonb) as r (row int, outcome text, key_kind text, key_value text,
      at_kind text, at_value text, before jsonb)
    on conflict do nothing`)
}

export async function appendFailed(tx: Tx, id: string, rows: readonly FailedRow[]): Promise<void> {
  if (rows.length === 0) return
  const flat = rows.map(({ row, fault, cells }) => ({
    row,
    code: fault.code,
    details: fault.details ?? {},
    cells,
  }))
  await tx.run(sql`
    insert into imports.failed_row (workspace_id, import_id, row, code, details, cells)
    select ${tx.workspace}::int, ${id}::text, row, code, details, cells
    from jsonb_to_recordset(${plainJson(flat)}::jsonb) as r (row int, code text, details jsonb, cells jsonb)
    on conflict do nothing`)
}

/** Numbers of the rows that are in the journal, with what became of them. */
export async function readDecided(tx: Tx, id: string): Promise<Map<number, JournalRow['outcome']>> {
  const rows = await tx.rows<{ row: number; outcome: JournalRow['outcome'] }>(sql`
    select row, outcome from imports.journal where workspace_id = ${tx.workspace} and import_id = ${id}`)
  return new Map(rows.map((one) => [one.row, one.outcome]))
}

export type KeptRow = JournalRow & { tags: string[] }

/** The next rows after one, in order; backwards for undoing, because later rows were told later. */
export async function readJournal(tx: Tx, id: string, after: number, limit: number): Promise<KeptRow[]> {
  const rows = await tx.rows<Record<'key_kind' | 'key_value' | 'at_kind' | 'at_value', string> & KeptRow>(sql`
    select row, outcome, key_kind, key_value, at_kind, at_value, before, tags from imports.journal
    where workspace_id = ${tx.workspace} and import_id = ${id} and row > ${after} order by row limit ${limit}`)
  return rows.map(({ row, outcome, before, tags, ...ids }) => ({
    ...{ row, outcome, before, tags },
    key: { kind: ids.key_kind, value: ids.key_value },
    at: { kind: ids.at_kind, value: ids.at_value },
  }))
}

/** Keys of these rows; those whose tags were given are left out. */
export async function keysOfRows(tx: Tx, id: string, rows: readonly number[]): Promise<KeyedRow[]> {
  const found = await tx.rows<{ row: number; kind: string; value: string }>(sql`
    select row, key_kind as kind, key_value as value from imports.journal
    where workspace_id = ${tx.workspace} and import_id = ${id} and row = any(${rows}::int[]) and not tagged order by row`)
  return found.map(({ row, ...key }) => ({ row, key }))
}

/** The next rows after one whose tags were not given yet. */
export async function readUntagged(tx: Tx, id: string, after: number, limit: number): Promise<KeyedRow[]> {
  const found = await tx.rows<{ row: number; kind: string; value: string }>(sql`
    select row, key_kind as kind, key_value as value from imports.journal
    where workspace_id = ${tx.workspace} and import_id = ${id} and row > ${after} and not tagged order by row limit ${limit}`)
  return found.map(({ row, ...key }) => ({ row, key }))
}

/**
 * One statement for all rows that got the same tags, mostly one in all. Not one for all rows joined with the journal: right
 * after the rows were written Postgres knows nothing of their number and compared every one with every other, 2 s for
 * 1,000 rows among 8,000.
 */
export async function noteTags(
  tx: Tx,
  id: string,
  rows: readonly { row: number; tags: string[] }[],
): Promise<void> {
  for (const same of Map.groupBy(rows, ({ tags }) => JSON.stringify(tags.toSorted())).values())
    await tx.run(sql`
      update imports.journal set tagged = true, tags = ${same[0]?.tags ?? []}::text[]
      where workspace_id = ${tx.workspace} and import_id = ${id} and row = any(${same.map((one) => one.row)}::int[])`)
}

export type StoredFailure = {
  row: number
  code: string
  details: Record<string, string | number>
  cells: Cell[]
}

export const readFailed = (tx: Tx, id: string, after: number, limit: number): Promise<StoredFailure[]> =>
  tx.rows<StoredFailure>(sql`
    select row, code, details, cells from imports.failed_row
    where workspace_id = ${tx.workspace} and import_id = ${id} and row > ${after} order by row limit ${limit}`)

/** A dry run that begins again begins with nothing. */
export async function forgetAll(tx: Tx, id: string): Promise<void> {
  await tx.run(sql`delete from imports.failed_row where workspace_id = ${tx.workspace} and import_id = ${id}`)
  await tx.run(sql`delete from imports.journal where workspace_id = ${tx.workspace} and import_id = ${id}`)
}
