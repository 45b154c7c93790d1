import { expect, test } from 'vitest'
import { readCuts } from './rfm-options.ts'

test('cut points are read as people type them, and only ascending', () => {
  expect(readCuts('30, 60，120')).toEqual([30, 60, 120])
  expect(readCuts(' 0.5 2 ')).toEqual([0.5, 2])
  expect([readCuts(''), readCuts('3, 2'), readCuts('2, 2'), readCuts('a')]).toEqual(Array(4).fill(undefined))
  expect(readCuts('1 2 3 4 5 6 7 8 9 10')).toBeUndefined()
})
