import { sql } from 'kysely'
import { looksPersonal } from '#modules/profiles/server/masking/mask-value.ts'
import type { Call } from '#modules/profiles/server/recognise-calls.ts'
import type { Tx } from '#platform/pg/database.ts'

export type SeenType = 'text' | 'number' | 'boolean' | 'date' | 'list' | 'email' | 'phone' | 'object'
/** Names that are in already, by the source they came from. */
export type SeenAttributes = Map<string, Set<string>>

/**
 * Unknown traits register themselves with the type of their first value, and personal where it is a phone number or a
 * mail address as a whole; a source that tells one for the first time is noted.
 */
export async function registerAttributes(
  tx: Tx,
  workspace: number,
  seen: SeenAttributes,
  calls: readonly Pick<Call, 'traits' | 'sourceId'>[],
): Promise<void> {
  const fresh = new Map<string, FirstLook>()
  const told = new Map<string, { name: string; source: string }>()
  for (const { traits, sourceId } of calls)
    for (const name in traits) {
      if (seen.get(sourceId)?.has(name)) continue
      if (!fresh.has(name)) fresh.set(name, firstLook(name, traits[name]))
      told.set(`${sourceId} ${name}`, { name, source: sourceId })
    }
  if (fresh.size === 0) return
  const values = [...fresh.values()]
  await tx.run(sql`
    insert into profiles.attribute (workspace_id, name, type, personal)
    select ${workspace}, * from unnest(${[...fresh.keys()].map(plain)}::text[], ${values.map((one) => one.type)}::text[],
      ${values.map((one) => one.personal)}::boolean[])
    on conflict do nothing`)
  const tellings = [...told.values()]
  await tx.run(sql`
    insert into profiles.attribute_source (workspace_id, name, source)
    select ${workspace}, * from unnest(${tellings.map((one) => plain(one.name))}::text[], ${tellings.map((one) => one.source)}::text[])
    on conflict do nothing`)
  for (const { name, source } of tellings) {
    const known = seen.get(source)
    if (known) known.add(name)
    else seen.set(source, new Set([name]))
  }
}

/** Names of all attributes of the workspace the transaction stands in. */
export async function attributeNames(tx: Tx): Promise<string[]> {
  const rows = await tx.rows<{ name: string }>(sql`
    select name from profiles.attribute where workspace_id = ${tx.workspace} order by name`)
  return rows.map((row) => row.name)
}

const plain = (name: string) => name.replaceAll('\u0000', '')

/** What the first value of an attribute says of it. */
export type FirstLook = { type: SeenType; personal: boolean }
export function firstLook(name: string, value: unknown): FirstLook {
  const type = typeOf(name, value)
  return { type, personal: type === 'email' || type === 'phone' || looksPersonal(value) }
}

export function typeOf(name: string, value: unknown): SeenType {
  if (name === 'email' || name === 'phone') return name
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'boolean'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'object' && value !== null) return 'object'
  return typeof value === 'string' && isDate.test(value) ? 'date' : 'text'
}

/** Without groups that RE2 would read otherwise: ClickHouse asks the same. */
export const datePattern =
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?$'
const isDate = new RegExp(datePattern)
