import {
  type Due,
  giveBack,
  noteFailure,
  noteSuccess,
  saveAttempt,
  type Target,
  takeNext,
  type Verdict,
} from '#modules/webhooks/server/due-store.ts'
import { switchOff } from '#modules/webhooks/server/endpoint-store.ts'
import { waitAfter } from '#modules/webhooks/server/retry-schedule.ts'
import { type Sent, sendAttempt } from '#modules/webhooks/server/send-attempt.ts'
import type { WebhooksDeps } from '#modules/webhooks/server/webhooks-deps.ts'
import type { Tx } from '#platform/pg/database.ts'

// Four times what an attempt takes at most.
const leaseMs = 60_000
const patienceMs = 5 * 24 * 3600_000
const gone = 410
// Receivers that are overloaded: the whole endpoint waits, not only the message.
const throttled = new Set([429, 503])

/** Sends what is due to one endpoint, one message after the other, until nothing is or the signal speaks. */
export async function drain(deps: WebhooksDeps, due: Due, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const now = deps.clock.now()
    const target = await deps.database.system((tx) => takeNext(tx, due.endpoint, now, leaseMs))
    if (!target) return
    await deliver(deps, target, signal)
  }
}

async function deliver(deps: WebhooksDeps, target: Target, signal: AbortSignal): Promise<void> {
  const sent = await sendOrGiveBack(deps, target, signal)
  if (!sent) return
  const now = deps.clock.now()
  await deps.database.system(async (tx) => {
    await saveAttempt(tx, target, sent, verdictOn(sent, target.tries + 1, now, deps.random()), now)
    if (sent.isDelivered) await noteSuccess(tx, target.id)
    else await afterFailure(deps, tx, target, sent, now)
  })
}

async function sendOrGiveBack(
  deps: WebhooksDeps,
  target: Target,
  signal: AbortSignal,
): Promise<Sent | undefined> {
  try {
    return await sendAttempt(deps, target, signal)
  } catch (error) {
    if (!signal.aborted) throw error
    // It may have arrived: the next start sends it again under the same id.
    await deps.database.system((tx) => giveBack(tx, target, deps.clock.now()))
    return undefined
  }
}

/** What becomes of a message after so many tries. */
export function verdictOn(
  sent: Pick<Sent, 'isDelivered' | 'status' | 'retryAfter'>,
  tries: number,
  now: number,
  random: number,
): Verdict {
  if (sent.isDelivered) return { state: 'delivered' }
  const wait = waitAfter(tries, random)
  if (wait === undefined || sent.status === gone) return { state: 'failed' }
  return { state: 'waiting', nextAt: now + Math.max(wait, sent.retryAfter ?? 0) }
}

async function afterFailure(
  deps: WebhooksDeps,
  tx: Tx,
  target: Target,
  { status, retryAfter }: Sent,
  now: number,
): Promise<void> {
  const pause = status !== null && throttled.has(status) ? retryAfter : undefined
  await noteFailure(tx, target.id, now, pause === undefined ? undefined : now + pause)
  if (status === gone) return turnOff(deps, tx, target, 'gone', now)
  const since = target.failing_since?.getTime() ?? now
  if (now - since >= patienceMs) await turnOff(deps, tx, target, 'failing', now)
}

/** Told in the log of the program and in the audit log; the screen of the endpoint says why and what to do. */
async function turnOff(
  deps: WebhooksDeps,
  tx: Tx,
  { id, workspace_id: num, url }: Target,
  reason: 'gone' | 'failing',
  now: number,
): Promise<void> {
  await switchOff(tx, num, id, reason, now)
  const ctx = {
    actor: { kind: 'system', name: 'webhooks' } as const,
    now,
    workspace: { num, id: '', timezone: 'UTC' },
  }
  const details = { name: new URL(url).host, reason }
  await deps.audit(tx, ctx, { action: 'webhook.switched_off', subject: id, details })
  await deps.notifier.tell(tx, num, {
    type: 'webhook.off',
    to: { permission: 'webhook:write' },
    facts: { name: details.name, reason },
    href: `/settings/webhooks/${id}`,
  })
  deps.log.warn({ endpoint: id, workspace: num, reason }, 'a webhook endpoint was switched off')
}
