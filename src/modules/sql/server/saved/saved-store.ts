import { sql } from 'kysely'
import type { SqlChart } from '#modules/sql/contract.ts'
import type { ActorName } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { conflictOf } from '#platform/pg/conflict.ts'
import type { Tx } from '#platform/pg/database.ts'

export type SavedRow = {
  id: string
  name: string
  folder: string
  description: string
  query: string
  chart: SqlChart
  owner: string
  created_by: string
  created_by_kind: ActorName['kind']
  version: number
  created_at: Date
  updated_at: Date
}

const columns = sql`id, name, folder, description, query, chart, owner, created_by, created_by_kind, version, created_at, updated_at`

/** By name, after the last one seen. */
export const listRows = (
  tx: Tx,
  { search, folder }: { search?: string | undefined; folder?: string | undefined },
  after: { name: string; id: string } | undefined,
  limit: number,
): Promise<SavedRow[]> =>
  tx.rows<SavedRow>(sql`
    select ${columns} from sql.saved_query
    where workspace_id = ${tx.workspace}
      and (${search ?? null}::text is null or position(lower(${search ?? ''}) in lower(name)) > 0)
      and (${folder ?? null}::text is null or folder = ${folder ?? ''})
      and (${after?.id ?? null}::text is null or (lower(name), id) > (${after?.name ?? ''}, ${after?.id ?? ''}))
    order by lower(name), id limit ${limit}`)

export const listFolders = async (tx: Tx): Promise<string[]> =>
  (
    await tx.rows<{ folder: string }>(sql`
      select distinct folder from sql.saved_query where workspace_id = ${tx.workspace} and folder != '' order by folder`)
  ).map(({ folder }) => folder)

/** One, or `query.missing`. */
export async function requireSaved(tx: Tx, id: string): Promise<SavedRow> {
  const row = await tx.row<SavedRow>(
    sql`select ${columns} from sql.saved_query where workspace_id = ${tx.workspace} and id = ${id}`,
  )
  if (!row) throw new AppError('query.missing', 'missing', 'There is no such query.')
  return row
}

export type NewSaved = Omit<SavedRow, 'version' | 'created_at' | 'updated_at'>

export const insertSaved = (tx: Tx, row: NewSaved, now: number): Promise<number> =>
  nameIsFree(() =>
    tx.run(sql`
      insert into sql.saved_query
        (id, workspace_id, name, folder, description, query, chart, owner, created_by, created_by_kind, created_at, updated_at)
      values (${row.id}, ${tx.workspace}, ${row.name}, ${row.folder}, ${row.description}, ${row.query},
        ${JSON.stringify(row.chart)}::jsonb, ${row.owner}, ${row.created_by}, ${row.created_by_kind},
        ${new Date(now)}, ${new Date(now)})`),
  )

/** Answers 0 when it is not the one that was looked at any more. */
export const updateSaved = (
  tx: Tx,
  row: Pick<SavedRow, 'id' | 'name' | 'folder' | 'description' | 'query' | 'chart' | 'version'>,
  now: number,
): Promise<number> =>
  nameIsFree(() =>
    tx.run(sql`
      update sql.saved_query set name = ${row.name}, folder = ${row.folder}, description = ${row.description},
        query = ${row.query}, chart = ${JSON.stringify(row.chart)}::jsonb, version = version + 1, updated_at = ${new Date(now)}
      where workspace_id = ${tx.workspace} and id = ${row.id} and version = ${row.version}`),
  )

export const deleteSaved = (tx: Tx, id: string): Promise<number> =>
  tx.run(sql`delete from sql.saved_query where workspace_id = ${tx.workspace} and id = ${id}`)

const nameIsFree = conflictOf(
  'saved_query_name',
  (cause) =>
    new AppError('query.name_taken', 'conflict', 'There is a query of this name in this folder already.', {
      cause,
    }),
)
