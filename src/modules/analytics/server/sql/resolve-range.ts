import { DateTime } from 'luxon'
import type { Compare, Interval, Range } from '#modules/analytics/contract/question.ts'

/** Days of a zone, both included, and the same as moments: `fromMs ≤ time < untilMs`. */
export type Days = { from: string; to: string; fromMs: number; untilMs: number }

export function resolveRange(range: Range, now: number, zone: string): Days {
  if ('from' in range) return days(range.from, range.to, zone)
  const today = DateTime.fromMillis(now, { zone }).startOf('day')
  const first = range.unit === 'day' ? today : today.startOf(range.unit)
  return days(iso(first.minus({ [range.unit]: range.last - 1 })), iso(today), zone)
}

/** Moves in whole weeks or months where these are the buckets, so that bucket stands beside bucket. */
export function comparedRange(compare: Compare, own: Days, interval: Interval, zone: string): Days {
  if (typeof compare === 'object') return days(compare.from, compare.to, zone)
  const [from, to] = [at(own.from, zone), at(own.to, zone)]
  if (compare === 'year') return days(iso(from.minus({ years: 1 })), iso(to.minus({ years: 1 })), zone)
  const length = Math.round(to.diff(from, 'days').days) + 1
  const months = (to.year - from.year) * 12 + to.month - from.month + 1
  const back =
    interval === 'month' ? { months } : { days: interval === 'week' ? Math.ceil(length / 7) * 7 : length }
  return days(iso(from.minus(back)), iso(to.minus(back)), zone)
}

/** So many days more before the first. */
export function startEarlier(own: Days, by: number, zone: string): Days {
  return days(iso(at(own.from, zone).minus({ days: by })), own.to, zone)
}

export function days(from: string, to: string, zone: string): Days {
  return {
    ...{ from, to },
    fromMs: at(from, zone).toMillis(),
    untilMs: at(to, zone).plus({ days: 1 }).startOf('day').toMillis(),
  }
}

const at = (day: string, zone: string): DateTime => DateTime.fromISO(day, { zone }).startOf('day')
const iso = (moment: DateTime): string => moment.toFormat('yyyy-MM-dd')
