import { randomBytes } from 'node:crypto'

// Crockford base32 in lower case: no i, l, o, u, so that ids survive being read aloud.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** Opaque public id `seg_…`: 100 random bits, 20 characters. */
export function newId(prefix: string): string {
  return `${prefix}_${randomText(20)}`
}

/** `length` characters of 5 random bits each. */
export function randomText(length: number): string {
  const bytes = randomBytes(length)
  let text = ''
  for (const byte of bytes) text += alphabet[byte & 31]
  return text
}
