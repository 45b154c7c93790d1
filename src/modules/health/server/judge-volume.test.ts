import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dueBetween, hourMs, isSilent, judgeHour, usualOf } from '#modules/health/server/judge-volume.ts'
import { beganAt, sampleHours, usualFor } from '#modules/health/server/usual-hours.ts'

const start = Date.UTC(2026, 8, 7) // a Monday

/** Counts of eight weeks: a day curve, weaker weekends, and noise as a share of the count. */
function generated(volume: number, noise: number, random: () => number): Map<number, number> {
  const series = new Map<number, number>()
  for (let i = 0; i < 8 * 7 * 24; i++) {
    const [hour, weekday] = [i % 24, Math.floor(i / 24) % 7]
    const level = volume * (1 + Math.sin((hour / 24) * 2 * Math.PI) * 0.6) * (weekday > 4 ? 0.6 : 1)
    series.set(start + i * hourMs, Math.max(0, Math.round(level + level * noise * gauss(random))))
  }
  return series
}
const gauss = (random: () => number) => {
  const [a, b] = [Math.max(random(), 1e-12), random()]
  return Math.sqrt(-2 * Math.log(a)) * Math.cos(2 * Math.PI * b)
}
/** A small deterministic source of chance, from a seed. */
const chance = (seed: number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
const lastWeek = Array.from({ length: 7 * 24 }, (_, i) => start + (7 * 7 * 24 + i) * hourMs)
const world = fc.record({ volume: fc.integer({ min: 100, max: 100_000 }), seed: fc.nat() })

test('normal noise of a tenth is quiet, a stop and a doubling are loud, at every hour of the week', () => {
  fc.assert(
    fc.property(world, ({ volume, seed }) => {
      const series = generated(volume, 0.1, chance(seed))
      let [doublings, treblings] = [0, 0]
      for (const hour of lastWeek) {
        const usual = usualFor(series, beganAt(series), hour, 'UTC')!
        const seen = series.get(hour) ?? 0
        expect(judgeHour(seen, usual), `${seen} of ${JSON.stringify(usual)}`).toBe('normal')
        expect(judgeHour(0, usual)).toBe('drop')
        expect(judgeHour(Math.floor(usual.count * 0.1), usual)).toBe('drop')
        if (judgeHour(Math.round(usual.count * 2), usual) === 'surge') doublings++
        if (judgeHour(Math.round(usual.count * 3), usual) === 'surge') treblings++
      }
      // Six samples may lie so wide that a doubling may still be chance; the hours after it tell.
      expect(doublings / lastWeek.length).toBeGreaterThan(0.75)
      expect(treblings / lastWeek.length).toBeGreaterThan(0.98)
    }),
    { numRuns: 40 },
  )
})

test('a wild week among the samples moves the usual by little', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 90, max: 110 }), { minLength: 5, maxLength: 5 }), (normal) => {
      const usual = usualOf([...normal, 100_000])
      expect(usual.count).toBeLessThanOrEqual(110)
      expect(judgeHour(0, usual)).toBe('drop')
      expect(judgeHour(250, usual)).toBe('surge')
    }),
  )
})

test('of little nothing is said, and the band always holds the usual itself', () => {
  expect(judgeHour(0, usualOf([19, 19, 19]))).toBeUndefined()
  expect(judgeHour(0, usualOf([20, 20, 20]))).toBe('drop')
  fc.assert(
    fc.property(fc.array(fc.nat(1_000_000), { minLength: 3, maxLength: 6 }), (samples) => {
      const usual = usualOf(samples)
      expect(usual.low).toBeLessThanOrEqual(usual.count)
      expect(usual.high).toBeGreaterThanOrEqual(usual.count)
      expect([undefined, 'normal']).toContain(judgeHour(usual.count, usual))
    }),
  )
})

test('hours are compared on the clock of the workspace, over a change of summer time too', () => {
  // Berlin: 10:00 is 09:00 UTC in November, 08:00 UTC before the 25th of October 2026.
  const { byWeek } = sampleHours(Date.UTC(2026, 10, 2, 9), 'Europe/Berlin')
  expect(byWeek.slice(0, 2).map((at) => new Date(at).toISOString())).toEqual([
    '2026-10-26T09:00:00.000Z',
    '2026-10-19T08:00:00.000Z',
  ])
})

test('a young series is compared by days, a younger one not at all', () => {
  const series = (age: number) =>
    new Map(Array.from({ length: age * 24 }, (_, i) => [start + i * hourMs, 100] as const))
  const at = (age: number) => usualFor(series(age), start, start + age * 24 * hourMs, 'UTC')
  expect(at(3)).toBeUndefined()
  expect(at(5)?.count).toBe(100)
  expect(at(22)?.count).toBe(100)
})

test('what was due is the usual of each hour by its part; silence needs a quarter of an hour and twenty of it', () => {
  const usual = (hour: number) => (hour === start ? 60 : 120)
  expect(dueBetween(start + hourMs / 2, start + hourMs * 1.5, usual)).toBe(30 + 60)
  expect(dueBetween(start, start, usual)).toBe(0)
  expect(isSilent(0, 20, 15 * 60_000)).toBe(true)
  expect(isSilent(0, 1000, 14 * 60_000)).toBe(false)
  expect(isSilent(0, 19, hourMs)).toBe(false)
})
