import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'

type Placed = { id: string; created_at: Date }

/** Position (creation time, id) that a cursor of `pageByTime` stands for. */
export function afterOf(query: PageQuery): { at: string; id: string } | undefined {
  const key = decodeCursor(query.cursor, ['time', 'text'])
  return key && { at: String(key[0]), id: String(key[1]) }
}

/** A page out of `limit + 1` rows. Creation times are written in whole milliseconds, so the cursor loses nothing. */
export function pageByTime<T extends Placed, P>(rows: readonly T[], limit: number, present: (row: T) => P) {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const next = rows.length > limit && last ? encodeCursor([last.created_at.toISOString(), last.id]) : null
  return { items: page.map(present), next }
}
