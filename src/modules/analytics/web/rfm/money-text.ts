import { exactNumber, money, shortNumber } from '#ui/format-number.ts'
import type { Language } from '#ui/i18n.ts'

/** An amount in its currency; of events as a plain number. */
export function moneyText(amount: number, currency: string | null, language: Language): string {
  return currency ? money(amount, currency, language) : exactNumber(amount, language)
}

/** The same where there is little room: no cents above a hundred. */
export function shortMoney(amount: number, currency: string | null, language: Language): string {
  const rounded = Math.abs(amount) < 100 ? amount : Math.round(amount)
  if (Math.abs(amount) < 10_000) return moneyText(rounded, currency, language).replace(/([.]00)$/, '')
  const short = shortNumber(amount, language)
  const sign = currency ? money(0, currency, language).replace(/[\d.,\s]/g, '') : ''
  return `${sign}${short}`
}
