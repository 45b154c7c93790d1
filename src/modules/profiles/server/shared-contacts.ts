import { sql } from 'kysely'
import type { Tx } from '#platform/pg/database.ts'

/** A contact that several people gave who stay different people. */
export type SharedContact = { unit: number; kind: string; value: string; persons: number[] }

/** Contacts known of 2 to `most` people, the latest first; of the workspace the transaction stands in. */
export async function sharedContacts(
  tx: Tx,
  { before, limit, most }: { before: number | undefined; limit: number; most: number },
): Promise<SharedContact[]> {
  const rows = await tx.rows<Omit<SharedContact, 'persons'> & { person: number; holders: number[] }>(sql`
    select unit, kind, value, person, holders::float8[] as holders from profiles.identifier
    where workspace_id = ${tx.workspace} and holders <> '{}' and seen
      and ${before === undefined ? sql`true` : sql`unit < ${before}`} and cardinality(holders) < ${most}
    order by unit desc limit ${limit}`)
  return rows.map(({ person, holders, ...row }) => ({ ...row, persons: [...new Set([person, ...holders])] }))
}

/** One of them by its number; undefined when nobody shares it. */
export async function sharedContact(tx: Tx, unit: number): Promise<SharedContact | undefined> {
  const row = await tx.row<Omit<SharedContact, 'persons'> & { person: number; holders: number[] }>(sql`
    select unit, kind, value, person, holders::float8[] as holders from profiles.identifier
    where workspace_id = ${tx.workspace} and unit = ${unit} and holders <> '{}'`)
  if (!row) return undefined
  const { person, holders, ...rest } = row
  return { ...rest, persons: [...new Set([person, ...holders])] }
}

/** Somebody found it right that so many people share a contact: the review of identities does not ask about it again. */
export async function acceptShared(
  tx: Tx,
  { unit, people, by, at }: { unit: number; people: number; by: string; at: number },
): Promise<void> {
  await tx.run(sql`
    insert into profiles.review_accepted (workspace_id, subject, count, at, by)
    values (${tx.workspace}, ${`shared:${unit}`}, ${people}, ${new Date(at)}, ${by})
    on conflict (workspace_id, subject) do update set count = greatest(profiles.review_accepted.count, excluded.count),
      at = excluded.at, by = excluded.by`)
}
