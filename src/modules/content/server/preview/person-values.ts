import type { ContentDeps } from '#modules/content/server/content-deps.ts'
import type { PersonValues } from '#modules/content/server/render/render-many.ts'
import type { ExportedPerson } from '#modules/profiles/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/**
 * What templates know of people, by number: attributes by name, and under names that are always there id, name, email,
 * phone, language, timezone, tags. Masked for who sees people masked; whole for the program itself.
 */
export async function personValues(
  deps: Pick<ContentDeps, 'profiles'>,
  ctx: WorkspaceCtx,
  persons: readonly number[],
): Promise<Map<number, PersonValues>> {
  const read = await deps.profiles.forExport.read(ctx, persons, false)
  const byId = new Map(read.map((one) => [one.id, one]))
  const found = new Map<number, PersonValues>()
  for (const person of persons) {
    const one = byId.get(deps.profiles.personIds.encode(ctx.workspace.num, person))
    if (one) found.set(person, valuesOf(one))
  }
  return found
}

/** Two spellings of one attribute, as sources of the Segment family and Chinese systems send them. */
const spellings = [
  ['first_name', 'firstName'],
  ['last_name', 'lastName'],
  ['birthday', 'birthdate'],
] as const
/** Attributes any of which is the value. */
export const spellingsOf = (name: string): readonly string[] =>
  spellings.find((pair) => (pair as readonly string[]).includes(name)) ?? [name]
const unsafe = new Set(['__proto__', 'constructor', 'prototype'])

export function valuesOf({ id, name, identifiers, attributes, tags }: ExportedPerson): PersonValues {
  const values = nested(attributes)
  for (const [one, other] of spellings) {
    values[one] ??= values[other]
    values[other] ??= values[one]
  }
  const byKind = (kind: string) => identifiers.find((one) => one.kind === kind)?.value
  return {
    ...values,
    id,
    name: values.name ?? name,
    email: byKind('email') ?? values.email ?? null,
    phone: byKind('phone') ?? values.phone ?? null,
    language: textOf(values.language) ?? textOf(values.locale) ?? null,
    timezone: textOf(values.timezone) ?? null,
    tags: [...tags],
  }
}

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/** Dotted paths as trees: `address.city` is `person.address.city`. */
function nested(flat: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const tree: Record<string, unknown> = {}
  for (const [path, value] of Object.entries(flat)) {
    const keys = path.split('.')
    if (keys.some((key) => unsafe.has(key))) continue
    const last = keys.pop() ?? ''
    let at = tree
    for (const key of keys) {
      const next = at[key]
      if (typeof next !== 'object' || next === null) at[key] = {}
      at = at[key] as Record<string, unknown>
    }
    at[last] = value
  }
  return tree
}
