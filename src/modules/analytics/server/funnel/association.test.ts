import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FourFold, fisherExact, oddsRatio } from './association.ts'

/** All tables with the same sums, in whole numbers. */
function byHand({ a, b, c, d }: FourFold): number {
  const [converted, having, all] = [a + b, a + c, a + b + c + d]
  const ways = (k: number) => choose(having, k) * choose(all - having, converted - k)
  let rare = 0n
  for (let k = 0; k <= all; k++) if (ways(k) > 0n && ways(k) <= ways(a)) rare += ways(k)
  return Number((rare * 10n ** 18n) / choose(all, converted)) / 1e18
}

function choose(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n
  let ways = 1n
  for (let at = 1; at <= k; at++) ways = (ways * BigInt(n - k + at)) / BigInt(at)
  return ways
}

const few = fc.nat({ max: 40 })

test('Fisher by hand, in whole numbers', () => {
  fc.assert(
    fc.property(fc.record({ a: few, b: few, c: few, d: few }), (table) => {
      expect(fisherExact(table)).toBeCloseTo(byHand(table), 10)
    }),
    { numRuns: 1000 },
  )
})

test('known tables', () => {
  expect(fisherExact({ a: 3, b: 1, c: 1, d: 3 })).toBeCloseTo(0.4857142857, 9)
  expect(fisherExact({ a: 8, b: 2, c: 1, d: 5 })).toBeCloseTo(0.03496503496, 9)
  expect(fisherExact({ a: 0, b: 0, c: 0, d: 0 })).toBe(1)
  expect(oddsRatio({ a: 8, b: 2, c: 1, d: 5 })).toBeCloseTo((8.5 * 5.5) / (2.5 * 1.5), 12)
})

test('large tables: sure where they differ, one where they do not', () => {
  expect(fisherExact({ a: 300_000, b: 200_000, c: 200_000, d: 300_000 })).toBe(0)
  expect(fisherExact({ a: 250_000, b: 250_000, c: 250_000, d: 250_000 })).toBeCloseTo(1, 6)
})
