import type { Finding } from '#modules/health/server/anomaly-store.ts'
import { dueBetween, hourMs, isSilent, judgeHour } from '#modules/health/server/judge-volume.ts'
import { beganAt, type Series, usualFor } from '#modules/health/server/usual-hours.ts'

export type Judged = {
  state: 'silent' | 'drop' | 'surge' | 'normal' | 'learning' | 'sparse'
  /** Of the last whole hour. */
  lastHour: number
  usual: number | null
  finding: Finding | undefined
}

/** What is to be said of one series now. `lastAt`: when it was last heard of, where that is known (sources). */
export function judgeSeries(
  key: string,
  series: Series,
  { zone, now, lastAt }: { zone: string; now: number; lastAt?: number },
): Judged {
  const hour = Math.floor(now / hourMs) * hourMs - hourMs
  const began = beganAt(series)
  const lastHour = series.get(hour) ?? 0
  const usual = usualFor(series, began, hour, zone)
  const at = { lastHour, usual: usual?.count ?? null }
  if (lastAt !== undefined) {
    const due = dueBetween(lastAt, now, (one) => usualFor(series, began, one, zone)?.count)
    if (isSilent(lastAt, due, now))
      return {
        ...at,
        state: 'silent',
        finding: { series: key, kind: 'silent', since: lastAt, expected: due, seen: 0 },
      }
  }
  if (!usual) return { ...at, state: 'learning', finding: undefined }
  const verdict = judgeHour(lastHour, usual)
  if (verdict === undefined) return { ...at, state: 'sparse', finding: undefined }
  if (verdict === 'normal') return { ...at, state: 'normal', finding: undefined }
  const finding = { series: key, kind: verdict, since: hour, expected: usual.count, seen: lastHour }
  return { ...at, state: verdict, finding }
}
