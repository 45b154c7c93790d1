import type { IdentitySettings } from '#modules/profiles/identity/kind-rules.ts'
import { normaliseIdentifier } from '#modules/profiles/identity/normalise.ts'
import type { Identifier } from '#modules/profiles/identity/observation.ts'
import { spellName } from '#modules/profiles/server/spell-name.ts'
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

/** The person's row of ClickHouse's `people`. Mail and phone attributes are stored normalised, so `eq` is exact. */
export function personLine(
  workspace: number,
  settings: IdentitySettings,
  state: PersonState,
  version: number,
): string {
  const name = nameOf(state) ?? ''
  const attributes = canonicalAttributes(settings, state.attributes)
  return (
    `{"ws":${workspace},"person":${state.person},"attrs":${toCanonicalJson(attributes)},"tags":${JSON.stringify(state.tags)},` +
    `"identifiers":${JSON.stringify(state.identifiers.map(({ kind, value }) => ({ kind, value })))},"search":${JSON.stringify(searchTextOf(state))},` +
    `"name":${JSON.stringify(name)},"first_seen":${jsonTime(state.firstSeen)},"owner":${JSON.stringify(state.owner?.id ?? '')},` +
    `"department":${JSON.stringify(state.owner?.department ?? '')},` +
    `"deleted":0,"version":${version}}\n`
  )
}

/** What search boxes look through: name, identifiers, and the name in pinyin and initials, one a line. */
export function searchTextOf(state: Pick<PersonState, 'attributes' | 'identifiers'>): string {
  const name = nameOf(state) ?? ''
  return [name, ...state.identifiers.map((id) => id.value), spellName(name)].join('\n').toLowerCase()
}

/** Attributes as rules read them: flat, mail and phone in their normal spelling. */
export function canonicalAttributes(
  settings: IdentitySettings,
  source: Record<string, unknown>,
): CanonicalRecord {
  const attributes = flatten(source)
  for (const kind of ['email', 'phone']) {
    const found = kind in attributes ? normaliseIdentifier(settings, kind, attributes[kind]) : undefined
    if (found && 'identifier' in found) attributes[kind] = found.identifier.value
  }
  return attributes
}

/** A person that was merged into another leaves the lists. */
export const goneLine = (workspace: number, person: number, version: number): string =>
  `{"ws":${workspace},"person":${person},"deleted":1,"version":${version}}\n`

/** `name`, else first and last name (family name first in Chinese), else mail, phone, login. */
export function nameOf(state: Pick<PersonState, 'attributes' | 'identifiers'>): string | null {
  const text = (key: string) => {
    const value = state.attributes[key]
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
  }
  const first = text('firstName') ?? text('first_name')
  const last = text('lastName') ?? text('last_name')
  const parts = /\p{Script=Han}/u.test(`${first}${last}`)
    ? `${last ?? ''}${first ?? ''}`
    : [first, last].filter(Boolean).join(' ')
  const byKind = (kind: string) => state.identifiers.find((id) => id.kind === kind)?.value
  return (
    text('name') ?? (parts || undefined) ?? byKind('email') ?? byKind('phone') ?? byKind('user_id') ?? null
  )
}

export function unitPersonLine(unit: number, person: number, version: number): string {
  return `{"unit":${unit},"person":${person},"version":${version}}\n`
}

export type Ownership = { from: number | null; person: number }

/** Starts ascending; the first owner has the device's past too. */
export function deviceOwnerLine(unit: number, intervals: readonly Ownership[], version: number): string {
  const starts = intervals.map((one) => jsonTime(one.from ?? 0))
  return `{"unit":${unit},"starts":[${starts}],"persons":[${intervals.map((one) => one.person)}],"version":${version}}\n`
}
