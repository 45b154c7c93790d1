import { AppError } from '#platform/errors.ts'

/** Whether nothing more is to be expected of this connection: it is gone, or it took a statement and does not answer. */
export function isConnectionLoss(error: Error): boolean {
  const code = (error as { code?: string }).code ?? ''
  return (
    code.startsWith('08') ||
    code.startsWith('57P') ||
    /terminated|not queryable|ECONN|EPIPE|Query read timeout/.test(error.message)
  )
}

// 53: no disk, memory or connections left; 57014: took too long; 58: a disk that cannot be read or written.
const isOverload = (error: Error) => /^(?:53|57014$|58)/.test((error as { code?: string }).code ?? '')

/** A lost, stalled, full or restarting server is our overload, not the caller's fault. */
export function translate(error: Error): Error {
  if (error instanceof AppError || !(isConnectionLoss(error) || isOverload(error))) return error
  return unavailable(error)
}

export const unavailable = (cause: unknown) =>
  new AppError('database.unavailable', 'busy', 'The database cannot be reached right now.', {
    retryAfter: 2,
    cause,
  })
