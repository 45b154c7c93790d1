import { expect, test } from 'vitest'
import { bracketPeriods, readBrackets } from './brackets.ts'

test('lengths are read however they are divided', () => {
  for (const text of ['1,3,7', '1, 3, 7', '1，3、7', ' 1/3/7 ', '1 3 7'])
    expect(readBrackets(text)).toEqual({ brackets: [1, 3, 7] })
  expect(bracketPeriods([1, 3, 7])).toEqual([
    { from: 1, to: 1 },
    { from: 2, to: 4 },
    { from: 5, to: 11 },
  ])
})

test('says what is wrong', () => {
  expect(readBrackets(' , ')).toEqual({ fault: { reason: 'empty' } })
  expect(readBrackets('1, x')).toEqual({ fault: { reason: 'number', part: 'x' } })
  expect(readBrackets('1, 0')).toEqual({ fault: { reason: 'number', part: '0' } })
  expect(readBrackets('1.5')).toEqual({ fault: { reason: 'number', part: '1.5' } })
  expect(readBrackets('300, 300')).toEqual({ fault: { reason: 'long', sum: 600 } })
  expect(readBrackets('1 '.repeat(51))).toEqual({ fault: { reason: 'many' } })
})
