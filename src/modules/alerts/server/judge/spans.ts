import type { AlertCondition, AlertInterval } from '#modules/alerts/contract/condition.ts'

/** Buckets a preview shows and a new alert begins its history with. */
export const shownBuckets = { hour: 168, day: 30, week: 26, month: 12 } as const

/** Buckets before one that its condition asks for. */
export function bucketsBefore(condition: AlertCondition, interval: AlertInterval): number {
  if (condition.kind === 'threshold') return 0
  if (condition.kind === 'change')
    return condition.against === 'previous' ? 1 : { hour: 7 * 24 + 1, day: 7, week: 1, month: 1 }[interval]
  // One more hour where clocks were set back.
  return { hour: 8 * 7 * 24 + 1, day: 8 * 7, week: 12, month: 12 }[interval]
}

/** A length that no bucket of the interval is shorter than, but for an hour of daylight saving. */
export const bucketMs = {
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  month: 28 * 86_400_000,
} as const
