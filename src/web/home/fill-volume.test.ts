import { expect, test } from 'vitest'
import { fillVolume } from './fill-volume.ts'

const at = (hour: number, day = 5) => new Date(Date.UTC(2026, 2, day, hour)).toISOString()

test('hours without events are zero and the present hour is the last', () => {
  const items = [
    { time: at(9), count: 4 },
    { time: at(10), count: 2 },
    { time: at(12), count: 1 },
  ]
  const filled = fillVolume(items, 6, Date.parse(at(13)) + 1_800_000)
  expect(filled.map((point) => point.count)).toEqual([0, 4, 2, 0, 1, 0])
  expect(filled.at(-1)?.time).toBe(Date.parse(at(13)))
})

test('points a day apart are filled by days', () => {
  const items = [
    { time: at(0, 1), count: 7 },
    { time: at(0, 3), count: 5 },
  ]
  expect(fillVolume(items, 72, Date.parse(at(5, 3))).map((point) => point.count)).toEqual([7, 0, 5])
})

test('nothing at all is a row of zeros', () => {
  expect(fillVolume([], 24, Date.parse(at(13))).map((point) => point.count)).toEqual(Array(24).fill(0))
})
