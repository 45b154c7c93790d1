import { hash } from 'node:crypto'
import { sql } from 'kysely'
import type { SavedMapping, SavedSpec } from '#modules/imports/contract.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

export type MappingRow = {
  id: string
  name: string
  columns: string[]
  spec: SavedSpec
  updated_by: string
  updated_at: Date
}

const fields = sql`id, name, columns, spec, updated_by, updated_at`

/** A hash of the set of columns: their order, capitals and blanks around them say nothing. */
export const headerOf = (columns: readonly string[]): string =>
  hash(
    'sha256',
    JSON.stringify([...new Set(columns.map((name) => name.trim().toLowerCase()))].sort()),
    'base64url',
  )

export const listMappingRows = (tx: Tx): Promise<MappingRow[]> =>
  tx.rows<MappingRow>(
    sql`select ${fields} from imports.mapping where workspace_id = ${tx.workspace} order by name`,
  )

/** Those a file with these columns can be read by: saved for the same columns first, then the latest. */
export const mappingsFor = (tx: Tx, columns: readonly string[]): Promise<MappingRow[]> =>
  tx.rows<MappingRow>(sql`
    select ${fields} from imports.mapping where workspace_id = ${tx.workspace}
      and array(select jsonb_object_keys(spec->'columns')) || array[spec->'key'->>'column'] <@ ${columns}::text[]
    order by header = ${headerOf(columns)} desc, updated_at desc, id limit 20`)

export async function readMapping(tx: Tx, id: string): Promise<MappingRow> {
  const row = await tx.row<MappingRow>(sql`
    select ${fields} from imports.mapping where workspace_id = ${tx.workspace} and id = ${id}`)
  if (!row) throw new AppError('import.mapping_missing', 'missing', 'There is no such saved mapping.')
  return row
}

/** Makes or replaces one; false when the name is another's. */
export async function saveMappingRow(tx: Tx, row: MappingRow): Promise<boolean> {
  const touched = await tx.run(sql`
    insert into imports.mapping (id, workspace_id, name, columns, header, spec, updated_by, updated_at)
    select ${row.id}, ${tx.workspace}::int, ${row.name}::text, ${row.columns}::text[], ${headerOf(row.columns)},
      ${JSON.stringify(row.spec)}::jsonb, ${row.updated_by}, ${row.updated_at}::timestamptz
    where not exists (select from imports.mapping where workspace_id = ${tx.workspace} and name = ${row.name} and id <> ${row.id})
    on conflict (id) do update set name = excluded.name, columns = excluded.columns, header = excluded.header,
      spec = excluded.spec, updated_by = excluded.updated_by, updated_at = excluded.updated_at`)
  return touched > 0
}

export const deleteMapping = (tx: Tx, id: string): Promise<number> =>
  tx.run(sql`delete from imports.mapping where workspace_id = ${tx.workspace} and id = ${id}`)

export const presentMapping = (row: MappingRow): SavedMapping => ({
  ...{ id: row.id, name: row.name, columns: row.columns, spec: row.spec },
  ...{ updatedBy: row.updated_by, updatedAt: row.updated_at.toISOString() },
})
