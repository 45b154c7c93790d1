import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { isBlocked } from './blocked.ts'
import type { IdentitySettings } from './kind-rules.ts'
import type { Identifier } from './observation.ts'

/** `blocked` and `empty` are expected noise; the others are worth showing in the event debugger. */
export type RejectedIdentifier =
  | 'empty'
  | 'blocked'
  | 'too_long'
  | 'not_text'
  | 'not_an_email'
  | 'not_a_phone'

export type Normalised = { identifier: Identifier } | { rejected: RejectedIdentifier }

const longestValue = 512

/** One spelling per identifier, so that equal ones are equal texts. Look-ups go through the same door. */
export function normaliseIdentifier(settings: IdentitySettings, kind: string, raw: unknown): Normalised {
  const text = plainText(raw)
  if (text === undefined) return { rejected: raw === null || raw === undefined ? 'empty' : 'not_text' }
  if (text === '') return { rejected: 'empty' }
  if (text.length > longestValue) return { rejected: 'too_long' }
  if (isBlocked(settings, kind, text)) return { rejected: 'blocked' }
  if (kind === 'email') return normaliseEmail(text)
  if (kind === 'phone') return normalisePhone(settings, text)
  return { identifier: { kind, value: text } }
}

/** Numbers are accepted as ids (many back ends send them); objects and booleans are not. */
function plainText(raw: unknown): string | undefined {
  if (typeof raw === 'number' && Number.isFinite(raw)) return String(raw)
  return typeof raw === 'string' ? raw.trim().normalize('NFC') : undefined
}

// One @, a dot in the domain, none of the characters that come from pasted address lists. Deliberately not RFC 5322.
const email = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/

function normaliseEmail(text: string): Normalised {
  const value = text.toLowerCase()
  if (value.length > 254 || !email.test(value)) return { rejected: 'not_an_email' }
  return { identifier: { kind: 'email', value } }
}

// Parsing takes 5–20 µs, which is more than all the rest of identity; a bounded cache keeps repeats free.
const parsed = new Map<string, string | undefined>()
const parsedLimit = 50_000

function normalisePhone(settings: IdentitySettings, text: string): Normalised {
  const cacheKey = `${settings.phoneRegion}:${text}`
  let value = parsed.get(cacheKey)
  if (value === undefined && !parsed.has(cacheKey)) {
    value = phoneText(settings.phoneRegion, text)
    if (parsed.size >= parsedLimit) parsed.clear()
    parsed.set(cacheKey, value)
  }
  return value === undefined ? { rejected: 'not_a_phone' } : { identifier: { kind: 'phone', value } }
}

/** E.164 where the number can exist; extensions and in-house numbers stay as their digits (5 to 20). */
function phoneText(region: string, text: string): string | undefined {
  const country: CountryCode | undefined = isSupportedCountry(region) ? region : undefined
  const found = parsePhoneNumberFromString(text, country)
  if (found?.isPossible()) return found.number
  if (/[a-z\p{L}]/iu.test(text)) return undefined
  const digits = text.replace(/\D/g, '')
  return digits.length >= 5 && digits.length <= 20 ? digits : undefined
}
