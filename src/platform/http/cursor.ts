import { AppError } from '#platform/errors.ts'

export type CursorKey = (string | number | null)[]

const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/
/** What a part of a key may be. A cursor comes back from outside: what the database cannot read as its type is refused. */
const fits = {
  text: (part: unknown) => typeof part === 'string',
  integer: (part: unknown) => Number.isSafeInteger(part),
  /** The number of a row or its place: ClickHouse reads it as unsigned. */
  place: (part: unknown) => Number.isSafeInteger(part) && Number(part) >= 0,
  time: (part: unknown) =>
    typeof part === 'string' && timestamp.test(part) && !Number.isNaN(Date.parse(part)),
  any: (part: unknown) => part === null || typeof part === 'string' || typeof part === 'number',
} as const
export type CursorPart = keyof typeof fits

/** Keyset position as an opaque string. */
export const encodeCursor = (key: Readonly<CursorKey>): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url')

/**
 * The position a cursor stands for, its parts as told; a damaged or forged one is the caller's fault, not a crash.
 * An empty one (`?cursor=`) is the first page.
 */
export function decodeCursor(
  cursor: string | undefined,
  shape: readonly CursorPart[] | number,
): CursorKey | undefined {
  if (cursor === undefined || cursor === '') return undefined
  const parts = typeof shape === 'number' ? Array<CursorPart>(shape).fill('any') : shape
  const key = parse(cursor)
  if (!Array.isArray(key) || key.length !== parts.length) throw badCursor()
  if (!parts.every((part, at) => fits[part](key[at]) && isStorable(key[at]))) throw badCursor()
  return key as CursorKey
}

const isStorable = (part: unknown) =>
  typeof part !== 'string' || (part.isWellFormed() && !part.includes('\u0000'))

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch (error) {
    throw badCursor(error)
  }
}

const badCursor = (cause?: unknown) =>
  new AppError('request.bad_cursor', 'invalid', 'This cursor is not one of ours; start again without it.', {
    cause,
  })
