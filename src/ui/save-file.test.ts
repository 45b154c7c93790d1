import { expect, test } from 'vitest'
import { fileName } from '#ui/save-file.ts'

test('a file name has nothing that a file system forbids, and is never empty', () => {
  expect(fileName('订单 / 收入: "11月"', 'png')).toBe('订单-收入-11月.png')
  expect(fileName(' ?*', 'csv')).toBe('headwater.csv')
  expect(fileName('a'.repeat(200), 'csv')).toHaveLength(84)
})
