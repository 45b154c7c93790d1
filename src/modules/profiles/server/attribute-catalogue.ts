import { sql } from 'kysely'
import type { Call } from '#modules/profiles/server/recognise-calls.ts'
import type { Tx } from '#platform/pg/database.ts'

export type AttributeType = 'text' | 'number' | 'boolean' | 'date' | 'list' | 'email' | 'phone' | 'object'

/** Unknown traits register themselves with the type of their first value. `seen`: names that are in already. */
export async function registerAttributes(
  tx: Tx,
  workspace: number,
  seen: Set<string>,
  calls: readonly Pick<Call, 'traits'>[],
): Promise<void> {
  const fresh = new Map<string, AttributeType>()
  for (const { traits } of calls)
    for (const name in traits)
      if (!seen.has(name) && !fresh.has(name)) fresh.set(name, typeOf(name, traits[name]))
  if (fresh.size === 0) return
  await tx.run(sql`
    insert into profiles.attribute (workspace_id, name, type)
    select ${workspace}, * from unnest(${[...fresh.keys()].map(plain)}::text[], ${[...fresh.values()]}::text[])
    on conflict do nothing`)
  for (const name of fresh.keys()) seen.add(name)
}

/** Names of all attributes of the workspace the transaction stands in. */
export async function attributeNames(tx: Tx): Promise<string[]> {
  const rows = await tx.rows<{ name: string }>(sql`
    select name from profiles.attribute where workspace_id = ${tx.workspace} order by name`)
  return rows.map((row) => row.name)
}

const plain = (name: string) => name.replaceAll('\u0000', '')

export function typeOf(name: string, value: unknown): AttributeType {
  if (name === 'email' || name === 'phone') return name
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'boolean'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'object' && value !== null) return 'object'
  return typeof value === 'string' && isDate.test(value) ? 'date' : 'text'
}

const isDate = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/
