import type { AlertCondition, AlertInterval, Verdict } from '#modules/alerts/contract/condition.ts'
import { comparable, sameLastWeek } from '#modules/alerts/server/judge/comparable.ts'

/** One bucket of the watched number; `open`: it is not over. */
export type Point = { t: string; value: number | null; open: boolean }

export type Judgement = {
  t: string
  value: number | null
  low: number | null
  high: number | null
  expected: number | null
  verdict: Verdict
  needs: number
}

type Band = Pick<Judgement, 'low' | 'high' | 'expected'>
/** Either what had been fine, or why nothing can be said. */
type Expectation = Band | { verdict: 'learning' | 'empty'; needs: number }

/** What kind of numbers these are; `counts`: of events or people, which chance alone spreads by their square root. */
export type Nature = { interval: AlertInterval; counts: boolean }

/** Deviations from the median that are still fine. */
export const spreadsOf = { low: 5, medium: 3.5, high: 2.5 } as const
/** The median absolute deviation of a normal distribution is so much of its standard deviation. */
const madToSpread = 1.4826
/** However even the numbers were, so much of the median is chance. */
const leastShare = 0.05

/** What is to be said of the bucket at a place, from it and those before it; the same for preview and evaluation. */
export function judge(
  points: readonly Point[],
  at: number,
  condition: AlertCondition,
  nature: Nature,
): Judgement {
  const { t, value } = points[at] as Point
  const found = expectation(points, at, condition, nature)
  if ('verdict' in found)
    return { t, value, low: null, high: null, expected: null, verdict: found.verdict, needs: found.needs }
  return { t, value, ...found, verdict: verdictOf(value, found), needs: 0 }
}

function verdictOf(value: number | null, { low, high }: Band): Verdict {
  if (value === null) return 'empty'
  return (low !== null && value < low) || (high !== null && value > high) ? 'breach' : 'fine'
}

function expectation(
  points: readonly Point[],
  at: number,
  condition: AlertCondition,
  { interval, counts }: Nature,
): Expectation {
  if (condition.kind === 'threshold')
    return {
      low: condition.is === 'above' ? null : condition.low,
      high: condition.is === 'below' ? null : condition.high,
      expected: null,
    }
  if (condition.kind === 'change') return changeBand(points, at, condition, interval)
  const { values, needs } = comparable(points, at, interval)
  if (needs > 0) return { verdict: 'learning', needs }
  const { middle, spread } = usualOf(values, counts)
  const band = bounded(middle, spread * spreadsOf[condition.sensitivity], condition.to)
  // What was never negative is not expected to be.
  const isNegative = band.low !== null && band.low < 0 && values.every((value) => value >= 0)
  return isNegative ? { ...band, low: 0 } : band
}

function changeBand(
  points: readonly Point[],
  at: number,
  { against, by, unit, to }: Extract<AlertCondition, { kind: 'change' }>,
  interval: AlertInterval,
): Expectation {
  const place = against === 'previous' ? at - 1 : sameLastWeek(points, at, interval)
  const before = place === undefined ? undefined : points[place]
  if (before === undefined) return { verdict: 'learning', needs: against === 'previous' ? 1 : 7 }
  if (before.value === null || (unit === 'percent' && before.value === 0))
    return { verdict: 'empty', needs: 0 }
  return bounded(before.value, unit === 'percent' ? (Math.abs(before.value) * by) / 100 : by, to)
}

const bounded = (expected: number, room: number, to: 'up' | 'down' | 'either'): Band => ({
  expected,
  low: to === 'up' ? null : expected - room,
  high: to === 'down' ? null : expected + room,
})

/**
 * Median, and the spread around it: 1.4826 times the median distance from it, which is a standard deviation where values
 * lie as on a bell. Never less than 5 % of the median, or its square root where things are counted: a handful of numbers agrees
 * by accident.
 */
export function usualOf(values: readonly number[], counts: boolean): { middle: number; spread: number } {
  const middle = median(values)
  const distances = values.map((value) => Math.abs(value - middle))
  const spread = Math.max(
    madToSpread * median(distances),
    leastShare * Math.abs(middle),
    counts ? Math.sqrt(Math.max(1, middle)) : 0,
  )
  return { middle, spread }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  const [before = 0, after = 0] = [sorted[half - 1], sorted[half]]
  return sorted.length % 2 === 1 ? after : (before + after) / 2
}
