import { DateTime } from 'luxon'
import { type Interval, questionLimits } from '#modules/analytics/contract/question.ts'
import type { Days } from '#modules/analytics/server/sql/resolve-range.ts'
import { AppError } from '#platform/errors.ts'

/**
 * A piece of the time axis. `key` is what the SQL of `bucketKey` gives: days since 1970 of its first day, of hours the
 * seconds. `t` is its name outside: the local date, of hours with time and offset, since an hour may come twice.
 */
export type Bucket = { key: number; t: string; from: number; until: number }

/** SQL of the bucket an event lies in, in the workspace's zone; weeks begin on Monday. */
export function bucketKey(interval: Interval, zone: string, time = 'time'): string {
  const day = `toDate(${time}, ${zone})`
  if (interval === 'day') return `toInt32(${day})`
  if (interval === 'week') return `toInt32(toMonday(${day}))`
  if (interval === 'month') return `toInt32(toStartOfMonth(${day}))`
  return `toInt64(toUnixTimestamp(toStartOfHour(toDateTime(${time}, ${zone}))))`
}

// Ninety days take 1 ms to name, and a question asks for its buckets several times.
const named = new Map<string, readonly Bucket[]>()
const mostNamed = 200

/** All buckets a range touches, the first and last perhaps in part; `analytics.bad_question` when too many. */
export function bucketsOf(range: Days, interval: Interval, zone: string): readonly Bucket[] {
  const key = `${range.fromMs} ${range.untilMs} ${interval} ${zone}`
  const known = named.get(key)
  if (known) return known
  const buckets = nameBuckets(range, interval, zone)
  if (named.size >= mostNamed) named.clear()
  named.set(key, buckets)
  return buckets
}

function nameBuckets(range: Days, interval: Interval, zone: string): Bucket[] {
  const buckets: Bucket[] = []
  let at = startOf(DateTime.fromMillis(range.fromMs, { zone }), interval)
  while (at.toMillis() < range.untilMs) {
    if (buckets.length === questionLimits.buckets)
      throw new AppError(
        'analytics.bad_question',
        'invalid',
        `More than ${questionLimits.buckets} points: take a longer interval or a shorter range.`,
        { details: { path: '/interval', reason: 'too_many_points' } },
      )
    const next = interval === 'hour' ? hourAfter(at) : startOf(at.plus({ [interval]: 1 }), interval)
    buckets.push({
      key: keyOf(at, interval),
      t: nameOf(at, interval),
      from: at.toMillis(),
      until: next.toMillis(),
    })
    at = next
  }
  return buckets
}

/** Days since 1970 of a local date. */
export const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000

function startOf(at: DateTime, interval: Interval): DateTime {
  return at.startOf(interval)
}

// By elapsed time: where clocks are set back, an hour of the same name follows.
function hourAfter(at: DateTime): DateTime {
  return DateTime.fromMillis(at.toMillis() + 3_600_000, { zone: at.zone }).startOf('hour')
}

function keyOf(at: DateTime, interval: Interval): number {
  return interval === 'hour' ? at.toMillis() / 1000 : dayNumber(at.toFormat('yyyy-MM-dd'))
}

function nameOf(at: DateTime, interval: Interval): string {
  return interval === 'hour' ? at.toFormat("yyyy-MM-dd'T'HH:mm:ssZZ") : at.toFormat('yyyy-MM-dd')
}
