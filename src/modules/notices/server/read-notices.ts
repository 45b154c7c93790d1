import type { z } from 'zod'
import type { Notice, routes } from '#modules/notices/contract.ts'
import { allNoticeTypes, type NoticeType, noticeTypes } from '#modules/notices/notice-types.ts'
import type { NoticeDeps } from '#modules/notices/server/notice-deps.ts'
import {
  countUnread,
  listNotices,
  markRead,
  type NoticeRow,
  saveSwitch,
  switchedOff,
} from '#modules/notices/server/notice-store.ts'
import type { Ctx, WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'

type RequestCtx = Ctx & Partial<WorkspaceCtx>
type Deps = Pick<NoticeDeps, 'database'>

/** The member who asks, in their workspace. Keys act for a member but are nobody to tell. */
function reader(ctx: RequestCtx): { ctx: WorkspaceCtx; member: string } {
  const { workspace, actor } = ctx
  if (!workspace) throw new AppError('access.no_workspace', 'denied', 'Choose a workspace first.')
  if (actor.kind !== 'member')
    throw new AppError('notice.members_only', 'denied', 'Notices are for members who are logged in.')
  return { ctx: { ...ctx, workspace }, member: actor.memberId }
}

export async function listMyNotices(deps: Deps, asked: RequestCtx, query: z.infer<typeof routes.list.query>) {
  const { ctx, member } = reader(asked)
  const key = decodeCursor(query.cursor, ['time', 'text'])
  const after = key && { at: String(key[0]), id: String(key[1]) }
  const rows = await deps.database.read(ctx, (tx) =>
    listNotices(tx, member, { unread: query.unread, after, limit: query.limit + 1 }),
  )
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: page.map(present),
    next: rows.length > query.limit && last ? encodeCursor([last.place, last.id]) : null,
  }
}

const present = ({ id, type, level, facts, href, at, readAt }: NoticeRow): Notice => ({
  id,
  type,
  level,
  facts,
  href,
  at: at.toISOString(),
  readAt: readAt?.toISOString() ?? null,
})

export async function countMyNotices(deps: Deps, asked: RequestCtx) {
  const { ctx, member } = reader(asked)
  return { unread: await deps.database.read(ctx, (tx) => countUnread(tx, member)) }
}

export async function markMyNotices(deps: Deps, asked: RequestCtx, ids: readonly string[] | undefined) {
  const { ctx, member } = reader(asked)
  await deps.database.write(ctx, (tx) => markRead(tx, member, ids, ctx.now))
}

export async function listSwitches(deps: Deps, asked: RequestCtx) {
  const { ctx, member } = reader(asked)
  const off = await deps.database.read(ctx, (tx) => switchedOff(tx, member))
  return { items: allNoticeTypes.map((type) => ({ type, level: noticeTypes[type], on: !off.has(type) })) }
}

export async function switchNotices(deps: Deps, asked: RequestCtx, type: NoticeType, on: boolean) {
  const { ctx, member } = reader(asked)
  await deps.database.write(ctx, (tx) => saveSwitch(tx, member, type, on))
}
