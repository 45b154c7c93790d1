import { DateTime } from 'luxon'
import type { AlertInterval } from '#modules/alerts/contract/condition.ts'

/** Events that come late count when they come within so long after the end of their bucket. */
export const settleMs = 10 * 60_000

type Rhythm = { interval: AlertInterval; running: boolean; hour: number; zone: string }

/**
 * The next moment an alert is looked at, strictly later: ten minutes after each hour of the workspace's clock, and of days
 * and longer at the hour chosen. While a bucket is running as well: every quarter of an hour, or every hour.
 */
export function nextLook(now: number, { interval, running, hour, zone }: Rhythm): number {
  if (interval === 'hour' && running) return (Math.floor(now / quarterMs) + 1) * quarterMs
  if (interval === 'hour' || running) return afterTheHour(now, zone)
  const today = DateTime.fromMillis(now, { zone }).startOf('day')
  const at = [0, 1, 2].map((days) => lookOf(today.plus({ days }), hour)).find((moment) => moment > now)
  return at ?? now + 86_400_000
}

const quarterMs = 15 * 60_000

/** Where clocks are set forward over that hour, the one after it. */
function lookOf(day: DateTime, hour: number): number {
  const ms = day.set({ hour }).toMillis()
  return hour === 0 ? ms + settleMs : ms
}

function afterTheHour(now: number, zone: string): number {
  const begun = DateTime.fromMillis(now, { zone }).startOf('hour').toMillis() + settleMs
  return begun > now ? begun : begun + 3_600_000
}
