import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFormula } from '#modules/analytics/server/trend/formula.ts'

const work = (text: string, values: (number | null)[]) => readFormula(text, values.length)?.of(values)

test.each([
  ['A', [3], 3],
  ['a + b * 2', [1, 2], 5],
  ['(A + B) * 2', [1, 2], 6],
  ['A - B - 1', [5, 2], 2],
  ['A / B / 2', [8, 2], 2],
  ['-A + 10', [4], 6],
  ['A / 0', [1], null],
  ['A / (B - B)', [1, 5], null],
  ['A + B', [1, null], null],
  ['1.5 * A', [2], 3],
])('%s of %j is %s', (text, values, result) => expect(work(text, values)).toBe(result))

test.each(['', '1', 'A +', '(A', 'A)', 'A B', 'C', 'A ^ 2', 'A..', 'sum(A)', 'A;B'])('%j is none', (text) =>
  expect(readFormula(text, 2)).toBeUndefined(),
)

test('says which series it uses', () => expect(readFormula('C / A + c', 3)?.uses).toEqual([0, 2]))

test('any text is a formula or none, never a fault', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 30, unit: fc.constantFrom(...'AB12.+-*/() ') }), (text) => {
      const value = readFormula(text, 2)?.of([3, 4])
      expect(value === undefined || value === null || Number.isFinite(value)).toBe(true)
    }),
  )
})
