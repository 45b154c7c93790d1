import type { Language } from '#ui/i18n.ts'

const locale = { zh: 'zh-CN', en: 'en-US' } as const
const formatters = new Map<string, Intl.NumberFormat>()

function formatter(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options)
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale[language], options)
  formatters.set(key, made)
  return made
}

/** 12,804 */
export const exactNumber = (value: number, language: Language): string =>
  formatter(language, { maximumFractionDigits: 2 }).format(value)

/** 1.3万 / 12.8K; below ten thousand exact, because there it is short enough. */
export function shortNumber(value: number, language: Language): string {
  if (Math.abs(value) < 10_000) return exactNumber(value, language)
  return formatter(language, { notation: 'compact', maximumFractionDigits: 1 }).format(value)
}

/** +1,204 / −318 with a true minus sign. */
export function signedNumber(value: number, language: Language): string {
  const text = exactNumber(Math.abs(value), language)
  return value > 0 ? `+${text}` : value < 0 ? `−${text}` : text
}

/** 62% ; tiny shares stay visible as <0.1%. */
export function percent(share: number, language: Language): string {
  if (share > 0 && share < 0.001) return '<0.1%'
  return formatter(language, { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 }).format(share)
}

/** ¥12,300.00; an amount in a currency nobody knows keeps its code. */
export function money(amount: number, currency: string, language: Language): string {
  if (!/^[A-Za-z]{3}$/.test(currency)) return `${exactNumber(amount, language)} ${currency}`.trim()
  return formatter(language, {
    style: 'currency',
    currency: currency.toUpperCase(),
    currencyDisplay: 'narrowSymbol',
  }).format(amount)
}
