import type { Identifier } from '#modules/profiles/identity/observation.ts'
import type { Mask } from '#modules/profiles/server/masking/mask.ts'
import { tailFrom } from '#modules/profiles/server/masking/mask-value.ts'
import { spellName } from '#modules/profiles/server/spell-name.ts'
import type { CanonicalRecord } from '#modules/rules/index.ts'

// What follows it is personal. No source can put it into the part before: what stands after it there is lost to the open part.
const wall = '\u0001'

type Named = { identifiers: readonly Identifier[]; attributes: CanonicalRecord; name: string | null }

/**
 * What the search box of a list finds a person by, lower case, one thing a line: name, identifiers, and the attributes
 * that are marked searchable; first what everybody may see, then what is personal.
 */
export function searchText(mask: Mask, person: Named, searchable: readonly string[]): string {
  const open: string[] = []
  const personal: string[] = []
  const add = (value: string, shown: unknown) => {
    const line = value.replaceAll('\n', ' ')
    ;(shown === value ? open : personal).push(line)
  }
  const shownName = person.name && mask.named('name', person.name)
  if (person.name) add(person.name, shownName)
  for (const id of person.identifiers) add(id.value, mask.identifier(id).value)
  for (const name of searchable) {
    const value = Object.hasOwn(person.attributes, name) ? person.attributes[name] : undefined
    for (const one of Array.isArray(value) ? value : value === undefined ? [] : [value])
      if (typeof one !== 'boolean') add(String(one), String(mask.named(name, one)))
  }
  const spelled = spellName(person.name ?? '')
  // In lines of its own, behind the wall where the name is.
  if (spelled !== '') (shownName === person.name ? open : personal).push(spelled)
  return [...open, wall, ...personal].join('\n').toLowerCase()
}

const at = `position(search, '\\x01')`
const lines = (text: string) => `splitByChar('\\n', ${text})`

/** Conditions for who sees personal data masked; `term` is SQL. A part of what everybody may see; */
export const isOpen = (term: string): string => `position(substring(search, 1, ${at}), ${term}) > 0`
/** of what is personal the whole, which who asks must know; */
export const isLine = (term: string): string => `has(${lines('search')}, ${term})`
/** or the last four digits of a phone, which are shown anyway. Anything between would tell a number digit by digit. */
export const isTail = (term: string): string =>
  `arrayExists(line -> endsWith(line, ${term}) AND match(line, '^[+]?[0-9]{${tailFrom},}$'), ${lines(`substring(search, greatest(${at}, 1))`)})`
