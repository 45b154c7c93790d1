import { expect, test } from 'vitest'
import { changedLines } from './rule-changes.ts'

test('what only one reading says is added or removed', () => {
  expect(changedLines(['a', 'b', 'c'], ['c', 'a', 'd'])).toEqual({ added: ['d'], removed: ['b'] })
  expect(changedLines(['a', 'a'], ['a'])).toEqual({ added: [], removed: ['a'] })
  expect(changedLines(['a', 'b'], ['b', 'a'])).toEqual({ added: [], removed: [] })
})
