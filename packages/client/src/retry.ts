import type { OperationFacts } from './operation.ts'
import { ProblemError } from './problem-error.ts'

export type Wait = (ms: number, signal: AbortSignal | undefined) => Promise<void>

// Longer than this nobody waits inside a call: the error says when to come back.
const longestWaitMs = 60_000

/**
 * How long to wait before the same request again; undefined when it must not be sent again. 429 and 503 say that nothing
 * was done. Without an answer nobody knows, so only what may be repeated is: a POST by its Idempotency-Key.
 */
export function delayBeforeRetry(
  error: unknown,
  method: OperationFacts['method'],
  retriesSoFar: number,
): number | undefined {
  if (!(error instanceof ProblemError) || !isWorthAnother(error, method)) return undefined
  if (error.retryAfter === undefined) return backOff(retriesSoFar)
  const told = error.retryAfter * 1000
  return told > longestWaitMs ? undefined : told
}

function isWorthAnother({ status, code }: ProblemError, method: OperationFacts['method']): boolean {
  if (status === 429 || status === 503) return true
  // The first try is still at work; its answer will be kept for this key.
  if (code === 'idempotency.in_progress') return true
  return (status === 0 || status === 502 || status === 504) && method !== 'PATCH'
}

/** 0.25–0.5 s, doubling, 30 s at most; apart from each other, so that many clients do not come back at once. */
const backOff = (retries: number) => Math.min(30_000, 500 * 2 ** retries) * (0.5 + Math.random() / 2)

export const waitFor: Wait = (ms, signal) =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    if (signal?.aborted) stop()
    else signal?.addEventListener('abort', stop, { once: true })
  })
