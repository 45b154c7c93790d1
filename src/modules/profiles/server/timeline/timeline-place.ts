import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { TimelinePlace } from '#slots/timeline-source.ts'

/** The place of an entry as an opaque text: a cursor, and what a deep link carries. */
export const writePlace = ([time, key]: TimelinePlace): string => encodeCursor([time, key])

/** The place a cursor stands for. */
export function readPlace(cursor: string | undefined): TimelinePlace | undefined {
  const key = decodeCursor(cursor, ['integer', 'text'])
  return key && [Number(key[0]), String(key[1])]
}

/** A place, or a moment: then the one behind everything of that millisecond. */
export function readOpening(at: string | undefined): TimelinePlace | undefined {
  if (at === undefined || !/^\d{4}-/.test(at)) return readPlace(at)
  const moment = Date.parse(at)
  if (Number.isSafeInteger(moment)) return [moment + 1, '']
  throw new AppError('request.bad_cursor', 'invalid', 'Say where to begin: a moment, or `at` of an entry.')
}

// Behind a message id: lower than any sign that may stand in one, so that a longer id never comes in between.
const mark = '\u0001'

/** The key of an event: its message id, then where it stands in the log, which only tells equals apart. */
export const eventKey = (messageId: string, seq: number, idx: number): string =>
  `${messageId}${mark}${String(seq).padStart(16, '0')}:${String(idx).padStart(10, '0')}`

type KeyParts = { messageId: string; seq: number; idx: number }

/** Any key as ClickHouse compares events with it; another source's key stands before an event of the same text. */
export function splitKey(key: string): KeyParts {
  const cut = key.lastIndexOf(mark)
  const found = cut < 0 ? null : /^(\d{16}):(\d{10})$/.exec(key.slice(cut + 1))
  if (!found) return { messageId: key, seq: 0, idx: 0 }
  return { messageId: key.slice(0, cut), seq: Number(found[1]), idx: Number(found[2]) }
}

/** By time, then by the bytes of the key, as both engines compare. */
export function comparePlaces(a: TimelinePlace, b: TimelinePlace): number {
  if (a[0] !== b[0]) return a[0] - b[0]
  const [x, y] = [splitKey(a[1]), splitKey(b[1])]
  return Buffer.compare(Buffer.from(x.messageId), Buffer.from(y.messageId)) || x.seq - y.seq || x.idx - y.idx
}
