import fc from 'fast-check'
import { DateTime } from 'luxon'
import { expect, test } from 'vitest'
import { nextMoment } from '#platform/jobs/next-moment.ts'

const at = (iso: string, zone = 'Asia/Shanghai') => DateTime.fromISO(iso, { zone }).toMillis()
const said = (ms: number, zone = 'Asia/Shanghai') =>
  DateTime.fromMillis(ms, { zone }).toFormat('yyyy-MM-dd HH:mm')

test('days, weeks and months are those of the zone', () => {
  const daily = { every: 'day', day: 1, minute: 8 * 60 } as const
  expect(said(nextMoment(daily, 'Asia/Shanghai', at('2026-11-28T07:59')))).toBe('2026-11-28 08:00')
  expect(said(nextMoment(daily, 'Asia/Shanghai', at('2026-11-28T08:00')))).toBe('2026-11-29 08:00')
  const fridays = { every: 'week', day: 5, minute: 0 } as const
  expect(said(nextMoment(fridays, 'Asia/Shanghai', at('2026-11-28T12:00')))).toBe('2026-12-04 00:00')
  const last = { every: 'month', day: 31, minute: 60 } as const
  expect(said(nextMoment(last, 'Asia/Shanghai', at('2027-02-01T00:00')))).toBe('2027-02-28 01:00')
})

test('an hour the clocks leave out is made up for, and one they have twice is taken once', () => {
  const night = { every: 'day', day: 1, minute: 150 } as const
  const spring = nextMoment(night, 'Europe/Berlin', at('2026-03-29T00:00', 'Europe/Berlin'))
  expect(said(spring, 'Europe/Berlin')).toBe('2026-03-29 03:30')
  const autumn = nextMoment(night, 'Europe/Berlin', at('2026-10-25T00:00', 'Europe/Berlin'))
  expect(said(nextMoment(night, 'Europe/Berlin', autumn), 'Europe/Berlin')).toBe('2026-10-26 02:30')
})

test('the next moment is later, within the period, and nothing lies between', () => {
  const rhythm = fc.record({
    every: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
    day: fc.integer({ min: 1, max: 7 }),
    minute: fc.integer({ min: 0, max: 1439 }),
  })
  const zone = fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe')
  const time = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2028, 0) })
  const longest = { day: 26, week: 8 * 24, month: 32 * 24 }
  fc.assert(
    fc.property(rhythm, zone, time, (one, where, after) => {
      const next = nextMoment(one, where, after)
      expect(next).toBeGreaterThan(after)
      expect(next - after).toBeLessThanOrEqual(longest[one.every] * 3_600_000)
      expect(nextMoment(one, where, next - 1)).toBe(next)
    }),
  )
})
