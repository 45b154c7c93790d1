import { expect, test } from 'vitest'
import { readRetryAfter, waitAfter } from '#modules/webhooks/server/retry-schedule.ts'

const now = Date.parse('2026-11-22T12:00:00Z')

test('ten tries within 75 h 35 min 5 s, and up to a tenth more', () => {
  const waits = (random: number) => Array.from({ length: 9 }, (_, at) => waitAfter(at + 1, random) as number)
  const sum = (list: number[]) => list.reduce((all, one) => all + one, 0) / 1000
  expect(waits(0).slice(0, 4)).toEqual([5000, 300_000, 1_800_000, 7_200_000])
  expect(sum(waits(0))).toBe(75 * 3600 + 35 * 60 + 5)
  expect(sum(waits(1))).toBeCloseTo((75 * 3600 + 35 * 60 + 5) * 1.1)
  expect(waitAfter(10, 0)).toBeUndefined()
})

test('Retry-After is read in both its forms, and only as far as it makes sense', () => {
  expect(readRetryAfter('120', now)).toBe(120_000)
  expect(readRetryAfter('Sun, 22 Nov 2026 12:01:00 GMT', now)).toBe(60_000)
  expect(readRetryAfter('999999999', now)).toBe(24 * 3600_000)
  for (const useless of [undefined, '', ' ', '0', '-5', 'soon', 'Sun, 22 Nov 2026 11:00:00 GMT'])
    expect(readRetryAfter(useless, now)).toBeUndefined()
})
