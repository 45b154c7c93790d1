import type { Identifier, Profile } from '../contract.ts'

/** Value of a catalogue name: a plain key first, else a dotted path into what the sources nested. */
export function attributeOf(profile: Profile, name: string): unknown {
  if (Object.hasOwn(profile.attributes, name)) return profile.attributes[name]
  let value: unknown = profile.attributes
  for (const part of name.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<string, unknown>)[part]
  }
  return value
}

type Sayings = { yes: string; no: string; separator: string }

/** A value in one line; lists joined, objects as JSON. */
export function valueText(value: unknown, sayings: Sayings): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? sayings.yes : sayings.no
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
    return value.map(String).join(sayings.separator)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Nested objects as dotted names, the way rules and columns call them. */
export function flatAttributes(attributes: Profile['attributes']): [string, unknown][] {
  const flat: [string, unknown][] = []
  const walk = (prefix: string, value: unknown) => {
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      for (const [key, child] of Object.entries(value)) walk(prefix ? `${prefix}.${key}` : key, child)
    } else if (value !== null && value !== undefined) flat.push([prefix, value])
  }
  walk('', attributes)
  return flat
}

/** What is not already shown as the name: phone before mail before login before device. */
export function contactIdentifierOf(profile: Profile): Identifier | undefined {
  const order = ['phone', 'email', 'user_id']
  const known = order.flatMap((kind) => profile.identifiers.find((one) => one.kind === kind) ?? [])
  return (
    known.find((one) => one.value !== profile.name) ??
    profile.identifiers.find((one) => one.value !== profile.name)
  )
}

export const contactOf = (profile: Profile): string | undefined => contactIdentifierOf(profile)?.value
