import type { Identifier } from '#modules/profiles/identity/observation.ts'

type Named = { attributes: Record<string, unknown>; identifiers: readonly Identifier[] }

/** What a name is made of. */
export const nameAttributes = ['name', 'firstName', 'first_name', 'lastName', 'last_name'] as const

/** `name`, else first and last name (family name first in Chinese), else mail, phone, login. */
export const nameOf = (state: Named): string | null => nameFrom(state)?.name ?? null

/** The same with the attributes it is made of; none where it is an identifier. */
export function nameFrom(state: Named): { name: string; attributes: string[] } | undefined {
  const text = (key: string) => {
    const value = state.attributes[key]
    return typeof value === 'string' && value.trim() !== '' ? { key, value: value.trim() } : undefined
  }
  const whole = text('name')
  if (whole) return { name: whole.value, attributes: [whole.key] }
  const first = text('firstName') ?? text('first_name')
  const last = text('lastName') ?? text('last_name')
  const parts = [first, last].filter((part) => part !== undefined)
  const isHan = parts.some((part) => /\p{Script=Han}/u.test(part.value))
  const name = (isHan ? parts.toReversed() : parts).map((part) => part.value).join(isHan ? '' : ' ')
  if (name !== '') return { name, attributes: parts.map((part) => part.key) }
  const byKind = (kind: string) => state.identifiers.find((id) => id.kind === kind)?.value
  const value = byKind('email') ?? byKind('phone') ?? byKind('user_id')
  return value === undefined ? undefined : { name: value, attributes: [] }
}
