import { expect, test } from 'vitest'
import { hasSameNumbers } from './same-numbers.ts'

const answer = (value: number, more: object = {}) => ({
  ...{ computedAt: '2026-11-01T00:00:00.000Z', cached: false, tookMs: 12, series: [{ points: [{ value }] }] },
  ...more,
})

test('when and how it was counted is no difference, a number is', () => {
  const again = { computedAt: '2026-11-01T00:05:00.000Z', cached: true, tookMs: 3 }
  expect(hasSameNumbers(answer(3), answer(3, again))).toBe(true)
  expect(hasSameNumbers(answer(3), answer(4))).toBe(false)
})
