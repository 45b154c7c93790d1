import { expect, test } from 'vitest'
import { decodeCursor, encodeCursor } from './cursor.ts'

test('a position comes back as it was; none or an empty one is the first page', () => {
  expect(decodeCursor(encodeCursor(['a', 1, null]), 3)).toEqual(['a', 1, null])
  expect(decodeCursor(undefined, 3)).toBeUndefined()
  expect(decodeCursor('', 3)).toBeUndefined()
})

test.each([
  ['no cursor of ours', 'x'],
  ['too few parts', encodeCursor(['a'])],
  ['a part of another type', encodeCursor([1, 1])],
  ['a place before the first', encodeCursor(['a', -1])],
  ['what no database can store', encodeCursor(['a\u0000', 1])],
])('%s is refused', (_, cursor) => {
  expect(() => decodeCursor(cursor, ['text', 'place'])).toThrow(/not one of ours/)
})
