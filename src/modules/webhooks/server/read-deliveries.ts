import type { z } from 'zod'
import type { Attempt, Delivery, routes } from '#modules/webhooks/contract.ts'
import {
  type AttemptRow,
  type DeliveryRow,
  listAttemptRows,
  listDeliveryRows,
  requireDelivery,
} from '#modules/webhooks/server/delivery-store.ts'
import { requireEndpoint } from '#modules/webhooks/server/endpoint-store.ts'
import { positionOf } from '#modules/webhooks/server/list-endpoints.ts'
import { readBody } from '#modules/webhooks/server/message-store.ts'
import type { WebhooksDeps } from '#modules/webhooks/server/webhooks-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { encodeCursor } from '#platform/http/cursor.ts'

type Asked = z.infer<typeof routes.listDeliveries.query>

export async function listDeliveries(
  deps: WebhooksDeps,
  ctx: WorkspaceCtx,
  endpoint: string,
  { limit, cursor, state, type }: Asked,
): Promise<{ items: Delivery[]; next: string | null }> {
  const after = positionOf(cursor)
  const rows = await deps.database.read(ctx, async (tx) => {
    await requireEndpoint(tx, endpoint, ctx.now)
    return listDeliveryRows(tx, endpoint, { state, type }, limit + 1, after)
  })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const isMore = rows.length > limit && last
  return {
    items: page.map(presentDelivery),
    next: isMore ? encodeCursor([last.created_at.toISOString(), last.message_id]) : null,
  }
}

export function getDelivery(
  deps: WebhooksDeps,
  ctx: WorkspaceCtx,
  endpoint: string,
  message: string,
): Promise<Delivery & { body: string; log: Attempt[] }> {
  return deps.database.read(ctx, async (tx) => {
    await requireEndpoint(tx, endpoint, ctx.now)
    const row = await requireDelivery(tx, endpoint, message)
    const log = await listAttemptRows(tx, endpoint, message)
    return { ...presentDelivery(row), body: await readBody(tx, message), log: log.map(presentAttempt) }
  })
}

export const presentDelivery = (row: DeliveryRow): Delivery => ({
  id: row.message_id,
  type: row.type,
  people: row.people,
  state: row.state,
  attempts: row.attempts,
  status: row.status,
  error: row.error,
  nextAt: row.next_at?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
})

const presentAttempt = (row: AttemptRow): Attempt => ({
  at: row.at.toISOString(),
  status: row.status,
  error: row.error,
  tookMs: row.took_ms,
  answer: row.answer,
})
