import { expect, test } from 'vitest'
import { readAllowed } from './read-allowed.ts'

test('words become values of the type', () => {
  expect(readAllowed(['1', '1.5', 'x', ' '], 'number')).toEqual([1, 1.5, 'x', ' '])
  expect(readAllowed(['true', 'false', 'yes'], 'boolean')).toEqual([true, false, 'yes'])
  expect(readAllowed(['1', 'true'], 'text')).toEqual(['1', 'true'])
})
