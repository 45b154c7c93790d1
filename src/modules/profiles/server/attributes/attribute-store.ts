import { sql } from 'kysely'
import type { AttributeOption, AttributeType, DescribeAttribute } from '#modules/profiles/attribute-shapes.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

export type AttributeRow = {
  name: string
  type: AttributeType
  declared: boolean
  label_zh: string
  label_en: string
  description: string
  options: AttributeOption[]
  refers_to: 'person' | 'company' | null
  personal: boolean
  searchable: boolean
  in_group: string
  archived_at: Date | null
}

const columns = sql`name, type, declared, label_zh, label_en, description, options, refers_to, personal, searchable,
  in_group, archived_at`

/** By group and name. */
export const readAttributes = (tx: Tx): Promise<AttributeRow[]> =>
  tx.rows<AttributeRow>(sql`
    select ${columns} from profiles.attribute where workspace_id = ${tx.workspace} order by in_group, name`)

export const readAttribute = (tx: Tx, name: string): Promise<AttributeRow | undefined> =>
  tx.row<AttributeRow>(sql`
    select ${columns} from profiles.attribute where workspace_id = ${tx.workspace} and name = ${name}`)

export async function requireAttribute(tx: Tx, name: string): Promise<AttributeRow> {
  const row = await readAttribute(tx, name)
  if (!row) throw new AppError('attribute.missing', 'missing', 'There is no attribute of this name.')
  return row
}

/** The row with what was said; what was left out stays. */
export function withSaid(row: AttributeRow, said: DescribeAttribute, now: number): AttributeRow {
  return {
    ...row,
    type: said.type ?? row.type,
    declared: row.declared || said.type !== undefined,
    label_zh: said.labels?.zh ?? row.label_zh,
    label_en: said.labels?.en ?? row.label_en,
    description: said.description ?? row.description,
    options: said.options ?? row.options,
    refers_to: said.refersTo === undefined ? row.refers_to : said.refersTo,
    personal: said.personal ?? row.personal,
    searchable: said.searchable ?? row.searchable,
    in_group: said.group ?? row.in_group,
    archived_at:
      said.archived === undefined
        ? row.archived_at
        : said.archived
          ? (row.archived_at ?? new Date(now))
          : null,
  }
}

export const newAttribute = (name: string): AttributeRow => ({
  name,
  type: 'text',
  declared: false,
  label_zh: '',
  label_en: '',
  description: '',
  options: [],
  refers_to: null,
  personal: false,
  searchable: false,
  in_group: '',
  archived_at: null,
})

export const saveAttribute = (tx: Tx, row: AttributeRow) =>
  tx.run(sql`
    insert into profiles.attribute (workspace_id, ${columns})
    values (${tx.workspace}, ${row.name}, ${row.type}, ${row.declared}, ${row.label_zh}, ${row.label_en},
      ${row.description}, ${JSON.stringify(row.options)}::jsonb, ${row.refers_to}, ${row.personal}, ${row.searchable},
      ${row.in_group}, ${row.archived_at})
    on conflict (workspace_id, name) do update set type = excluded.type, declared = excluded.declared,
      label_zh = excluded.label_zh, label_en = excluded.label_en, description = excluded.description,
      options = excluded.options, refers_to = excluded.refers_to, personal = excluded.personal,
      searchable = excluded.searchable, in_group = excluded.in_group, archived_at = excluded.archived_at,
      updated_at = now()`)

export async function removeAttribute(tx: Tx, name: string): Promise<void> {
  await tx.run(
    sql`delete from profiles.attribute_source where workspace_id = ${tx.workspace} and name = ${name}`,
  )
  await tx.run(sql`delete from profiles.attribute where workspace_id = ${tx.workspace} and name = ${name}`)
}

/** Ids of the sources that told it, first ones first. */
export const readSources = (tx: Tx, name: string): Promise<{ id: string; since: Date }[]> =>
  tx.rows<{ id: string; since: Date }>(sql`
    select source as id, first_at as since from profiles.attribute_source
    where workspace_id = ${tx.workspace} and name = ${name} order by first_at, source`)
