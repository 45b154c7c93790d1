import { expect, test } from 'vitest'
import { byTime } from './annotation-marks.ts'

const noted = (...days: string[]) =>
  days.map((day, at) => ({ id: `a${at}`, day, text: 't', by: 'x', version: 1, createdAt: '' }))

test('of days each stands on its own, two of one day together', () => {
  const times = ['2026-11-10', '2026-11-11', '2026-11-12']
  expect(byTime(noted('2026-11-10', '2026-11-11', '2026-11-11'), times)).toEqual([
    { time: '2026-11-10', numbers: [1] },
    { time: '2026-11-11', numbers: [2, 3] },
  ])
})

test('of weeks the one it lies in; of hours the first of the day; what lies before is left out', () => {
  expect(byTime(noted('2026-11-01', '2026-11-11'), ['2026-11-02', '2026-11-09', '2026-11-16'])).toEqual([
    { time: '2026-11-09', numbers: [2] },
  ])
  const hours = ['2026-11-10T23:00:00+08:00', '2026-11-11T00:00:00+08:00', '2026-11-11T01:00:00+08:00']
  expect(byTime(noted('2026-11-11'), hours)).toEqual([{ time: hours[1], numbers: [1] }])
})
