import type { Language } from '#ui/i18n.ts'

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** 2天 3小时 / 2 days 3 hr: the two largest units; under a minute with one decimal. */
export function durationText(seconds: number, language: Language): string {
  const say = (value: number, unit: string, digits = 0) =>
    new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en', {
      ...{ style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits },
    } as Intl.NumberFormatOptions).format(value)
  if (seconds < 60) return say(seconds, 'second', 1)
  const at = units.findIndex(([, size]) => seconds >= size)
  const [unit, size] = units[at] as (typeof units)[number]
  const [lower, lowerSize] = units[at + 1] as (typeof units)[number]
  // Rounded in the smaller unit first, so that 59.7 minutes are an hour and not 60 minutes.
  const whole = Math.round(seconds / lowerSize) * lowerSize
  if (whole >= (units[at - 1]?.[1] ?? Number.POSITIVE_INFINITY)) return durationText(whole, language)
  const rest = Math.round((whole % size) / lowerSize)
  return [say(Math.floor(whole / size), unit), ...(rest > 0 ? [say(rest, lower)] : [])].join(' ')
}
