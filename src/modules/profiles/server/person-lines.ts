import type { IdentitySettings } from '#modules/profiles/identity/kind-rules.ts'
import { normaliseIdentifier } from '#modules/profiles/identity/normalise.ts'
import type { Identifier } from '#modules/profiles/identity/observation.ts'
import type { AttributeMarks } from '#modules/profiles/server/attributes/attribute-marks.ts'
import type { Mask } from '#modules/profiles/server/masking/mask.ts'
import { knowingPerson, shownName } from '#modules/profiles/server/masking/mask-person.ts'
import { nameOf } from '#modules/profiles/server/person-name.ts'
import { searchText } from '#modules/profiles/server/search-text.ts'
import { type CanonicalRecord, flatten, toCanonicalJson } from '#modules/rules/index.ts'
import { jsonTime } from '#platform/ch/time.ts'

export type PersonState = {
  person: number
  identifiers: readonly Identifier[]
  attributes: Record<string, unknown>
  tags: readonly string[]
  firstSeen: number
  owner: { id: string; department: string | null } | null
}

/** What rows of people are written with: the workspace's kinds, its catalogue, and what is personal in it. */
export type LineSettings = { identity: IdentitySettings; marks: AttributeMarks; mask: Mask }

/**
 * The person's row of ClickHouse's `people`. Mail and phone attributes are stored normalised, so `eq` is exact. The
 * name, which lists are sorted by, is the masked one: its place and the cursor behind it tell nobody a phone number.
 */
export function personLine(
  workspace: number,
  settings: LineSettings,
  state: PersonState,
  version: number,
): string {
  const attributes = canonicalAttributes(settings.identity, settings.marks, state.attributes)
  const name = shownName(knowingPerson(settings.mask, state), state) ?? ''
  return (
    `{"ws":${workspace},"person":${state.person},"attrs":${toCanonicalJson(attributes)},"tags":${JSON.stringify(state.tags)},` +
    `"identifiers":${JSON.stringify(state.identifiers.map(({ kind, value }) => ({ kind, value })))},"search":${JSON.stringify(searchTextOf(settings, state))},` +
    `"name":${JSON.stringify(name)},"first_seen":${jsonTime(state.firstSeen)},"owner":${JSON.stringify(state.owner?.id ?? '')},` +
    `"department":${JSON.stringify(state.owner?.department ?? '')},` +
    `"deleted":0,"version":${version}}\n`
  )
}

/** What search boxes look through: name, how it is spelled in Latin letters, identifiers, searchable attributes. */
export function searchTextOf(
  { identity, marks, mask }: LineSettings,
  state: Pick<PersonState, 'attributes' | 'identifiers'>,
): string {
  const attributes = canonicalAttributes(identity, marks, state.attributes)
  return searchText(
    knowingPerson(mask, state),
    { ...state, attributes, name: nameOf(state) },
    marks.searchable,
  )
}

/** Attributes as rules read them: flat, mail addresses and phone numbers in their normal spelling. */
export function canonicalAttributes(
  settings: IdentitySettings,
  { contacts }: Pick<AttributeMarks, 'contacts'>,
  source: Record<string, unknown>,
): CanonicalRecord {
  const attributes = flatten(source)
  for (const [name, kind] of contacts) {
    const found = name in attributes ? normaliseIdentifier(settings, kind, attributes[name]) : undefined
    if (found && 'identifier' in found) attributes[name] = found.identifier.value
  }
  return attributes
}

/** A person that was merged into another leaves the lists. */
export const goneLine = (workspace: number, person: number, version: number): string =>
  `{"ws":${workspace},"person":${person},"deleted":1,"version":${version}}\n`

export function unitPersonLine(unit: number, person: number, version: number): string {
  return `{"unit":${unit},"person":${person},"version":${version}}\n`
}

export type Ownership = { from: number | null; person: number }

/** Starts ascending; the first owner has the device's past too. */
export function deviceOwnerLine(unit: number, intervals: readonly Ownership[], version: number): string {
  const starts = intervals.map((one) => jsonTime(one.from ?? 0))
  return `{"unit":${unit},"starts":[${starts}],"persons":[${intervals.map((one) => one.person)}],"version":${version}}\n`
}
