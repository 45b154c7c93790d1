import type { IdentitySettings } from './kind-rules.ts'

// What broken front ends send when they have no id. Segment blocks `^[0-]*$`, `-1`, `null`, `anonymous`; the rest
// are the texts JavaScript, Python and SQL exports make of "nothing".
const blockedEverywhere = new Set([
  '-1',
  'null',
  '(null)',
  '<null>',
  'nil',
  'none',
  'undefined',
  'nan',
  'n/a',
  'na',
  '#n/a',
  'true',
  'false',
  'anonymous',
  'unknown',
  'guest',
  '[object object]',
  '{}',
  '[]',
  '""',
  "''",
])

/** Zeros, dashes, dots and blanks in any mix: `0`, `0000-0000`, the nil UUID, the empty text. */
const onlyZeros = /^[0\-\s.]*$/

/** `1111111`, `00000000000`: keyboards' idea of a phone. */
const oneDigitRepeated = /^\+?(\d)\1{5,}$/

/** Whether a value says "no identifier" rather than naming somebody. */
export function isBlocked(settings: IdentitySettings, kind: string, value: string): boolean {
  const text = value.trim().toLowerCase()
  if (onlyZeros.test(text) || blockedEverywhere.has(text)) return true
  if (kind === 'phone' && oneDigitRepeated.test(text.replace(/[\s\-()]/g, ''))) return true
  if (settings.blocked.includes(text)) return true
  return Object.hasOwn(settings.kinds, kind) && settings.kinds[kind]?.blocked?.includes(text) === true
}
