import type { AlertCondition, AlertInterval } from './contract/condition.ts'

// Said by the screen and in mail alike, so they stand with neither.

type Language = 'en' | 'zh'
type Unit = 'number' | 'percent'

/** A number as people read it: at most two places, those of rates with a sign. */
export function sayAmount(value: number | null, unit: Unit): string {
  if (value === null) return '–'
  const text = new Intl.NumberFormat('en', { maximumFractionDigits: 2 }).format(value)
  return unit === 'percent' ? `${text}%` : text
}

/** `2026-11-29`, or `2026-11-29 10:00` by the workspace's clock; of weeks and months the first day. */
export const sayBucket = (t: string): string => t.slice(0, 16).replace('T', ' ')

/** What had been fine. */
export function sayBand(
  { low, high }: { low: number | null; high: number | null },
  unit: Unit,
  language: Language,
): string {
  const [from, to] = [sayAmount(low, unit), sayAmount(high, unit)]
  if (low !== null && high !== null) return language === 'zh' ? `${from} 到 ${to}` : `${from} to ${to}`
  if (low !== null) return language === 'zh' ? `不低于 ${from}` : `${from} or more`
  if (high !== null) return language === 'zh' ? `不高于 ${to}` : `${to} or less`
  return '–'
}

const buckets = {
  en: { hour: 'hour', day: 'day', week: 'week', month: 'month' },
  zh: { hour: '小时', day: '天', week: '周', month: '月' },
} as const
const moves = {
  en: { up: 'rises', down: 'falls', either: 'changes' },
  zh: { up: '上升', down: '下降', either: '变化' },
} as const
const sensitivities = {
  en: { low: 'low', medium: 'medium', high: 'high' },
  zh: { low: '低', medium: '中', high: '高' },
} as const

/** When it fires, as half a sentence. */
export function sayCondition(
  condition: AlertCondition,
  { interval, unit }: { interval: AlertInterval; unit: Unit },
  language: Language,
): string {
  const zh = language === 'zh'
  if (condition.kind === 'threshold') {
    if (condition.is === 'above')
      return zh ? `高于 ${sayAmount(condition.high, unit)}` : `it is above ${sayAmount(condition.high, unit)}`
    if (condition.is === 'below')
      return zh ? `低于 ${sayAmount(condition.low, unit)}` : `it is below ${sayAmount(condition.low, unit)}`
    const [low, high] = [sayAmount(condition.low, unit), sayAmount(condition.high, unit)]
    return zh ? `不在 ${low} 到 ${high} 之间` : `it is outside ${low} to ${high}`
  }
  const move = moves[language][condition.to]
  if (condition.kind === 'change') {
    const by =
      condition.unit === 'percent' ? sayAmount(condition.by, 'percent') : sayAmount(condition.by, unit)
    const before =
      condition.against === 'week'
        ? zh
          ? '上周同期'
          : `the same ${buckets.en[interval]} last week`
        : zh
          ? `上一${interval === 'hour' ? '小时' : buckets.zh[interval]}`
          : `the ${buckets.en[interval]} before`
    return zh ? `比${before}${move}超过 ${by}` : `it ${move} by more than ${by} against ${before}`
  }
  const sensitivity = sensitivities[language][condition.sensitivity]
  const direction = {
    en: { up: 'above', down: 'below', either: 'away from' },
    zh: { up: '高于', down: '低于', either: '偏离' },
  }[language][condition.to]
  return zh
    ? `明显${direction}平时（灵敏度：${sensitivity}）`
    : `it is well ${direction} what is usual (sensitivity: ${sensitivity})`
}
