import fc from 'fast-check'
import { DateTime } from 'luxon'
import { expect, test } from 'vitest'
import type { AlertCondition, AlertInterval } from '#modules/alerts/contract/condition.ts'
import { judge, type Point } from '#modules/alerts/server/judge/judge.ts'
import { nextLook } from '#modules/alerts/server/judge/next-look.ts'
import { bucketsBefore } from '#modules/alerts/server/judge/spans.ts'
import { atFirst, type Standing, step } from '#modules/alerts/server/judge/step.ts'

/** Days from a Monday on. */
const daysFrom = (values: readonly (number | null)[], first = '2026-01-05'): Point[] =>
  values.map((value, at) => ({
    t: DateTime.fromISO(first, { zone: 'utc' }).plus({ days: at }).toFormat('yyyy-MM-dd'),
    value,
    open: false,
  }))
/** Hours of a zone as an answer names them, daylight saving and all. */
function hoursFrom(first: string, zone: string, values: readonly (number | null)[]): Point[] {
  const from = DateTime.fromISO(first, { zone }).toMillis()
  return values.map((value, at) => ({
    t: DateTime.fromMillis(from + at * 3_600_000, { zone }).toISO({ suppressMilliseconds: true }) as string,
    value,
    open: false,
  }))
}
const asDays = { interval: 'day', counts: false } as const
const asHours = { interval: 'hour', counts: false } as const
const usual: AlertCondition = { kind: 'deviation', to: 'either', sensitivity: 'medium' }
const amount = fc.oneof(fc.integer({ min: -50, max: 50 }), fc.double({ min: -1e6, max: 1e6, noNaN: true }))
const course = fc.array(fc.option(amount, { freq: 6 }), { minLength: 1, maxLength: 100 })

test('a threshold is what it says, and the number itself is fine', () => {
  fc.assert(
    fc.property(course, amount, amount, (values, a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)]
      const points = daysFrom(values)
      for (const [at, value] of values.entries()) {
        const said = (condition: AlertCondition) => judge(points, at, condition, asDays).verdict
        const brute = (isBreach: boolean) => (value === null ? 'empty' : isBreach ? 'breach' : 'fine')
        const v = value ?? 0
        expect(said({ kind: 'threshold', is: 'above', high })).toBe(brute(v > high))
        expect(said({ kind: 'threshold', is: 'below', low })).toBe(brute(v < low))
        expect(said({ kind: 'threshold', is: 'outside', low, high })).toBe(brute(v < low || v > high))
      }
    }),
    { numRuns: 300 },
  )
})

test('a change is against the day before or the same weekday, in parts of it or absolute', () => {
  fc.assert(
    fc.property(
      course,
      fc.constantFrom('previous' as const, 'week' as const),
      fc.constantFrom('up' as const, 'down' as const, 'either' as const),
      fc.constantFrom('percent' as const, 'absolute' as const),
      fc.integer({ min: 1, max: 200 }),
      (values, against, to, unit, by) => {
        const points = daysFrom(values)
        for (const [at, value] of values.entries()) {
          const before = values[at - (against === 'previous' ? 1 : 7)]
          const said = judge(points, at, { kind: 'change', against, to, unit, by }, asDays)
          if (before === undefined) expect(said.verdict).toBe('learning')
          else if (before === null || value === null || (unit === 'percent' && before === 0))
            expect(said.verdict).toBe('empty')
          else {
            const room = unit === 'percent' ? (Math.abs(before) * by) / 100 : by
            const up = value > before + room
            const down = value < before - room
            const isBreach = (to !== 'down' && up) || (to !== 'up' && down)
            expect(said).toMatchObject({ verdict: isBreach ? 'breach' : 'fine', expected: before })
          }
        }
      },
    ),
    { numRuns: 300 },
  )
})

