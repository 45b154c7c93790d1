import { expect, test } from 'vitest'
import { newAgenda } from '#modules/segments/server/membership/agenda.ts'

test('people are due in the second of their moment, and until it is over', () => {
  const agenda = newAgenda()
  agenda.reset(60_000)
  agenda.add(1, 7, [11], 5_400)
  agenda.add(1, 7, [12], 5_900)
  expect(agenda.due(4_999)).toEqual([])
  expect(agenda.due(5_000)).toEqual([{ workspace: 1, segment: 7, persons: new Set([11, 12]) }])
  agenda.done(5_999)
  expect(agenda.due(5_999)).toHaveLength(1) // 12 was not due when it was looked at in 5.4
  agenda.done(6_000)
  expect(agenda.due(9_000)).toEqual([])
})

test('what lies beyond its end is left to the next reading', () => {
  const agenda = newAgenda()
  agenda.add(1, 7, [11], 100)
  expect(agenda.first).toBeUndefined()
  agenda.reset(60_000)
  agenda.add(1, 7, [11], 60_000)
  expect(agenda.first).toBeUndefined()
  agenda.add(1, 7, [11], 59_999)
  expect(agenda.first).toBe(59_000)
})

test('everybody swallows the named', () => {
  const agenda = newAgenda()
  agenda.reset(60_000)
  agenda.add(1, 7, [11], 1_000)
  agenda.add(1, 7, 'everybody', 1_000)
  agenda.add(1, 7, [12], 1_000)
  expect(agenda.due(1_000)).toEqual([{ workspace: 1, segment: 7, persons: 'everybody' }])
})
