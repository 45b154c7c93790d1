import { sql } from 'kysely'
import type { Filters, Tile } from '#modules/dashboards/contract/board.ts'
import type { ActorName } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { conflictOf } from '#platform/pg/conflict.ts'
import type { Tx } from '#platform/pg/database.ts'

export type BoardRow = {
  id: string
  name: string
  folder: string
  description: string
  tiles: Tile[]
  filters: Filters
  owner: string
  created_by: string
  created_by_kind: ActorName['kind']
  version: number
  created_at: Date
  updated_at: Date
  favourite: boolean
}
export type Position = { rank: number; name: string; id: string }

const columns = (
  owner: string,
) => sql`b.id, b.name, b.folder, b.description, b.tiles, b.filters, b.owner, b.created_by,
  b.created_by_kind, b.version, b.created_at, b.updated_at,
  exists (select 1 from dashboards.favourite f
          where f.workspace_id = b.workspace_id and f.board_id = b.id and f.owner = ${owner}) as favourite`

export type Wanted = {
  search?: string | undefined
  /** Also these, whose names are typed so in Latin letters. */
  spelled?: readonly string[] | undefined
  folder?: string | undefined
  mine: boolean
}

export const namedBoards = (tx: Tx): Promise<{ id: string; name: string }[]> =>
  tx.rows<{ id: string; name: string }>(
    sql`select id, name from dashboards.board where workspace_id = ${tx.workspace} and deleted_at is null`,
  )

/** Favourites first, then by name, after the last one seen. */
export const listBoardRows = (
  tx: Tx,
  reader: string,
  { search, spelled = [], folder, mine }: Wanted,
  after: Position | undefined,
  limit: number,
): Promise<BoardRow[]> =>
  tx.rows<BoardRow>(sql`
    select * from (
      select ${columns(reader)} from dashboards.board b
      where b.workspace_id = ${tx.workspace} and b.deleted_at is null
        and (${search ?? null}::text is null or position(lower(${search ?? ''}) in lower(b.name)) > 0
          or b.id = any(${[...spelled]}::text[]))
        and (${folder ?? null}::text is null or b.folder = ${folder ?? ''})
        and (not ${mine} or b.owner = ${reader})
    ) as board
    where ${after?.id ?? null}::text is null
      or (case when favourite then 0 else 1 end, lower(name), id) > (${after?.rank ?? 0}, ${after?.name ?? ''}, ${after?.id ?? ''})
    order by case when favourite then 0 else 1 end, lower(name), id limit ${limit}`)

export const listBoardFolders = async (tx: Tx): Promise<string[]> =>
  (
    await tx.rows<{ folder: string }>(sql`
      select distinct folder from dashboards.board
      where workspace_id = ${tx.workspace} and folder != '' and deleted_at is null order by folder`)
  ).map(({ folder }) => folder)

/** One that is not deleted, or `board.missing`. */
export async function requireBoard(tx: Tx, id: string, reader: string): Promise<BoardRow> {
  const row = await tx.row<BoardRow>(sql`
    select ${columns(reader)} from dashboards.board b
    where b.workspace_id = ${tx.workspace} and b.id = ${id} and b.deleted_at is null`)
  if (!row) throw missing()
  return row
}

/** The same, held until the transaction ends, for a change that builds on what it is. */
export async function holdBoard(tx: Tx, id: string, reader: string): Promise<BoardRow> {
  await tx.run(
    sql`select 1 from dashboards.board where workspace_id = ${tx.workspace} and id = ${id} for update`,
  )
  return requireBoard(tx, id, reader)
}

export type NewBoard = Omit<BoardRow, 'version' | 'created_at' | 'updated_at' | 'favourite'>

export const insertBoard = (tx: Tx, row: NewBoard, now: number): Promise<number> =>
  nameIsFree(() =>
    tx.run(sql`
      insert into dashboards.board
        (id, workspace_id, name, folder, description, tiles, filters, owner, created_by, created_by_kind, created_at, updated_at)
      values (${row.id}, ${tx.workspace}, ${row.name}, ${row.folder}, ${row.description}, ${JSON.stringify(row.tiles)}::jsonb,
        ${JSON.stringify(row.filters)}::jsonb, ${row.owner}, ${row.created_by}, ${row.created_by_kind}, ${new Date(now)},
        ${new Date(now)})`),
  )

/** Answers 0 when it is not the one that was looked at any more. */
export const updateBoard = (
  tx: Tx,
  row: Pick<BoardRow, 'id' | 'version' | 'name' | 'folder' | 'description' | 'tiles' | 'filters'>,
  now: number,
): Promise<number> =>
  nameIsFree(() =>
    tx.run(sql`
      update dashboards.board set name = ${row.name}, folder = ${row.folder}, description = ${row.description},
        tiles = ${JSON.stringify(row.tiles)}::jsonb, filters = ${JSON.stringify(row.filters)}::jsonb,
        version = version + 1, updated_at = ${new Date(now)}
      where workspace_id = ${tx.workspace} and id = ${row.id} and version = ${row.version} and deleted_at is null`),
  )

export const hideBoard = (tx: Tx, id: string, now: number): Promise<number> =>
  tx.run(sql`
    update dashboards.board set deleted_at = ${new Date(now)}
    where workspace_id = ${tx.workspace} and id = ${id} and deleted_at is null`)

export async function showBoard(tx: Tx, id: string): Promise<void> {
  const shown = await nameIsFree(() =>
    tx.run(sql`
      update dashboards.board set deleted_at = null
      where workspace_id = ${tx.workspace} and id = ${id} and deleted_at is not null`),
  )
  if (shown === 0) throw missing()
}

/** Those nobody brought back. */
export const dropHidden = (tx: Tx, before: number): Promise<number> =>
  tx.run(sql`
    delete from dashboards.board where workspace_id = ${tx.workspace} and deleted_at < ${new Date(before)}`)

export const saveFavourite = (tx: Tx, id: string, owner: string, favourite: boolean): Promise<number> =>
  favourite
    ? tx.run(sql`
        insert into dashboards.favourite (workspace_id, board_id, owner) values (${tx.workspace}, ${id}, ${owner})
        on conflict do nothing`)
    : tx.run(sql`
        delete from dashboards.favourite
        where workspace_id = ${tx.workspace} and board_id = ${id} and owner = ${owner}`)

export const boardNames = async (tx: Tx): Promise<string[]> =>
  (
    await tx.rows<{ name: string }>(
      sql`select name from dashboards.board where workspace_id = ${tx.workspace} and deleted_at is null`,
    )
  ).map(({ name }) => name)

const missing = () => new AppError('board.missing', 'missing', 'There is no such board.')

const nameIsFree = conflictOf(
  'board_name',
  (cause) =>
    new AppError('board.name_taken', 'conflict', 'There is a board of this name in this folder already.', {
      cause,
    }),
)
