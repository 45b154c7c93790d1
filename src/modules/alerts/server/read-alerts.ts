import { sql } from 'kysely'
import type { z } from 'zod'
import type { Alert, alertRoutes } from '#modules/alerts/contract/alert.ts'
import { listAlertRows, requireAlert } from '#modules/alerts/server/alert-store.ts'
import type { AlertsDeps } from '#modules/alerts/server/alerts-deps.ts'
import { listEvaluationRows } from '#modules/alerts/server/evaluation-store.ts'
import { placesOf } from '#modules/alerts/server/places.ts'
import { presentAlerts, presentEvaluation } from '#modules/alerts/server/present-alert.ts'
import { readerOf } from '#modules/alerts/server/reader.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'

export function listAlerts(
  deps: AlertsDeps,
  ctx: WorkspaceCtx,
  { limit, cursor, ...wanted }: z.output<typeof alertRoutes.list.query>,
) {
  const key = decodeCursor(cursor, ['text', 'text'])
  const after = key && { name: String(key[0]), id: String(key[1]) }
  return deps.database.read(ctx, async (tx) => {
    const reader = await readerOf(deps, tx, ctx)
    const rows = await listAlertRows(tx, reader, { ...wanted, now: ctx.now }, after, limit + 1)
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      items: await presentAlerts(deps, tx, ctx, page),
      next: rows.length > limit && last ? encodeCursor([last.name.toLowerCase(), last.id]) : null,
    }
  })
}

export const getAlert = (deps: AlertsDeps, ctx: WorkspaceCtx, id: string): Promise<Alert> =>
  deps.database.read(ctx, async (tx) => {
    const row = await requireAlert(tx, id, await readerOf(deps, tx, ctx))
    const [shown] = await presentAlerts(deps, tx, ctx, [row])
    return shown as Alert
  })

export function listHistory(
  deps: AlertsDeps,
  ctx: WorkspaceCtx,
  id: string,
  { limit, cursor }: z.output<typeof alertRoutes.history.query>,
) {
  const key = decodeCursor(cursor, ['integer'])
  return deps.database.read(ctx, async (tx) => {
    await requireAlert(tx, id, await readerOf(deps, tx, ctx))
    const before = key && Number(key[0])
    const rows = await listEvaluationRows(tx, id, before, limit + 1)
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      items: page.map(presentEvaluation),
      next: rows.length > limit && last ? encodeCursor([last.place]) : null,
    }
  })
}

/** What the editor needs to know; names of others only for who may see members. */
export const tellOptions = (deps: AlertsDeps, ctx: WorkspaceCtx) =>
  deps.database.read(ctx, async (tx) => {
    const me = await deps.access.memberBehind(tx, ctx)
    const members = await tx.rows<{ id: string; name: string }>(sql`
      select id, name from read.member
      where workspace_id = ${tx.workspace} and status = 'active' and (${ctx.permissions.has('member:read')} or id = ${me})
      order by lower(name), id limit 1000`)
    const endpoints = ctx.permissions.has('webhook:read') ? await placesOf(deps, tx) : []
    return { mail: deps.mailer.isConfigured, me, members, endpoints }
  })
