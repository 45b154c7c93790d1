import { sql } from 'kysely'
import type { Schedule, SourcePlace } from '#modules/imports/source-contract.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

/** How far a database was read: rows with this value that were taken are known by their hashes. */
export type PullState = { value: string; type: 'number' | 'text'; taken: string[] }
export type SourceRow = {
  id: string
  name: string
  place: SourcePlace
  mapping_id: string
  mapping_name: string
  schedule: Schedule
  paused: boolean
  cursor: PullState | null
  next_at: Date | null
  created_by: string
  actor: string
  created_at: Date
}

export const sourceKind = 'imports:source'

const fields = sql`s.id, s.name, s.place, s.mapping_id, m.name as mapping_name, s.schedule, s.paused, s.cursor, s.next_at,
  s.created_by, s.actor, s.created_at`
const table = sql`imports.source s join imports.mapping m on m.id = s.mapping_id and m.workspace_id = s.workspace_id`

export const listSourceRows = (tx: Tx): Promise<SourceRow[]> =>
  tx.rows<SourceRow>(
    sql`select ${fields} from ${table} where s.workspace_id = ${tx.workspace} order by s.name`,
  )

export async function readSource(tx: Tx, id: string, lock = false): Promise<SourceRow> {
  const row = await tx.row<SourceRow>(sql`
    select ${fields} from ${table} where s.workspace_id = ${tx.workspace} and s.id = ${id}
    ${lock ? sql`for update of s` : sql``}`)
  if (!row) throw new AppError('source.missing', 'missing', 'There is no such source.')
  return row
}

export async function saveSource(tx: Tx, row: Omit<SourceRow, 'mapping_name'>): Promise<void> {
  const connection = row.place.kind === 'folder' ? null : row.place.connection
  const touched = await tx.run(sql`
    insert into imports.source (id, workspace_id, name, place, connection_id, mapping_id, schedule, paused, cursor, next_at,
      created_by, actor, created_at)
    select ${row.id}, ${tx.workspace}::int, ${row.name}::text, ${JSON.stringify(row.place)}::jsonb, ${connection}, ${row.mapping_id},
      ${JSON.stringify(row.schedule)}::jsonb, ${row.paused}::boolean, ${row.cursor && JSON.stringify(row.cursor)}::jsonb,
      ${row.next_at}::timestamptz, ${row.created_by}, ${row.actor}, ${row.created_at}::timestamptz
    where not exists (select from imports.source
      where workspace_id = ${tx.workspace} and name = ${row.name} and id <> ${row.id})
    on conflict (id) do update set name = excluded.name, place = excluded.place, connection_id = excluded.connection_id,
      mapping_id = excluded.mapping_id, schedule = excluded.schedule, paused = excluded.paused, cursor = excluded.cursor,
      next_at = excluded.next_at`)
  if (touched === 0)
    throw new AppError('source.name_taken', 'conflict', 'There is a source of this name.', {
      details: { path: '/body/name' },
    })
}

export const saveCursor = (tx: Tx, id: string, cursor: PullState) =>
  tx.run(sql`update imports.source set cursor = ${JSON.stringify(cursor)}::jsonb
    where workspace_id = ${tx.workspace} and id = ${id}`)

export const deleteSource = (tx: Tx, id: string) =>
  tx.run(sql`delete from imports.source where workspace_id = ${tx.workspace} and id = ${id}`)

/** Whether a run of it waits or goes on. */
export async function isRunning(tx: Tx, workspace: number, id: string): Promise<boolean> {
  const row = await tx.row(sql`
    select 1 as one from platform.job where workspace_id = ${workspace} and kind = ${sourceKind} and dedup_key = ${id}
      and state in ('waiting', 'running') limit 1`)
  return row !== undefined
}

export const sourcesUsing = (tx: Tx, mapping: string): Promise<{ name: string }[]> =>
  tx.rows(
    sql`select name from imports.source where workspace_id = ${tx.workspace} and mapping_id = ${mapping} order by name`,
  )

export const sourcesReading = (tx: Tx, connection: string): Promise<{ name: string }[]> =>
  tx.rows(
    sql`select name from imports.source where workspace_id = ${tx.workspace} and connection_id = ${connection} order by name`,
  )

export type DueSource = {
  id: string
  name: string
  workspace: number
  workspace_id: string
  timezone: string
  place: SourcePlace
  schedule: Schedule
}

/** The program's side, over all workspaces: what should run now. */
export const dueSources = (tx: Tx, now: number): Promise<DueSource[]> =>
  tx.rows<DueSource>(sql`
    select s.id, s.name, s.workspace_id as workspace, w.id as workspace_id, w.timezone, s.place, s.schedule
    from imports.source s join platform.workspace w on w.num = s.workspace_id
    where not s.paused and s.next_at <= ${new Date(now)}::timestamptz
    order by s.next_at, s.id limit 50 for update of s skip locked`)

export const setNext = (tx: Tx, id: string, next: Date) =>
  tx.run(sql`update imports.source set next_at = ${next}::timestamptz where id = ${id}`)
