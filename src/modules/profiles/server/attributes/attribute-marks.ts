import { sql } from 'kysely'
import type { Tx } from '#platform/pg/database.ts'

/** What the writing of people and rules must know of the catalogue. */
export type AttributeMarks = {
  /** Attributes that hold a mail address or a phone number, stored in its normal spelling. */
  contacts: ReadonlyMap<string, 'email' | 'phone'>
  /** Their values stand in the search text. */
  searchable: readonly string[]
  /** As written, not folded. */
  personal: ReadonlySet<string>
}

/** Names that say what they hold, whether or not anybody has described them. */
export const namedContacts: ReadonlyMap<string, 'email' | 'phone'> = new Map([
  ['email', 'email'],
  ['phone', 'phone'],
])

type Row = { name: string; type: string; declared: boolean; personal: boolean; searchable: boolean }

export async function loadMarks(tx: Tx, workspace: number): Promise<AttributeMarks> {
  const rows = await tx.rows<Row>(sql`
    select name, type, declared, personal, searchable from profiles.attribute
    where workspace_id = ${workspace} and (personal or searchable or declared)`)
  const contacts = new Map(namedContacts)
  for (const { name, type, declared } of rows)
    if (declared && (type === 'email' || type === 'phone')) contacts.set(name, type)
    else if (declared) contacts.delete(name)
  return {
    contacts,
    searchable: rows.filter((row) => row.searchable).map((row) => row.name),
    personal: new Set([
      ...namedContacts.keys(),
      ...rows.filter((row) => row.personal).map((row) => row.name),
    ]),
  }
}

/** For rules: which attributes hold a mail address or a phone number. */
export async function attributeTypes(
  tx: Tx,
  workspace: number,
): Promise<(name: string) => 'email' | 'phone' | undefined> {
  const { contacts } = await loadMarks(tx, workspace)
  return (name) => contacts.get(name)
}
