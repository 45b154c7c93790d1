/** An answer that was not 2xx, as the problem (RFC 9457) it carried. */
export class ProblemError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  /** Stable name to decide by, e.g. `segment.name_taken`; `network.failed` when no answer came. */
  readonly code: string
  /** The whole document with its further facts, e.g. `path` and `faults` of `request.invalid`. */
  readonly problem: Readonly<Record<string, unknown>>
  /** Seconds to wait, when the server said so. */
  readonly retryAfter: number | undefined

  constructor(
    status: number,
    problem: Readonly<Record<string, unknown>>,
    extras: { retryAfter?: number | undefined; cause?: unknown } = {},
  ) {
    const code = typeof problem.code === 'string' ? problem.code : `http.${status}`
    super(`${code}: ${problem.detail ?? problem.title ?? `status ${status}`}`, { cause: extras.cause })
    this.name = 'ProblemError'
    this.status = status
    this.code = code
    this.problem = problem
    this.retryAfter = extras.retryAfter
  }

  /** Number of the request, for the operator's log. */
  get requestId(): string | undefined {
    return typeof this.problem.instance === 'string' ? this.problem.instance : undefined
  }
}

/** Reads a bad answer, whatever stands between us and the server made of it. */
export async function problemOf(response: Response, now: number): Promise<ProblemError> {
  const text = await response.text().catch(() => '') // a cut answer is bad all the same: its status is known
  return new ProblemError(
    response.status,
    parse(text) ?? { detail: text.slice(0, 500) || response.statusText },
    {
      retryAfter: secondsOf(response.headers.get('retry-after'), now),
    },
  )
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined // a proxy's page
  }
}

/** `Retry-After` is a number of seconds or a date. */
function secondsOf(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === '') return undefined
  const seconds = /^\s*\d+\s*$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1000
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined
}
