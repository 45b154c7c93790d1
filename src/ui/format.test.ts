import { expect, test } from 'vitest'
import { exactNumber, percent, shortNumber, signedNumber } from '#ui/format-number.ts'
import { clockTime, dayKey, dayName, fullTime, relativeTime, startOfDay } from '#ui/format-time.ts'

const at = Date.parse('2026-03-05T23:30:00Z')

test('short numbers follow the language, small ones stay exact', () => {
  expect(shortNumber(9_999, 'zh')).toBe('9,999')
  expect(shortNumber(12_345, 'zh')).toBe('1.2万')
  expect(shortNumber(12_345, 'en')).toBe('12.3K')
  expect(shortNumber(123_456_789, 'zh')).toBe('1.2亿')
  expect(exactNumber(12_345.678, 'en')).toBe('12,345.68')
})

test('signed numbers carry a true minus', () => {
  expect([signedNumber(1204, 'en'), signedNumber(-318, 'en'), signedNumber(0, 'en')]).toEqual([
    '+1,204',
    '−318',
    '0',
  ])
})

test('a tiny share is never shown as nothing', () => {
  expect(percent(0.0004, 'en')).toBe('<0.1%')
  expect(percent(0, 'en')).toBe('0%')
  expect(percent(0.625, 'en')).toBe('63%')
})

test('relative time goes both ways and never rounds up to the next unit', () => {
  expect(relativeTime(at - 8_000, at, 'zh')).toBe('8 秒前')
  expect(relativeTime(at - 59 * 60_000, at, 'en')).toBe('59 min ago')
  expect(relativeTime(at + 2 * 86_400_000, at, 'en')).toBe('in 2 days')
})

test('days and clocks belong to the zone of the reader', () => {
  expect(dayKey(at, 'Asia/Shanghai')).toBe('2026-03-06')
  expect(dayKey(at, 'America/New_York')).toBe('2026-03-05')
  expect(clockTime(at, 'Asia/Shanghai', 'zh')).toBe('07:30')
  expect(fullTime(at, 'Asia/Shanghai', 'zh')).toBe('2026-03-06 周五 07:30:00 GMT+8')
  // The offset is that of the moment, not of today.
  expect(fullTime(Date.parse('2026-07-01T12:00:00Z'), 'America/New_York', 'en')).toBe(
    '2026-07-01 Wed 08:00:00 GMT-4',
  )
  expect(dayName(at, 'Asia/Shanghai', 'zh', at)).toBe('3月6日 周五')
})

test('the start of a day is found on days when the clocks change', () => {
  expect(new Date(startOfDay('2026-03-06', 'Asia/Shanghai')).toISOString()).toBe('2026-03-05T16:00:00.000Z')
  // New York springs forward on 2026-03-08 at 2:00; midnight is still EST, the next one EDT.
  expect(new Date(startOfDay('2026-03-08', 'America/New_York')).toISOString()).toBe(
    '2026-03-08T05:00:00.000Z',
  )
  expect(new Date(startOfDay('2026-03-09', 'America/New_York')).toISOString()).toBe(
    '2026-03-09T04:00:00.000Z',
  )
})
