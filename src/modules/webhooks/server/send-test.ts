import type { Attempt } from '#modules/webhooks/contract.ts'
import { noteSuccess, readTarget, saveAttempt } from '#modules/webhooks/server/due-store.ts'
import { requireEndpoint } from '#modules/webhooks/server/endpoint-store.ts'
import { noteTest } from '#modules/webhooks/server/message-store.ts'
import { sendAttempt } from '#modules/webhooks/server/send-attempt.ts'
import type { WebhooksDeps } from '#modules/webhooks/server/webhooks-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'

/** Sends a message that means nothing, at once and once, also to an endpoint that is off; it stands in the log. */
export async function sendTest(
  deps: WebhooksDeps,
  ctx: WorkspaceCtx,
  endpoint: string,
): Promise<{ id: string; delivered: boolean; attempt: Attempt }> {
  const id = newId('msg')
  const timestamp = new Date(ctx.now).toISOString()
  const body = JSON.stringify({ type: 'webhook.test', timestamp, data: { people: [] } })
  const target = await deps.database.write(ctx, async (tx) => {
    await requireEndpoint(tx, endpoint, ctx.now)
    await noteTest(tx, endpoint, { id, body }, ctx.now)
    return readTarget(tx, endpoint, id)
  })
  if (!target) throw new AppError('webhook.missing', 'missing', 'There is no such endpoint.')
  const sent = await sendAttempt(deps, target, ctx.signal ?? new AbortController().signal)
  const now = deps.clock.now()
  await deps.database.write(ctx, async (tx) => {
    await saveAttempt(tx, target, sent, { state: sent.isDelivered ? 'delivered' : 'failed' }, now)
    if (sent.isDelivered) await noteSuccess(tx, endpoint)
  })
  const { status, error, tookMs, answer } = sent
  const attempt = { at: new Date(now).toISOString(), status, error, tookMs, answer }
  return { id, delivered: sent.isDelivered, attempt }
}
