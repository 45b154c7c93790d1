import { sql } from 'kysely'
import type { ActorName } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

export type AnnotationRow = {
  id: string
  day: string
  words: string
  created_by: string
  created_by_kind: ActorName['kind']
  version: number
  created_at: Date
}

const columns = sql`id, day, words, created_by, created_by_kind, version, created_at`

type Days = { from?: string | undefined; to?: string | undefined }

/** By day, after the last one seen. */
export const listRows = (
  tx: Tx,
  { from, to }: Days,
  after: { day: string; id: string } | undefined,
  limit: number,
): Promise<AnnotationRow[]> =>
  tx.rows<AnnotationRow>(sql`
    select ${columns} from analytics.annotation
    where workspace_id = ${tx.workspace} and day >= ${from ?? ''} and day <= ${to ?? '9'}
      and (${after?.id ?? null}::text is null or (day, id) > (${after?.day ?? ''}, ${after?.id ?? ''}))
    order by day, id limit ${limit}`)

/** One, or `annotation.missing`. */
export async function requireRow(tx: Tx, id: string): Promise<AnnotationRow> {
  const row = await tx.row<AnnotationRow>(sql`
    select ${columns} from analytics.annotation where workspace_id = ${tx.workspace} and id = ${id}`)
  if (!row) throw new AppError('annotation.missing', 'missing', 'There is no such annotation.')
  return row
}

export const insertRow = (
  tx: Tx,
  row: Omit<AnnotationRow, 'version' | 'created_at'>,
  now: number,
): Promise<number> =>
  tx.run(sql`
    insert into analytics.annotation (id, workspace_id, day, words, created_by, created_by_kind, created_at, updated_at)
    values (${row.id}, ${tx.workspace}, ${row.day}, ${row.words}, ${row.created_by}, ${row.created_by_kind},
      ${new Date(now)}, ${new Date(now)})`)

/** Answers 0 when it is not the one that was looked at any more. */
export const updateRow = (
  tx: Tx,
  { id, day, words, version }: Pick<AnnotationRow, 'id' | 'day' | 'words' | 'version'>,
  now: number,
): Promise<number> =>
  tx.run(sql`
    update analytics.annotation set day = ${day}, words = ${words}, version = version + 1, updated_at = ${new Date(now)}
    where workspace_id = ${tx.workspace} and id = ${id} and version = ${version}`)

export const deleteRow = (tx: Tx, id: string): Promise<number> =>
  tx.run(sql`delete from analytics.annotation where workspace_id = ${tx.workspace} and id = ${id}`)
