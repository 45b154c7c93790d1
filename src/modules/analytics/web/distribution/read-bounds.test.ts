import { expect, test } from 'vitest'
import { readBounds } from './distribution-options.ts'

test('bounds as people type them, in any order and with either comma', () => {
  expect(readBounds('1,3,7')).toEqual([1, 3, 7])
  expect(readBounds(' 100，50 50、-2.5 ')).toEqual([-2.5, 50, 100])
  expect(readBounds('')).toBeUndefined()
  expect(readBounds('1, many')).toBeUndefined()
})
