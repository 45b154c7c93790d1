import type { z } from 'zod'
import type { BoardLink } from '#modules/dashboards/contract/links.ts'
import type { routes } from '#modules/dashboards/contract.ts'
import { requireBoard } from '#modules/dashboards/server/board-store.ts'
import type { DashboardsDeps } from '#modules/dashboards/server/dashboards-deps.ts'
import {
  endLink,
  findLinkHere,
  insertLink,
  type LinkRow,
  listLinkRows,
} from '#modules/dashboards/server/links/link-store.ts'
import type { LinkSigner } from '#modules/dashboards/server/links/link-token.ts'
import { mayShare } from '#modules/dashboards/server/links/may-share.ts'
import { actorKey, sayActor, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import { newId } from '#platform/ids.ts'

export type LinkDeps = DashboardsDeps & { signer: LinkSigner }
const dayMs = 86_400_000

export async function listLinks(
  deps: LinkDeps,
  ctx: WorkspaceCtx,
  { board, limit, cursor }: z.output<typeof routes.listLinks.query>,
) {
  const key = decodeCursor(cursor, ['time', 'text'])
  const after = key && { time: String(key[0]), id: String(key[1]) }
  const rows = await deps.database.read(ctx, (tx) => listLinkRows(tx, board, after, limit + 1))
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: await presentAll(deps, ctx, page),
    next: rows.length > limit && last ? encodeCursor([last.created_at.toISOString(), last.id]) : null,
  }
}

export async function createLink(
  deps: LinkDeps,
  ctx: WorkspaceCtx,
  board: string,
  { days, password, filters }: z.output<typeof routes.createLink.body>,
): Promise<BoardLink> {
  // Hashing takes a while and a place of few: not within the transaction.
  const hashed = password === undefined ? null : await deps.access.passwords.hash(password)
  const row = await deps.database.write(ctx, async (tx) => {
    const { name } = await requireBoard(tx, board, actorKey(ctx.actor))
    const id = newId('lnk')
    await insertLink(
      tx,
      {
        ...{ id, board_id: board, filters, password_hash: hashed },
        member_id: await deps.access.memberBehind(tx, ctx),
        created_by: ctx.actor.name,
        created_by_kind: ctx.actor.kind,
        expires_at: new Date(ctx.now + days * dayMs),
      },
      ctx.now,
    )
    const details = { board, name, days, password: hashed !== null }
    await deps.audit(tx, ctx, { action: 'board_link.created', subject: id, details })
    return (await findLinkHere(tx, id)) as LinkRow
  })
  return presentLink(deps, ctx, row)
}

export async function revokeLink(deps: LinkDeps, ctx: WorkspaceCtx, id: string): Promise<BoardLink> {
  const row = await deps.database.write(ctx, async (tx) => {
    const ended = await endLink(tx, id, ctx.now)
    const found = await findLinkHere(tx, id)
    if (!found) throw new AppError('board_link.missing', 'missing', 'There is no such link.')
    const details = { board: found.board_id, name: found.board_name }
    if (ended > 0) await deps.audit(tx, ctx, { action: 'board_link.revoked', subject: id, details })
    return found
  })
  return presentLink(deps, ctx, row)
}

async function presentAll(deps: LinkDeps, ctx: WorkspaceCtx, rows: readonly LinkRow[]): Promise<BoardLink[]> {
  const shown: BoardLink[] = []
  for (const row of rows) shown.push(await presentLink(deps, ctx, row))
  return shown
}

async function presentLink(deps: LinkDeps, ctx: WorkspaceCtx, row: LinkRow): Promise<BoardLink> {
  const state = await stateOf(deps, ctx, row)
  const mayTell = state === 'open' && ctx.permissions.has('dashboard:share')
  return {
    id: row.id,
    board: { id: row.board_id, name: row.board_name },
    maker: sayActor({ kind: row.created_by_kind, name: row.created_by }, ctx.language),
    state,
    hasPassword: row.password_hash !== null,
    filters: row.filters,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    lastOpenedAt: row.last_opened_at?.toISOString() ?? null,
    opened: row.opened,
    path: mayTell ? `/shared/${deps.signer.token(row.id, row.expires_at.getTime())}` : null,
  }
}

async function stateOf(deps: LinkDeps, ctx: WorkspaceCtx, row: LinkRow): Promise<BoardLink['state']> {
  if (row.revoked_at) return 'revoked'
  if (row.expires_at.getTime() <= ctx.now) return 'expired'
  if (row.board_deleted) return 'dead'
  return mayShare(await deps.access.standingOf(row.workspace_id, row.member_id)) ? 'open' : 'dead'
}
