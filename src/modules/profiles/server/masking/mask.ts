import {
  maskDeep,
  maskInText,
  maskMail,
  maskPhone,
  maskText,
} from '#modules/profiles/server/masking/mask-value.ts'

type Id = { kind: string; value: string }

/** What a reader gets to see in place of personal data; the mask of who sees everything changes nothing. */
export type Mask = {
  readonly full: boolean
  /** Names of attributes that are personal, lower case: with `full`, all by which two masks differ that know no values. */
  readonly personal: ReadonlySet<string>
  /** Personal values it was told, as texts, the longest first. */
  readonly known: readonly string[]
  identifier<T extends Id>(id: T): T
  /** A value called so: an attribute, a property, a trait. */
  named(name: string, value: unknown): unknown
  /** Any JSON: by the names in it, by the values known, by the look of its texts. */
  json<T>(value: T): T
  text(text: string): string
  /** Names and kinds whose values are masked, for who wants to say so. */
  isNamed(name: string): boolean
  isKind(kind: string): boolean
  /** The same mask that knows these values, too: what a person is called nowhere else tells who they are. */
  knowing(values: Iterable<unknown>): Mask
}

export const noMask: Mask = {
  full: true,
  personal: new Set(),
  known: [],
  identifier: (id) => id,
  named: (_, value) => value,
  json: (value) => value,
  text: (text) => text,
  isNamed: () => false,
  isKind: () => false,
  knowing: () => noMask,
}

export type MaskRules = {
  /** Attributes marked as personal data, lower case. */
  names: ReadonlySet<string>
  /** Whether identifiers of a kind are contacts. */
  isContact: (kind: string) => boolean
}

/**
 * The rule of what is masked. By kind: identifiers of class contact. By name: an attribute marked personal, and a
 * property, trait or key of that name at any depth, upper or lower case. By value: whatever equals or contains one of
 * the person's own personal values. By look: mail addresses and phone numbers in any text or key.
 */
export function createMask(rules: MaskRules, known: readonly string[] = []): Mask {
  const isNamed = (name: string): boolean => {
    const path = name.toLowerCase()
    if (rules.names.has(path)) return true
    // A part of an object, or the object's own name.
    const parts = path.split('.')
    return parts.some(
      (part, at) => rules.names.has(part) || rules.names.has(parts.slice(0, at + 1).join('.')),
    )
  }
  const text = (given: string): string => maskInText(withoutKnown(given, known))
  const scalar = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value)
    if (typeof value !== 'number') return value
    const said = String(value)
    const masked = text(said)
    return masked === said ? value : masked
  }
  const json = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(json)
    if (typeof value !== 'object' || value === null) return scalar(value)
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [text(key), named(key, part)]))
  }
  const named = (name: string, value: unknown): unknown => (isNamed(name) ? maskDeep(value) : json(value))
  return {
    full: false,
    personal: rules.names,
    known,
    isNamed,
    isKind: rules.isContact,
    identifier: (id) => ({
      ...id,
      value: rules.isContact(id.kind) ? maskContact(id) : text(id.value),
    }),
    named,
    json: <T>(value: T): T => json(value) as T,
    text,
    knowing: (values) => createMask(rules, [...new Set([...known, ...textsIn(values)])].sort(longestFirst)),
  }
}

/** An identifier whose kind says that it is personal. */
export function maskContact({ kind, value }: Id): string {
  if (kind === 'email') return maskMail(value)
  if (kind === 'phone') return maskPhone(value)
  const masked = maskInText(value)
  return masked === value ? maskText(value) : masked
}

// Shorter ones stand in every text.
const shortest = 5
const longestFirst = (a: string, b: string) => b.length - a.length

// `A` or `30` stands for many things that have nothing to do with the person.
const tells = (said: string) => said.length >= (/^[\d\s.,-]*$/.test(said) ? shortest : 2)

function* textsIn(values: Iterable<unknown>): Generator<string> {
  for (const value of values) {
    if (typeof value === 'string' || typeof value === 'number') {
      const said = String(value).trim()
      if (tells(said)) yield said
    } else if (typeof value === 'object' && value !== null) yield* textsIn(Object.values(value))
  }
}

function withoutKnown(text: string, known: readonly string[]): string {
  let left = text
  for (const value of known) {
    const masked = () => String(maskDeep(value))
    if (left.trim() === value || isSameNumber(left, value)) return masked()
    if (value.length < shortest) continue
    left = replaceAll(left, value, masked)
    // A number is told with and without its country.
    const national = /^\+86(1\d{10})$/.exec(value)?.[1]
    if (national) left = replaceAll(left, national, masked)
  }
  return left
}

function replaceAll(text: string, value: string, masked: () => string): string {
  const folded = text.toLowerCase()
  const wanted = value.toLowerCase()
  if (!folded.includes(wanted)) return text
  // Lower case may have another length (İ): then only the exact spelling is taken out.
  if (folded.length !== text.length) return text.replaceAll(value, masked)
  let out = ''
  let from = 0
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, from)) {
    out += text.slice(from, at) + masked()
    from = at + value.length
  }
  return out + text.slice(from)
}

/** One number in two spellings: `138 0013 8000` and `+8613800138000`. */
function isSameNumber(text: string, value: string): boolean {
  if (text.length > 40 || !/^\+?[\d\s().-]{7,}$/.test(text) || !/^\+?\d{7,}$/.test(value)) return false
  const digits = text.replace(/\D/g, '')
  return digits.length >= 7 && (value.endsWith(digits) || digits.endsWith(value.replace(/\D/g, '')))
}
