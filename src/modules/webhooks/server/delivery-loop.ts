import { drain } from '#modules/webhooks/server/deliver.ts'
import { dueEndpoints } from '#modules/webhooks/server/due-store.ts'
import { forgetMessages } from '#modules/webhooks/server/message-store.ts'
import type { WebhooksDeps } from '#modules/webhooks/server/webhooks-deps.ts'

const everyMs = 500
// A hanging receiver holds one place for 15 s; the next ones of its own messages wait behind it.
const mostAtOnce = 32
const keptMs = 30 * 24 * 3600_000
const forgetEveryMs = 3600_000
const forgetAtOnce = 10_000

/**
 * Delivers what is due, every endpoint by itself. Not jobs of the queue: its two workers would stand still before two
 * receivers that do not answer.
 */
export function startDelivery(deps: WebhooksDeps): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const busy = new Map<string, Promise<void>>()
  let forgotAt = 0

  async function round(): Promise<void> {
    const now = deps.clock.now()
    for (const due of await deps.database.system((tx) => dueEndpoints(tx, now))) {
      if (busy.has(due.endpoint) || busy.size >= mostAtOnce) continue
      const run = drain(deps, due, stopping.signal)
        .catch((error: unknown) => deps.log.error({ err: error, ...due }, 'delivering to a webhook failed'))
        .finally(() => busy.delete(due.endpoint))
      busy.set(due.endpoint, run)
    }
    if (now - forgotAt < forgetEveryMs) return
    const gone = await deps.database.system((tx) => forgetMessages(tx, now - keptMs, forgetAtOnce))
    if (gone < forgetAtOnce) forgotAt = now
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      await round().catch((error: unknown) =>
        deps.log.error({ err: error }, 'looking for webhooks to send failed'),
      )
      await pause(everyMs, stopping.signal)
    }
  }

  const running = loop()
  return {
    stop: async () => {
      stopping.abort()
      await running
      await Promise.all(busy.values())
    },
  }
}

/** Ends early with the signal. */
const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) return resolve()
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })
