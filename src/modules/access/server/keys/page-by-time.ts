import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'

type Placed = { id: string; created_at: Date }

/** Position (creation time, id) that a cursor of `pageByTime` stands for. */
export function afterOf(query: PageQuery): { at: string; id: string } | undefined {
  const key = decodeCursor(query.cursor, 2)
  if (!key) return undefined
  const [at, id] = key
  if (typeof at === 'string' && typeof id === 'string' && !Number.isNaN(Date.parse(at))) return { at, id }
  throw new AppError(
    'request.bad_cursor',
    'invalid',
    'This cursor is not one of ours; start again without it.',
  )
}

/** A page out of `limit + 1` rows. Creation times are written in whole milliseconds, so the cursor loses nothing. */
export function pageByTime<T extends Placed, P>(rows: readonly T[], limit: number, present: (row: T) => P) {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const next = rows.length > limit && last ? encodeCursor([last.created_at.toISOString(), last.id]) : null
  return { items: page.map(present), next }
}
