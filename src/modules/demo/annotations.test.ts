import { expect, test } from 'vitest'
import { demoAnnotations } from './annotations.ts'

test('every season of the half year is noted on its first day, once', () => {
  const notes = demoAnnotations(new Date('2026-11-29T04:00:00Z'))
  expect(notes.map(({ day }) => day)).toEqual([
    '2026-06-10',
    '2026-07-01',
    '2026-08-20',
    '2026-09-07',
    '2026-11-01',
  ])
  expect(notes.at(-1)?.text).toBe('双11开始：券 D11-500，立减 500 元')
})
