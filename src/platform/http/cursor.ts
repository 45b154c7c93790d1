import { AppError } from '#platform/errors.ts'

/** Keyset position as an opaque string. */
export const encodeCursor = (key: readonly (string | number | null)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url')

/** The position a cursor stands for; a damaged one is the caller's fault, not a crash. */
export function decodeCursor(
  cursor: string | undefined,
  length: number,
): (string | number | null)[] | undefined {
  if (cursor === undefined) return undefined
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    const fits = Array.isArray(key) && key.length === length
    if (fits && key.every((part) => part === null || typeof part === 'string' || typeof part === 'number'))
      return key
  } catch (error) {
    throw badCursor(error)
  }
  throw badCursor()
}

const badCursor = (cause?: unknown) =>
  new AppError('request.bad_cursor', 'invalid', 'This cursor is not one of ours; start again without it.', {
    cause,
  })
