/** Who must act decides the kind; the kind decides status, log level and alerting. */
export type ErrorKind =
  | 'malformed' // 400: not readable as what it claims to be
  | 'unauthenticated' // 401
  | 'denied' // 403
  | 'missing' // 404: not there, or not yours (the answer is the same on purpose)
  | 'conflict' // 409
  | 'too_large' // 413
  | 'unsupported' // 415: a media type nobody here reads
  | 'invalid' // 422: readable, but breaks a rule of the contract
  | 'limited' // 429: the caller's quota
  | 'busy' // 503: our overload; retry
  | 'bug' // 500

export const statusOfKind: Record<ErrorKind, number> = {
  malformed: 400,
  unauthenticated: 401,
  denied: 403,
  missing: 404,
  conflict: 409,
  too_large: 413,
  unsupported: 415,
  invalid: 422,
  limited: 429,
  busy: 503,
  bug: 500,
}

export type ErrorExtras = {
  /** Machine-readable facts for the caller, merged into the RFC 9457 problem. */
  details?: Record<string, unknown>
  /** Seconds; sent as `Retry-After` (kinds `limited` and `busy`). */
  retryAfter?: number
  cause?: unknown
}

/** The one error class: a stable `noun.what_happened` code, a kind, a sentence for the reader. */
export class AppError extends Error {
  readonly code: string
  readonly kind: ErrorKind
  readonly details: Record<string, unknown>
  readonly retryAfter: number | undefined

  constructor(code: string, kind: ErrorKind, message: string, extras: ErrorExtras = {}) {
    super(message, extras.cause === undefined ? undefined : { cause: extras.cause })
    this.name = 'AppError'
    this.code = code
    this.kind = kind
    this.details = extras.details ?? {}
    this.retryAfter = extras.retryAfter
  }
}

/** Unknown errors are bugs: the reader sees a sentence and the request id, the log keeps the cause. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  return new AppError('internal', 'bug', 'Something went wrong on our side.', { cause: error })
}
