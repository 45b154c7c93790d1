import { expect, test } from 'vitest'
import { readTime } from './read-time.ts'

const read = (value: unknown) => {
  const time = readTime(value)
  return typeof time === 'number' ? new Date(time).toISOString() : time
}

test.each([
  ['2026-01-01T10:00:00Z', '2026-01-01T10:00:00.000Z'],
  ['2026-01-01t10:00:00.5z', '2026-01-01T10:00:00.500Z'],
  ['2026-01-01T10:00:00.123456789+08:00', '2026-01-01T02:00:00.123Z'],
  ['2026-01-01 10:00:00.123 +0800', '2026-01-01T02:00:00.123Z'],
  ['2026-01-01T10:00:00,5', '2026-01-01T10:00:00.500Z'],
  ['2026-01-01 10:00', '2026-01-01T10:00:00.000Z'],
  ['2026-01-01', '2026-01-01T00:00:00.000Z'],
  ['Tue, 14 Nov 2023 22:13:20 GMT', '2023-11-14T22:13:20.000Z'],
  ['Wed Nov 15 2023 06:13:20 GMT+0800 (China Standard Time)', '2023-11-14T22:13:20.000Z'],
  ['1700000000', '2023-11-14T22:13:20.000Z'],
  ['1700000000123', '2023-11-14T22:13:20.123Z'],
  [1_700_000_000, '2023-11-14T22:13:20.000Z'],
  [1_700_000_000.5, '2023-11-14T22:13:20.500Z'],
  [1_700_000_000_123, '2023-11-14T22:13:20.123Z'],
])('%s is one moment, whatever zone the machine is in', (given, expected) => {
  const zone = process.env.TZ
  for (const TZ of ['UTC', 'Asia/Shanghai', 'America/New_York']) {
    process.env.TZ = TZ
    expect(read(given)).toBe(expected)
  }
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

test.each([null, undefined, ''])('%s is no time given', (given) => {
  expect(readTime(given)).toBeNull()
})

test.each([
  'hello 1',
  '1',
  'yesterday',
  '2026',
  '2026-13-01',
  '1969-12-31',
  '2200-01-01',
  -1,
  Number.POSITIVE_INFINITY,
  {},
  [2026],
  true,
  '12/31/2026',
])('%j is no time', (given) => {
  expect(readTime(given)).toBeUndefined()
})
