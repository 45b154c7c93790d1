import type { z } from 'zod'
import type { Delivery, routes } from '#modules/webhooks/contract.ts'
import { queueAgain, queueSpan, requireDelivery } from '#modules/webhooks/server/delivery-store.ts'
import { requireEndpoint } from '#modules/webhooks/server/endpoint-store.ts'
import { presentDelivery } from '#modules/webhooks/server/read-deliveries.ts'
import type { WebhooksDeps } from '#modules/webhooks/server/webhooks-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

/** One message, whatever became of it, under the id it has. */
export function sendAgain(
  deps: WebhooksDeps,
  ctx: WorkspaceCtx,
  endpoint: string,
  message: string,
): Promise<Delivery> {
  return deps.database.write(ctx, async (tx) => {
    await requireEnabled(tx, endpoint, ctx.now)
    await requireDelivery(tx, endpoint, message)
    await queueAgain(tx, endpoint, message, ctx.now)
    await deps.audit(tx, ctx, { action: 'webhook.sent_again', subject: endpoint, details: { message } })
    return presentDelivery(await requireDelivery(tx, endpoint, message))
  })
}

/** The messages of a span of time; those that did not arrive, or all. Receivers know repeats by their ids. */
export function replay(
  deps: WebhooksDeps,
  ctx: WorkspaceCtx,
  endpoint: string,
  { from, to, all }: z.infer<typeof routes.replay.body>,
): Promise<{ messages: number }> {
  return deps.database.write(ctx, async (tx) => {
    await requireEnabled(tx, endpoint, ctx.now)
    const messages = await queueSpan(tx, endpoint, { from: new Date(from), to: new Date(to), all }, ctx.now)
    const details = { from, to, all, messages }
    await deps.audit(tx, ctx, { action: 'webhook.replayed', subject: endpoint, details })
    return { messages }
  })
}

async function requireEnabled(tx: Tx, endpoint: string, now: number): Promise<void> {
  const row = await requireEndpoint(tx, endpoint, now)
  if (row.off_reason !== null)
    throw new AppError('webhook.off', 'conflict', 'The endpoint is switched off. Switch it on first.')
}
