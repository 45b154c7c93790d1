/** How a personal value looks to who may not see it, and how mail addresses and phone numbers are found in a text. */

/** `l***@qq.com`: the first sign and the domain. */
export function maskMail(mail: string): string {
  const at = mail.lastIndexOf('@')
  return at < 1 ? maskText(mail) : `${firstSign(mail)}***${mail.slice(at)}`
}

/**
 * `138****8000`: three digits and the last four of a number that has eleven or more; of a shorter one the last four,
 * of one below eight digits the last two, so that four digits at least stay hidden wherever there are as many.
 */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '').replace(/^86(?=1[3-9]\d{9}$)/, '')
  const isForeign = phone.trim().startsWith('+') && !/^\+?86/.test(phone.trim())
  if (digits.length >= 11) return `${isForeign ? '+' : ''}${digits.slice(0, 3)}****${digits.slice(-4)}`
  return `****${digits.length >= tailFrom ? digits.slice(-4) : digits.slice(-2)}`
}

/** Phones of so many digits show their last four, and may be looked for by them. */
export const tailFrom = 8

/** The first sign, which is the family name of a Chinese name, and three stars whatever the length. */
export const maskText = (text: string): string => (text.trim() === '' ? text : `${firstSign(text)}***`)

const firstSign = (text: string): string => [...text.trim()][0] ?? ''

/** By its look: a mail address, a phone number, or a text. */
export function maskScalar(value: unknown): unknown {
  if (typeof value === 'string') {
    if (isMail(value)) return maskMail(value)
    return isPhone(value) ? maskPhone(value) : maskText(value)
  }
  if (typeof value === 'number') return isPhone(String(value)) ? maskPhone(String(value)) : '***'
  return typeof value === 'boolean' ? '***' : value
}

/** Everything in it: of lists every element, of objects every part. */
export function maskDeep(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskDeep)
  if (typeof value !== 'object' || value === null) return maskScalar(value)
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, maskDeep(part)]))
}

const mailParts = '[^\\s@,;:<>"\'()=&?/]+@[^\\s@,;:<>"\'()=&?/]+\\.[^\\s@,;:<>"\'()=&?/.]+'
const chineseMobile = '(?:\\+?86[ -]?)?1[3-9]\\d[ -]?\\d{4}[ -]?\\d{4}'
const international = '\\+\\d[\\d ().-]{5,17}\\d'
const inText = {
  mail: new RegExp(mailParts, 'gu'),
  // Eleven digits inside of a longer number are no phone.
  phone: new RegExp(`(?<![\\d+])(?:${international}|${chineseMobile})(?!\\d)`, 'g'),
}
const wholeMail = new RegExp(`^\\s*${mailParts}\\s*$`, 'u')
const wholePhone = new RegExp(`^\\s*(?:${international}|${chineseMobile})\\s*$`)

const isMail = (text: string): boolean => wholeMail.test(text)
const isPhone = (text: string): boolean => wholePhone.test(text)

/** Whether a value is a mail address or a phone number as a whole; what such an attribute holds is personal. */
export const looksPersonal = (value: unknown): boolean =>
  (typeof value === 'string' || typeof value === 'number') &&
  (isMail(String(value)) || isPhone(String(value)))

/** A text without the mail addresses and phone numbers in it. */
export function maskInText(text: string): string {
  // Both are long enough that most texts need no search.
  if (text.length < 6) return text
  const mails = text.includes('@') ? text.replace(inText.mail, maskMail) : text
  return /\d{4}|\+\d/.test(mails) ? mails.replace(inText.phone, maskPhone) : mails
}

/** RE2 patterns of the same, for ClickHouse, which knows no looking behind: it takes out more, never less. */
export const personalPatterns = [mailParts, international, chineseMobile] as const
