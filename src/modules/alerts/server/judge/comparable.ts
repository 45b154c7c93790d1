import type { AlertInterval } from '#modules/alerts/contract/condition.ts'
import type { Point } from '#modules/alerts/server/judge/judge.ts'
import { bucketsBefore } from '#modules/alerts/server/judge/spans.ts'

const dayMs = 86_400_000
/** The same hour, or day, of so many weeks back; a holiday and a campaign among them move no median. */
const weeksBack = 8
const fewestWeeks = 4
/** Until there are enough hours of the week: the same hour of so many days back. */
const daysBack = 14
const fewestDays = 7
/** Of weeks and months: those just before. */
const periodsBack = 12
const fewestPeriods = 6
const daysOf = { week: 7, month: 30 } as const

export type Comparable = { values: number[]; needs: number }

/** Buckets before one that are like it, and how many days of history are missing to compare; 0: enough. */
export function comparable(points: readonly Point[], at: number, interval: AlertInterval): Comparable {
  const valuesAt = reader(points, at, interval)
  if (interval === 'week' || interval === 'month') {
    const values = valuesAt(Array.from({ length: periodsBack }, (_, back) => at - 1 - back))
    return { values, needs: Math.max(0, fewestPeriods - values.length) * daysOf[interval] }
  }
  const placeOf = placesByName(points, at)
  const { t } = points[at] as Point
  const ago = (days: number) => placeOf(daysBefore(t, days))
  const weekly = valuesAt(Array.from({ length: weeksBack }, (_, back) => ago((back + 1) * 7)))
  if (interval === 'day' || weekly.length >= fewestWeeks)
    return { values: weekly, needs: Math.max(0, fewestWeeks - weekly.length) * 7 }
  const daily = valuesAt(Array.from({ length: daysBack }, (_, back) => ago(back + 1)))
  return { values: daily, needs: Math.max(0, fewestDays - daily.length) }
}

/** Place of the same bucket a week before; of weeks and months the one before. */
export function sameLastWeek(
  points: readonly Point[],
  at: number,
  interval: AlertInterval,
): number | undefined {
  if (interval === 'week' || interval === 'month') return at > 0 ? at - 1 : undefined
  return placesByName(points, at)(daysBefore((points[at] as Point).t, 7))
}

/**
 * Values at places, without what has none and what lies before the first thing that happened. Looked for only as far back
 * as the comparison goes, so that a longer history read for a preview says the same.
 */
function reader(points: readonly Point[], at: number, interval: AlertInterval) {
  const from = at - bucketsBefore({ kind: 'deviation', to: 'either', sensitivity: 'medium' }, interval)
  const began = points.findIndex(({ value }, place) => place >= from && value !== null && value !== 0)
  return (places: readonly (number | undefined)[]): number[] =>
    places.flatMap((place) => {
      const value = place === undefined || place < began || began < 0 ? undefined : points[place]?.value
      return place !== undefined && place < at && value !== undefined && value !== null ? [value] : []
    })
}

/** Finds a bucket by day and hour as the clock shows them; of an hour that comes twice the first. */
function placesByName(points: readonly Point[], at: number) {
  const places = new Map<string, number>()
  for (let place = at - 1; place >= 0; place--) places.set(nameOf((points[place] as Point).t), place)
  return (name: string): number | undefined => places.get(name)
}

const nameOf = (t: string): string => t.slice(0, 13)

/** `2026-11-29` or `2026-11-29T10` so many days before, on the calendar. */
function daysBefore(t: string, days: number): string {
  const day = new Date(Date.parse(`${t.slice(0, 10)}T00:00:00Z`) - days * dayMs).toISOString().slice(0, 10)
  return day + nameOf(t).slice(10)
}
