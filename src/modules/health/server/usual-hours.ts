import { DateTime } from 'luxon'
import { hourMs, type Usual, usualOf } from '#modules/health/server/judge-volume.ts'

const weeks = 6
const leastWeeks = 3
const days = 7
const leastDays = 4

/** Counts of one series by hour (ms of its beginning); hours without anything are missing. */
export type Series = ReadonlyMap<number, number>

/**
 * The same hour of the same weekday in the six weeks before, on the workspace's clock; while there are not three such
 * weeks, the same hour of the seven days before. Hours before the series began are no samples.
 */
export function sampleHours(hour: number, zone: string): { byWeek: number[]; byDay: number[] } {
  const at = DateTime.fromMillis(hour, { zone })
  const back = (unit: 'weeks' | 'days', times: number) =>
    Array.from({ length: times }, (_, i) => at.minus({ [unit]: i + 1 }).toMillis()).map(
      (time) => Math.floor(time / hourMs) * hourMs,
    )
  return { byWeek: back('weeks', weeks), byDay: back('days', days) }
}

/** What is usual for an hour; undefined while too little is known. */
export function usualFor(series: Series, began: number, hour: number, zone: string): Usual | undefined {
  const { byWeek, byDay } = sampleHours(hour, zone)
  const known = (hours: readonly number[]) =>
    hours.filter((one) => one >= began).map((one) => series.get(one) ?? 0)
  const ofWeeks = known(byWeek)
  if (ofWeeks.length >= leastWeeks) return usualOf(ofWeeks)
  const ofDays = known(byDay)
  return ofDays.length >= leastDays ? usualOf(ofDays) : undefined
}

/** When a series began, as far as it is kept. */
export const beganAt = (series: Series): number => {
  let first = Number.POSITIVE_INFINITY
  for (const hour of series.keys()) if (hour < first) first = hour
  return first
}
