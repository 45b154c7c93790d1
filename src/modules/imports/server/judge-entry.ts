import type { ImportSpec } from '#modules/imports/contract.ts'
import type { Entry } from '#modules/imports/server/mapping/group-orders.ts'
import type { Identifier } from '#modules/imports/server/mapping/read-row.ts'
import type { KnownIdentifier } from '#modules/profiles/index.ts'

export type Verdict =
  | { outcome: 'created' | 'updated' }
  /** `keep`: the person is known and mentioned, so tags count for them all the same. */
  | { outcome: 'skipped'; code: string; keep: boolean }

/** Keys that rows of this file have been written for, with what the latest of them said. */
export type SeenKeys = Map<string, number>
export type Known = ReadonlyMap<string, Pick<KnownIdentifier, 'attributes' | 'identifiers'>>

export const nameOf = ({ kind, value }: Identifier): string => `${kind}:${value}`

/**
 * What an entry does. `known` is how people were before this import; whoever an earlier row of the file has made is in
 * `seen`, because the projection may not have come that far.
 */
export function judgeEntry(spec: ImportSpec, entry: Entry, known: Known, seen: SeenKeys): Verdict {
  if (spec.kind !== 'people') return { outcome: 'created' }
  const { reading } = entry
  const key = nameOf(reading.key)
  const before = seen.get(key)
  const person = known.get(key)
  const isKnown = person !== undefined || before !== undefined
  if (spec.mode === 'create' && isKnown) return skip('already_known', false)
  if (spec.mode === 'update' && !isKnown) return skip('not_known', false)
  if (before === reading.content) return skip('repeated_row', false)
  if (before === undefined && person && saysNothingNew(entry, person)) {
    seen.set(key, reading.content)
    return skip('nothing_to_change', true)
  }
  seen.set(key, reading.content)
  return { outcome: isKnown ? 'updated' : 'created' }
}

const skip = (code: string, keep: boolean): Verdict => ({ outcome: 'skipped', code, keep })

function saysNothingNew(
  { reading }: Entry,
  person: Pick<KnownIdentifier, 'attributes' | 'identifiers'>,
): boolean {
  // A time may move the first or last day somebody was seen.
  if (reading.time !== null) return false
  const contacts = [reading.key, ...reading.others]
  return (
    contacts.every((id) => person.identifiers.has(nameOf(id))) &&
    Object.entries(reading.attributes).every(
      ([name, value]) =>
        Object.hasOwn(person.attributes, name) &&
        JSON.stringify(person.attributes[name]) === JSON.stringify(value),
    )
  )
}
