import { DateTime } from 'luxon'

export type Rhythm = { every: 'day' | 'week' | 'month'; day: number; minute: number }

/**
 * The first moment after `after` (ms) that the rhythm names in this zone. A time the clocks leave out is the same
 * distance later, one they have twice is the first of both; a month without that day has its last day instead.
 */
export function nextMoment({ every, day, minute }: Rhythm, zone: string, after: number): number {
  const start = DateTime.fromMillis(after, { zone }).startOf(every)
  for (let step = 0; step < 3; step++) {
    const period = start.plus({ [every]: step })
    const date =
      every === 'day'
        ? period
        : every === 'week'
          ? period.plus({ days: day - 1 })
          : period.set({ day: Math.min(day, period.daysInMonth ?? 28) })
    const moment = date.set({ hour: Math.floor(minute / 60), minute: minute % 60 }).toMillis()
    if (moment > after) return moment
  }
  throw new Error(`no moment of ${every} ${day} after ${after}`)
}