/** Straight from the sentence on the screen: the middle of the sorted, twice. */
function reference(comparable: number[], spreads: number, counts: boolean): { low: number; high: number } {
  const middleOf = (all: number[]) => {
    const sorted = [...all].sort((a, b) => a - b)
    const n = sorted.length
    return n % 2 === 1
      ? (sorted[(n - 1) / 2] as number)
      : ((sorted[n / 2 - 1] as number) + (sorted[n / 2] as number)) / 2
  }
  const middle = middleOf(comparable)
  const mad = middleOf(comparable.map((one) => Math.abs(one - middle)))
  const room =
    spreads * Math.max(1.4826 * mad, 0.05 * Math.abs(middle), counts ? Math.sqrt(Math.max(1, middle)) : 0)
  const low = comparable.some((one) => one < 0) ? middle - room : Math.max(0, middle - room)
  return { low, high: middle + room }
}

test('a deviation is median and MAD of the same weekday of eight weeks, and learns until there are four', () => {
  fc.assert(
    fc.property(
      course,
      fc.constantFrom('low' as const, 'medium' as const, 'high' as const),
      fc.boolean(),
      (values, sensitivity, counts) => {
        const spreads = { low: 5, medium: 3.5, high: 2.5 }[sensitivity]
        const points = daysFrom(values)
        for (const [at, value] of values.entries()) {
          const began = values.findIndex((one, place) => place >= at - 56 && one !== null && one !== 0)
          const same: number[] = []
          for (let back = 7; back <= 56; back += 7) {
            const one = values[at - back]
            if (one !== undefined && one !== null && began >= 0 && at - back >= began) same.push(one)
          }
          const said = judge(points, at, { ...usual, sensitivity }, { interval: 'day', counts })
          if (same.length < 4) {
            expect(said).toMatchObject({ verdict: 'learning', needs: (4 - same.length) * 7 })
            continue
          }
          const { low, high } = reference(same, spreads, counts)
          expect(said.low).toBeCloseTo(low, 6)
          expect(said.high).toBeCloseTo(high, 6)
          const isBreach = value !== null && (value < (said.low ?? 0) || value > (said.high ?? 0))
          expect(said.verdict).toBe(value === null ? 'empty' : isBreach ? 'breach' : 'fine')
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('what is said of a bucket does not depend on how much longer a history is read', () => {
  fc.assert(
    fc.property(
      course,
      fc.constantFrom('day' as const, 'week' as const),
      fc.boolean(),
      (values, interval: AlertInterval, counts) => {
        const points = daysFrom(values)
        const at = points.length - 1
        const cut = points.slice(Math.max(0, at - bucketsBefore(usual, interval)))
        expect(judge(cut, cut.length - 1, usual, { interval, counts })).toEqual(
          judge(points, at, usual, { interval, counts }),
        )
      },
    ),
    { numRuns: 300 },
  )
})

test('hours are compared by the clock people see, also across daylight saving', () => {
  // Ten weeks from February on, in Berlin clocks go forward on 29 March: always 100 at 10 o'clock, else 5.
  const hours = 10 * 7 * 24
  const bare = hoursFrom(
    '2026-02-02T00:00',
    'Europe/Berlin',
    Array.from({ length: hours }, () => 5),
  )
  const points = bare.map((one) => (one.t.slice(11, 13) === '10' ? { ...one, value: 100 } : one))
  const after = points.findIndex(({ t }) => t.startsWith('2026-04-08T10'))
  expect(judge(points, after, usual, asHours)).toMatchObject({ verdict: 'fine', expected: 100, low: 82.5 })
  expect(judge(points, after + 1, usual, asHours)).toMatchObject({ verdict: 'fine', expected: 5 })
  // With little history the same hour of the days before, and before a week of that nothing.
  expect(judge(points, 24 * 8 + 10, usual, asHours)).toMatchObject({ verdict: 'fine', expected: 100 })
  expect(judge(points, 24 * 5 + 10, usual, asHours)).toMatchObject({ verdict: 'learning', needs: 2 })
})

test('an alert is looked at after each hour, or at its hour of the day, also when clocks change', () => {
  const moment = (text: string) => Date.parse(text)
  const daily = { interval: 'day' as const, running: false, hour: 8, zone: 'Asia/Shanghai' }
  expect(nextLook(moment('2026-11-20T07:59:59+08:00'), daily)).toBe(moment('2026-11-20T08:00:00+08:00'))
  expect(nextLook(moment('2026-11-20T08:00:00+08:00'), daily)).toBe(moment('2026-11-21T08:00:00+08:00'))
  expect(nextLook(moment('2026-11-20T00:05:00+08:00'), { ...daily, hour: 0 })).toBe(
    moment('2026-11-20T00:10:00+08:00'),
  )
  // 2 o'clock does not exist on this day: 3 o'clock is the moment.
  const berlin = { ...daily, hour: 2, zone: 'Europe/Berlin' }
  expect(nextLook(moment('2026-03-28T12:00:00Z'), berlin)).toBe(moment('2026-03-29T01:00:00Z'))
  expect(nextLook(moment('2026-03-29T01:00:00Z'), berlin)).toBe(moment('2026-03-30T00:00:00Z'))
  // 2 o'clock comes twice: once is enough.
  expect(nextLook(moment('2026-10-25T00:00:00Z'), berlin)).toBe(moment('2026-10-26T01:00:00Z'))
  const hourly = { ...daily, interval: 'hour' as const, zone: 'Asia/Kolkata' }
  expect(nextLook(moment('2026-11-20T10:05:00+05:30'), hourly)).toBe(moment('2026-11-20T10:10:00+05:30'))
  expect(nextLook(moment('2026-11-20T10:10:00+05:30'), hourly)).toBe(moment('2026-11-20T11:10:00+05:30'))
  expect(nextLook(moment('2026-11-20T10:10:00Z'), { ...hourly, running: true })).toBe(
    moment('2026-11-20T10:15:00Z'),
  )
  fc.assert(
    fc.property(
      fc.integer({ min: moment('2026-01-01'), max: moment('2027-01-01') }),
      fc.integer({ min: 0, max: 23 }),
      fc.constantFrom('Europe/Berlin', 'Asia/Shanghai', 'America/St_Johns', 'Australia/Lord_Howe'),
      (now, hour, zone) => {
        const next = nextLook(now, { ...daily, hour, zone })
        expect(next).toBeGreaterThan(now)
        expect(next - now).toBeLessThanOrEqual(25.5 * 3_600_000)
      },
    ),
    { numRuns: 300 },
  )
})

const verdict = fc.constantFrom('fine' as const, 'breach' as const, 'learning' as const, 'empty' as const)

test('fired and recovered are told in turn, what is true at the end is what is known, reminders keep their distance', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(verdict, fc.boolean()), { maxLength: 60 }),
      fc.option(fc.integer({ min: 1, max: 5 })),
      (days, remindEvery) => {
        let standing: Standing = atFirst
        let known: 'ok' | 'firing' = 'ok'
        let state: 'ok' | 'firing' = 'ok'
        let lastTold = -1
        for (const [at, [said, loud]] of days.entries()) {
          const next = step(standing, said, { loud, remindEvery })
          if (said === 'breach') state = 'firing'
          if (said === 'fine') state = 'ok'
          expect(next.standing.state).toBe(state)
          if (!loud || said === 'empty' || said === 'learning') expect(next.tell).toBeNull()
          if (next.tell === 'fired') expect(known).toBe('ok')
          if (next.tell === 'recovered' || next.tell === 'reminded') expect(known).toBe('firing')
          if (next.tell === 'reminded') {
            expect(said).toBe('breach')
            expect(at - lastTold).toBeGreaterThanOrEqual(remindEvery ?? Number.POSITIVE_INFINITY)
          }
          if (next.tell) {
            known = next.tell === 'recovered' ? 'ok' : 'firing'
            lastTold = at
          }
          expect(next.standing.told).toBe(known)
          if (loud && (said === 'breach' || said === 'fine')) expect(known).toBe(state)
          standing = next.standing
        }
      },
    ),
    { numRuns: 500 },
  )
})
