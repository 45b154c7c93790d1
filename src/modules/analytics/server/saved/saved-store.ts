import { sql } from 'kysely'
import type { Question } from '#modules/analytics/contract/kinds.ts'
import type { ActorName } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { conflictOf } from '#platform/pg/conflict.ts'
import type { Tx } from '#platform/pg/database.ts'

export type SavedRow = {
  id: string
  name: string
  folder: string
  description: string
  kind: string
  question: Question
  state: Record<string, unknown>
  owner: string
  created_by: string
  created_by_kind: ActorName['kind']
  version: number
  created_at: Date
  updated_at: Date
}

const columns = sql`id, name, folder, description, kind, question, state, owner, created_by, created_by_kind, version,
  created_at, updated_at`

export type Wanted = {
  search?: string | undefined
  folder?: string | undefined
  kind?: string | undefined
  owner?: string | undefined
}

/** By name, after the last one seen. */
export const listRows = (
  tx: Tx,
  { search, folder, kind, owner }: Wanted,
  after: { name: string; id: string } | undefined,
  limit: number,
): Promise<SavedRow[]> =>
  tx.rows<SavedRow>(sql`
    select ${columns} from analytics.saved_analysis
    where workspace_id = ${tx.workspace}
      and (${search ?? null}::text is null or position(lower(${search ?? ''}) in lower(name)) > 0)
      and (${folder ?? null}::text is null or folder = ${folder ?? ''})
      and (${kind ?? null}::text is null or kind = ${kind ?? ''})
      and (${owner ?? null}::text is null or owner = ${owner ?? ''})
      and (${after?.id ?? null}::text is null or (lower(name), id) > (${after?.name ?? ''}, ${after?.id ?? ''}))
    order by lower(name), id limit ${limit}`)

export const listRowsOf = (tx: Tx, ids: readonly string[]): Promise<SavedRow[]> =>
  tx.rows<SavedRow>(sql`
    select ${columns} from analytics.saved_analysis
    where workspace_id = ${tx.workspace} and id = any(${[...ids]}::text[])`)

export const listFolders = async (tx: Tx): Promise<string[]> =>
  (
    await tx.rows<{ folder: string }>(sql`
      select distinct folder from analytics.saved_analysis
      where workspace_id = ${tx.workspace} and folder != '' order by folder`)
  ).map(({ folder }) => folder)

/** One, or `analysis.missing`. */
export async function requireSaved(tx: Tx, id: string): Promise<SavedRow> {
  const row = await tx.row<SavedRow>(sql`
    select ${columns} from analytics.saved_analysis where workspace_id = ${tx.workspace} and id = ${id}`)
  if (!row) throw new AppError('analysis.missing', 'missing', 'There is no such analysis.')
  return row
}

export type NewSaved = Omit<SavedRow, 'version' | 'created_at' | 'updated_at'>

export const insertSaved = (tx: Tx, row: NewSaved, now: number): Promise<number> =>
  nameIsFree(() =>
    tx.run(sql`
      insert into analytics.saved_analysis
        (id, workspace_id, name, folder, description, kind, question, state, owner, created_by, created_by_kind, created_at, updated_at)
      values (${row.id}, ${tx.workspace}, ${row.name}, ${row.folder}, ${row.description}, ${row.kind},
        ${JSON.stringify(row.question)}::jsonb, ${JSON.stringify(row.state)}::jsonb, ${row.owner}, ${row.created_by},
        ${row.created_by_kind}, ${new Date(now)}, ${new Date(now)})`),
  )

/** Answers 0 when it is not the one that was looked at any more. */
export const updateSaved = (
  tx: Tx,
  row: Omit<NewSaved, 'owner' | 'created_by' | 'created_by_kind'> & { version: number },
  now: number,
): Promise<number> =>
  nameIsFree(() =>
    tx.run(sql`
      update analytics.saved_analysis set name = ${row.name}, folder = ${row.folder}, description = ${row.description},
        kind = ${row.kind}, question = ${JSON.stringify(row.question)}::jsonb, state = ${JSON.stringify(row.state)}::jsonb,
        version = version + 1, updated_at = ${new Date(now)}
      where workspace_id = ${tx.workspace} and id = ${row.id} and version = ${row.version}`),
  )

export const deleteSaved = (tx: Tx, id: string): Promise<number> =>
  tx.run(sql`delete from analytics.saved_analysis where workspace_id = ${tx.workspace} and id = ${id}`)

const nameIsFree = conflictOf(
  'saved_analysis_name',
  (cause) =>
    new AppError(
      'analysis.name_taken',
      'conflict',
      'There is an analysis of this name in this folder already.',
      { cause },
    ),
)
