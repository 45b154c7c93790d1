import type { Identifier } from '#modules/profiles/identity/observation.ts'
import type { Mask } from '#modules/profiles/server/masking/mask.ts'
import { maskText } from '#modules/profiles/server/masking/mask-value.ts'
import { nameFrom } from '#modules/profiles/server/person-name.ts'

type Person = { identifiers: readonly Identifier[]; attributes: Record<string, unknown> }

/** The mask that knows this person's contacts and personal values, wherever they turn up. */
export function knowingPerson(mask: Mask, { identifiers, attributes }: Person): Mask {
  if (mask.full) return mask
  return mask.knowing([
    ...identifiers.filter((id) => mask.isKind(id.kind)).map((id) => id.value),
    ...Object.entries(attributes)
      .filter(([name]) => mask.isNamed(name))
      .map(([, value]) => value),
  ])
}

/** The name as it may be seen: of a name that is personal by itself the first sign; of a mail address its mask. */
export function shownName(mask: Mask, person: Person): string | null {
  const found = nameFrom(person)
  if (!found || mask.full) return found?.name ?? null
  return found.attributes.some((name) => mask.isNamed(name)) ? maskText(found.name) : mask.text(found.name)
}

/** Attributes and kinds of identifiers of which something is not shown as it is; `name` where the shown name is one. */
export function maskedNames(mask: Mask, person: Person): string[] {
  if (mask.full) return []
  const differs = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b)
  const kinds = person.identifiers.filter((id) => mask.identifier(id).value !== id.value).map((id) => id.kind)
  const names = Object.entries(person.attributes)
    .filter(([name, value]) => differs(mask.named(name, value), value))
    .map(([name]) => name)
  const isNameMasked = shownName(mask, person) !== (nameFrom(person)?.name ?? null)
  return [...new Set([...kinds, ...names, ...(isNameMasked ? ['name'] : [])])]
}

/** A person's attributes as they may be seen. */
export function maskAttributes(mask: Mask, attributes: Record<string, unknown>): Record<string, unknown> {
  if (mask.full) return attributes
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, mask.named(name, value)]),
  )
}
