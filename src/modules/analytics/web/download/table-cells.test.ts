import { expect, test } from 'vitest'
import { readCell } from './table-cells.ts'

test.each([
  ['1,234,567', 1_234_567],
  ['−12.5', -12.5],
  ['0', 0],
  ['12.3%', '12.3%'],
  ['1,2', '1,2'],
  ['2026-11-01', '2026-11-01'],
  [' 2 h\n 5 min ', '2 h 5 min'],
  ['–', null],
  ['', null],
])('the cell %j is %j in a file', (shown, read) => {
  expect(readCell(shown)).toBe(read)
})
