import type { Language } from '#ui/i18n.ts'

const locale = { zh: 'zh-CN', en: 'en-GB' } as const
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options)
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale[language], options)
  formatters.set(key, made)
  return made
}

const steps: [limit: number, unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  [60, 'second', 1],
  [3600, 'minute', 60],
  [86_400, 'hour', 3600],
  [30 * 86_400, 'day', 86_400],
  [365 * 86_400, 'month', 30 * 86_400],
  [Number.POSITIVE_INFINITY, 'year', 365 * 86_400],
]

/** 8 秒前 / 3 days ago. Clocks differ by a little, so anything under 3 s is "now". */
export function relativeTime(time: number, now: number, language: Language): string {
  const seconds = Math.round((time - now) / 1000)
  const distance = Math.abs(seconds)
  const style = language === 'zh' ? 'narrow' : 'short'
  if (distance < 3) return language === 'zh' ? '刚刚' : 'now'
  const [, unit, size] = steps.find(([limit]) => distance < limit) ?? steps[5]!
  const amount = Math.trunc(seconds / size)
  // "yesterday" for 30 hours ago is often wrong; plain numbers never are.
  const text = new Intl.RelativeTimeFormat(locale[language], { numeric: 'always', style }).format(
    amount,
    unit,
  )
  // Numbers stand apart from Chinese letters everywhere else too: 9 分钟前.
  return language === 'zh' ? text.replace(/(?<=\d)(?=\p{Script=Han})/u, ' ') : text
}

/** 2026-03-05 周四 09:12:33 GMT+8, the full truth for hovers; the same order in every language. */
export function fullTime(time: number, timezone: string, language: Language): string {
  const weekday = formatter(language, { weekday: 'short', timeZone: timezone }).format(time)
  return `${dayKey(time, timezone)} ${weekday} ${clockTime(time, timezone, language, true)} ${zoneName(timezone, language, time)}`
}

/** 09:12 */
export const clockTime = (time: number, timezone: string, language: Language, seconds = false): string =>
  formatter(language, {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    hourCycle: 'h23',
    timeZone: timezone,
  }).format(time)

/** 2026-03-05 in the zone: the key of a day, also in a URL. */
export function dayKey(time: number, timezone: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: timezone,
  }).format(time)
}

/** 3月5日 周四 / Thu 5 Mar; with the year when it is another one. */
export function dayName(time: number, timezone: string, language: Language, now: number): string {
  const sameYear = dayKey(time, timezone).slice(0, 4) === dayKey(now, timezone).slice(0, 4)
  const date: Intl.DateTimeFormatOptions = {
    ...(sameYear ? {} : { year: 'numeric' }),
    month: language === 'zh' ? 'long' : 'short',
    day: 'numeric',
    timeZone: timezone,
  }
  if (language === 'en') return formatter(language, { ...date, weekday: 'short' }).format(time)
  // The Chinese pattern runs date and weekday together.
  return `${formatter(language, date).format(time)} ${formatter(language, { weekday: 'short', timeZone: timezone }).format(time)}`
}

/** GMT+8 → what a stamp shows. */
export function zoneName(timezone: string, language: Language, at = Date.now()): string {
  const part = formatter(language, { timeZone: timezone, timeZoneName: 'shortOffset' }).formatToParts(at)
  return part.find((p) => p.type === 'timeZoneName')?.value ?? timezone
}

/** Midnight of a day (2026-03-05) in the zone, as an instant. */
export function startOfDay(day: string, timezone: string): number {
  const guess = Date.parse(`${day}T00:00:00Z`)
  // Two rounds settle daylight-saving edges.
  let at = guess
  for (let round = 0; round < 2; round++) at = guess - offsetAt(at, timezone)
  return at
}

function offsetAt(time: number, timezone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
    timeZone: timezone,
  }).formatToParts(time)
  const of = (type: string) => Number(parts.find((p) => p.type === type)?.value)
  return (
    Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) -
    Math.floor(time / 1000) * 1000
  )
}
