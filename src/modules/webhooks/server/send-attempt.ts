import type { Ended, Target } from '#modules/webhooks/server/due-store.ts'
import { secretsOf } from '#modules/webhooks/server/endpoint-secret.ts'
import { readRetryAfter } from '#modules/webhooks/server/retry-schedule.ts'
import { signedHeaders } from '#modules/webhooks/server/sign.ts'
import type { WebhooksDeps } from '#modules/webhooks/server/webhooks-deps.ts'
import { AppError } from '#platform/errors.ts'

// Standard Webhooks: 15 to 30 s.
const timeoutMs = 15_000
// Enough to say what was wrong; more of a foreign answer is not our business.
const answerBytes = 1024

export type Sent = Ended & { isDelivered: boolean; retryAfter: number | undefined }

/** One request. Every answer and every failure to get one is an outcome; only a stop of the program is thrown. */
export async function sendAttempt(
  deps: Pick<WebhooksDeps, 'outbound' | 'secrets' | 'clock'>,
  target: Target,
  signal: AbortSignal,
): Promise<Sent> {
  const now = deps.clock.now()
  const begun = performance.now()
  const took = () => Math.round(performance.now() - begun)
  try {
    const headers = signedHeaders(target.message, target.body, now, secretsOf(deps.secrets, target, now))
    const reply = await deps.outbound(target.url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'Headwater-Webhooks' },
      body: target.body,
      timeout: timeoutMs,
      maxBytes: answerBytes,
      cut: true,
      signal,
    })
    const { status } = reply
    return {
      status,
      error: null,
      tookMs: took(),
      answer: legible(reply.body),
      isDelivered: status >= 200 && status < 300,
      retryAfter: readRetryAfter(reply.headers['retry-after'], now),
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return {
      status: null,
      error: error.code,
      tookMs: took(),
      answer: '',
      isDelivered: false,
      retryAfter: undefined,
    }
  }
}

/** As text that Postgres keeps: an answer may be anything, and may end within a character. */
const legible = (body: Buffer): string => body.toString('utf8').replaceAll('\u0000', '\ufffd')
