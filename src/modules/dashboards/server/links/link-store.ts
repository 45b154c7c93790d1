import { sql } from 'kysely'
import type { Filters } from '#modules/dashboards/contract/board.ts'
import type { ActorName } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

export type LinkRow = {
  id: string
  workspace_id: number
  board_id: string
  board_name: string
  board_deleted: boolean
  member_id: string
  created_by: string
  created_by_kind: ActorName['kind']
  password_hash: string | null
  filters: Filters
  created_at: Date
  expires_at: Date
  revoked_at: Date | null
  last_opened_at: Date | null
  noted_at: Date | null
  opened: number
}
export type Position = { time: string; id: string }

const links = sql`
  select l.id, l.workspace_id, l.board_id, b.name as board_name, b.deleted_at is not null as board_deleted, l.member_id,
    l.created_by, l.created_by_kind, l.password_hash, l.filters, l.created_at, l.expires_at, l.revoked_at, l.last_opened_at,
    l.noted_at, l.opened
  from dashboards.share_link l
  join dashboards.board b on b.workspace_id = l.workspace_id and b.id = l.board_id`

export const listLinkRows = (
  tx: Tx,
  board: string | undefined,
  after: Position | undefined,
  limit: number,
): Promise<LinkRow[]> =>
  tx.rows<LinkRow>(sql`${links}
    where l.workspace_id = ${tx.workspace} and (${board ?? null}::text is null or l.board_id = ${board ?? ''})
      and (${after === undefined} or (l.created_at, l.id) < (${after?.time ?? null}::timestamptz, ${after?.id ?? null}))
    order by l.created_at desc, l.id desc limit ${limit}`)

/** By its id alone: whoever opens it has no workspace. Only for system work. */
export const findLink = (tx: Tx, id: string): Promise<LinkRow | undefined> =>
  tx.row<LinkRow>(sql`${links} where l.id = ${id}`)

export const findLinkHere = (tx: Tx, id: string): Promise<LinkRow | undefined> =>
  tx.row<LinkRow>(sql`${links} where l.workspace_id = ${tx.workspace} and l.id = ${id}`)

export type NewLink = Pick<
  LinkRow,
  | 'id'
  | 'board_id'
  | 'member_id'
  | 'created_by'
  | 'created_by_kind'
  | 'password_hash'
  | 'filters'
  | 'expires_at'
>

export const insertLink = (tx: Tx, row: NewLink, now: number): Promise<number> =>
  tx.run(sql`
    insert into dashboards.share_link
      (id, workspace_id, board_id, member_id, created_by, created_by_kind, password_hash, filters, created_at, expires_at)
    values (${row.id}, ${tx.workspace}, ${row.board_id}, ${row.member_id}, ${row.created_by}, ${row.created_by_kind},
      ${row.password_hash}, ${JSON.stringify(row.filters)}::jsonb, ${new Date(now)}, ${row.expires_at})`)

export const endLink = (tx: Tx, id: string, now: number): Promise<number> =>
  tx.run(sql`
    update dashboards.share_link set revoked_at = ${new Date(now)}
    where workspace_id = ${tx.workspace} and id = ${id} and revoked_at is null`)

export const countOpening = (tx: Tx, id: string, now: number, isNoted: boolean): Promise<number> =>
  tx.run(sql`
    update dashboards.share_link set opened = opened + 1, last_opened_at = ${new Date(now)},
      noted_at = case when ${isNoted} then ${new Date(now)} else noted_at end
    where workspace_id = ${tx.workspace} and id = ${id}`)
