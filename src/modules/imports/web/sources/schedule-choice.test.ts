import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Schedule } from '../../source-contract.ts'
import { draftOfSchedule, newSchedule, scheduleOf } from './schedule-choice.ts'

test('every choice is a schedule the server takes, and is shown again as it was chosen', () => {
  const two = (n: number) => String(n).padStart(2, '0')
  const draft = fc.record({
    every: fc.constantFrom('file', 'minutes', 'hourly', 'daily', 'cron'),
    minutes: fc.integer({ min: 1, max: 10_080 }),
    at: fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([h, m]) => `${two(h)}:${two(m)}`),
    cron: fc.constantFrom('30 3 * * 1-5', '*/5 * * * *'),
  })
  fc.assert(
    fc.property(draft, (given) => {
      const schedule = scheduleOf(given)
      expect(Schedule.parse(schedule)).toEqual(schedule)
      expect(scheduleOf(draftOfSchedule(schedule))).toEqual(schedule)
      expect(draftOfSchedule(schedule).every).toBe(given.every)
    }),
  )
  expect(scheduleOf(newSchedule)).toEqual({ every: 'cron', cron: '0 3 * * *' })
})
