import fc from 'fast-check'
import { DateTime } from 'luxon'
import { expect, test } from 'vitest'
import { comparedRange, days, resolveRange } from '#modules/analytics/server/sql/resolve-range.ts'
import { bucketsOf } from '#modules/analytics/server/sql/time-buckets.ts'

const names = (from: string, to: string, interval: 'hour' | 'day' | 'week' | 'month', zone: string) =>
  bucketsOf(days(from, to, zone), interval, zone).map(({ t }) => t)

test('a day has 23 hours in spring and 25 in autumn, one name twice but for its offset', () => {
  expect(names('2026-03-08', '2026-03-08', 'hour', 'America/New_York')).toHaveLength(23)
  const autumn = names('2026-11-01', '2026-11-01', 'hour', 'America/New_York')
  expect(autumn).toHaveLength(25)
  expect(autumn.filter((t) => t.startsWith('2026-11-01T01'))).toEqual([
    '2026-11-01T01:00:00-04:00',
    '2026-11-01T01:00:00-05:00',
  ])
})

test('weeks begin on Monday, across years too', () => {
  expect(names('2026-01-01', '2026-01-12', 'week', 'UTC')).toEqual(['2025-12-29', '2026-01-05', '2026-01-12'])
  expect(names('2026-01-31', '2026-03-01', 'month', 'UTC')).toEqual([
    '2026-01-01',
    '2026-02-01',
    '2026-03-01',
  ])
})

test('buckets follow each other without a gap and cover the range', () => {
  const zones = fc.constantFrom(
    'Asia/Shanghai',
    'America/New_York',
    'Asia/Kolkata',
    'Europe/Berlin',
    'Australia/Sydney',
  )
  const start = fc.integer({ min: 3000, max: 22_000 })
  const intervals = fc.constantFrom('hour' as const, 'day' as const, 'week' as const, 'month' as const)
  fc.assert(
    fc.property(zones, start, fc.nat({ max: 60 }), intervals, (zone, first, length, interval) => {
      const iso = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10)
      const range = days(iso(first), iso(first + length), zone)
      const buckets = bucketsOf(range, interval, zone)
      expect(buckets[0]?.from).toBeLessThanOrEqual(range.fromMs)
      expect(buckets.at(-1)?.until).toBeGreaterThanOrEqual(range.untilMs)
      for (const [at, bucket] of buckets.entries())
        expect(buckets[at + 1]?.from ?? bucket.until).toBe(bucket.until)
      expect(new Set(buckets.map(({ key }) => key)).size).toBe(buckets.length)
    }),
  )
})

test('ranges that move with today, and what they are compared with', () => {
  const now = DateTime.fromISO('2026-03-31T23:30:00', { zone: 'Asia/Shanghai' }).toMillis()
  const of = (last: number, unit: 'day' | 'week' | 'month') => {
    const { from, to } = resolveRange({ last, unit }, now, 'Asia/Shanghai')
    return [from, to]
  }
  expect(of(1, 'day')).toEqual(['2026-03-31', '2026-03-31'])
  expect(of(7, 'day')).toEqual(['2026-03-25', '2026-03-31'])
  expect(of(2, 'week')).toEqual(['2026-03-23', '2026-03-31'])
  expect(of(2, 'month')).toEqual(['2026-02-01', '2026-03-31'])
  const before = (from: string, to: string, interval: 'day' | 'week' | 'month') => {
    const found = comparedRange('previous', days(from, to, 'UTC'), interval, 'UTC')
    return [found.from, found.to]
  }
  expect(before('2026-03-01', '2026-03-10', 'day')).toEqual(['2026-02-19', '2026-02-28'])
  expect(before('2026-03-02', '2026-03-11', 'week')).toEqual(['2026-02-16', '2026-02-25'])
  expect(before('2026-02-01', '2026-03-31', 'month')).toEqual(['2025-12-01', '2026-01-31'])
})
