import { expect, test } from 'vitest'
import { isMissing, readMoment, readNumber, readTime } from '#modules/imports/server/mapping/read-value.ts'

test('numbers are what loses nothing as one', () => {
  const read = [
    '0',
    '-1.50',
    '1,234,567.5',
    '¥99',
    '1e3',
    '007',
    '+86',
    '1234567890123456',
    '1,23',
    '',
    '12%',
  ].map(readNumber)
  expect(read).toEqual([
    0,
    -1.5,
    1_234_567.5,
    99,
    1000,
    undefined,
    86,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test('dates keep their day, times become UTC in the zone of the workspace', () => {
  const read = (text: string, order?: 'dmy' | 'mdy') => readMoment(text, 'Asia/Shanghai', order)?.text
  expect(read('2024/3/5')).toBe('2024-03-05')
  expect(read('2024年3月5日')).toBe('2024-03-05')
  expect(read('2024-03-05 14:30')).toBe('2024-03-05T06:30:00.000Z')
  expect(read('2024-03-05T14:30:00+02:00')).toBe('2024-03-05T12:30:00.000Z')
  expect(read('2024-03-05T14:30:00.123456Z')).toBe('2024-03-05T14:30:00.123Z')
  expect(read('05/03/2024', 'dmy')).toBe('2024-03-05')
  expect(read('05/03/2024 2:05 PM', 'mdy')).toBe('2024-05-03T06:05:00.000Z')
  expect([read('05/03/2024'), read('2024-02-30'), read('2024-13-01'), read('hello')]).toEqual(
    Array(4).fill(undefined),
  )
})

test('a time column may also count seconds or milliseconds', () => {
  const day = Date.UTC(2024, 2, 5)
  expect(readTime(day, 'UTC', undefined)).toBe(day)
  expect(readTime(String(day / 1000), 'UTC', undefined)).toBe(day)
  expect(readTime('20240305', 'UTC', undefined)).toBe(day)
  expect(readTime('20241305', 'UTC', undefined)).toBeUndefined()
})

test('what a form shows before anybody chose is no value, unless it is asked for', () => {
  expect(
    ['', ' ', 'Select', 'NULL', 'n/a', '-', null, []].map((cell) => isMissing(cell, false)),
  ).not.toContain(false)
  expect(['Select', 'NULL', '-'].map((cell) => isMissing(cell, true))).toEqual([false, false, false])
  expect([' ', 'None', '0', 0, false].map((cell) => isMissing(cell, true))).toEqual([
    true,
    false,
    false,
    false,
    false,
  ])
})
