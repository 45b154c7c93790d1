import { sql } from 'kysely'
import type { NoticeType } from '#modules/notices/notice-types.ts'
import { newId } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'

export type NoticeRow = {
  id: string
  type: NoticeType
  level: 'act' | 'know' | 'digest'
  facts: Record<string, string | number>
  href: string
  at: Date
  /** In microseconds, as the order has it. */
  place: string
  readAt: Date | null
}
type NewRow = Pick<NoticeRow, 'type' | 'level' | 'facts' | 'href'> & { key: string; now: number }

/** One row a member, but for those who switched the type off or have it already. */
export async function insertNotices(
  tx: Tx,
  workspace: number,
  members: readonly string[],
  notice: NewRow,
): Promise<void> {
  if (members.length === 0) return
  await tx.run(sql`
    insert into notices.notice (id, workspace_id, member_id, type, level, facts, href, key, created_at)
    select m.id, ${workspace}, m.member, ${notice.type}, ${notice.level}, ${JSON.stringify(notice.facts)}::jsonb,
      ${notice.href}, ${notice.key}, ${new Date(notice.now)}
    from unnest(${members.map(() => newId('ntc'))}::text[], ${[...members]}::text[]) as m (id, member)
    where not exists (select from notices.switched_off o
      where o.workspace_id = ${workspace} and o.member_id = m.member and o.type = ${notice.type})
    on conflict (workspace_id, member_id, type, key) where key <> '' do nothing`)
}

export type NoticePage = { unread: boolean; after: { at: string; id: string } | undefined; limit: number }

export const listNotices = (tx: Tx, member: string, { unread, after, limit }: NoticePage) =>
  tx.rows<NoticeRow>(sql`
    select id, type, level, facts, href, created_at as at, read_at as "readAt",
      to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place
    from notices.notice where workspace_id = ${tx.workspace} and member_id = ${member}
      ${unread ? sql`and read_at is null` : sql``}
      ${after === undefined ? sql`` : sql`and (created_at, id) < (${after.at}::timestamptz, ${after.id}::text)`}
    order by created_at desc, id desc limit ${limit}`)

export async function countUnread(tx: Tx, member: string): Promise<number> {
  const row = await tx.row<{ n: number }>(sql`select count(*) as n from notices.notice
    where workspace_id = ${tx.workspace} and member_id = ${member} and read_at is null and level <> 'digest'`)
  return row?.n ?? 0
}

export const markRead = (tx: Tx, member: string, ids: readonly string[] | undefined, now: number) =>
  tx.run(sql`update notices.notice set read_at = ${new Date(now)}
    where workspace_id = ${tx.workspace} and member_id = ${member} and read_at is null
      ${ids === undefined ? sql`` : sql`and id = any(${[...ids]}::text[])`}`)

export async function switchedOff(tx: Tx, member: string): Promise<Set<string>> {
  const rows = await tx.rows<{ type: string }>(sql`select type from notices.switched_off
    where workspace_id = ${tx.workspace} and member_id = ${member}`)
  return new Set(rows.map((row) => row.type))
}

export const saveSwitch = (tx: Tx, member: string, type: string, on: boolean) =>
  tx.run(
    on
      ? sql`delete from notices.switched_off
          where workspace_id = ${tx.workspace} and member_id = ${member} and type = ${type}`
      : sql`insert into notices.switched_off (workspace_id, member_id, type)
          values (${tx.workspace}, ${member}, ${type}) on conflict do nothing`,
  )

/** Over all workspaces; answers how many were forgotten. */
export const forgetNotices = (tx: Tx, before: number, most: number) =>
  tx.run(sql`delete from notices.notice where id in (
    select id from notices.notice where created_at < ${new Date(before)} limit ${most})`)
