import { expect, test } from 'vitest'
import { readValue, writeValue } from './read-value.ts'

test('an edited value keeps the type it had', () => {
  expect(readValue('12', 7)).toBe(12)
  expect(readValue('false', true)).toBe(false)
  expect(readValue('["a"]', [])).toEqual(['a'])
  expect(readValue('0138', '0137')).toBe('0138')
  expect(readValue('12', undefined)).toBe('12')
  expect(readValue('soon', 7)).toBe('soon')
  expect(readValue('  ', 7)).toBeNull()
})

test('writing and reading gives the same value', () => {
  for (const value of ['x', 3, true, ['a', 1]]) expect(readValue(writeValue(value), value)).toEqual(value)
})
