import { expect, test } from 'vitest'
import { shareText } from './share-text.ts'

test.each([
  [0, 0, '0%'],
  [0, 10, '0%'],
  [1, 1000, '<1%'],
  [4, 10, '40%'],
  [999, 1000, '>99%'],
  [10, 10, '100%'],
  [3, 0, '100%'],
])('%i of %i is %s', (part, whole, text) => {
  expect(shareText(part, whole)).toBe(text)
})
