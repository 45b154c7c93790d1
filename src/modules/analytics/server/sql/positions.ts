import type { Interval } from '#modules/analytics/contract/question.ts'
import { type Bucket, bucketKey } from '#modules/analytics/server/sql/time-buckets.ts'

/** SQL of a bucket's number, where the bucket after has the next: so periods are told apart by subtraction. */
export function positionSql(interval: Interval, zone: string, time = 'time'): string {
  if (interval === 'day') return bucketKey('day', zone, time)
  // The first Monday of 1970 was the fifth day.
  if (interval === 'week') return `intDiv(${bucketKey('week', zone, time)} + 3, 7)`
  if (interval === 'month')
    return `toInt32(toYear(toDate(${time}, ${zone})) * 12 + toMonth(toDate(${time}, ${zone})))`
  return `toInt32(intDiv(${bucketKey('hour', zone, time)}, 3600))`
}

export function positionOf({ key }: Pick<Bucket, 'key'>, interval: Interval): number {
  if (interval === 'day') return key
  if (interval === 'week') return Math.floor((key + 3) / 7)
  if (interval === 'hour') return Math.floor(key / 3600)
  const first = new Date(key * 86_400_000)
  return first.getUTCFullYear() * 12 + first.getUTCMonth() + 1
}
