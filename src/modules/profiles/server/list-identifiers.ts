import { sql } from 'kysely'
import type { Identifier } from '#modules/profiles/identity/observation.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Kinds and values of these units, in the stored spelling; units of nobody are left out. */
export const identifiersOfUnits = (tx: Tx, units: readonly number[]) =>
  tx.rows<Identifier & { unit: number }>(sql`
    select unit, kind, value from profiles.identifier
    where workspace_id = ${tx.workspace} and unit = any(${[...units]}::bigint[]) order by unit`)

/** Identifiers whose SHA-256 (hexadecimal, of the stored spelling) is among these, kind by kind. */
export async function identifiersByHash(tx: Tx, hashes: readonly Identifier[]): Promise<Identifier[]> {
  const found: Identifier[] = []
  for (const [kind, ones] of Map.groupBy(hashes, (one) => one.kind))
    found.push(
      ...(await tx.rows<Identifier>(sql`
        select kind, value from profiles.identifier
        where workspace_id = ${tx.workspace} and kind = ${kind}
          and encode(sha256(convert_to(value, 'UTF8')), 'hex') = any(${ones.map((one) => one.value.toLowerCase())}::text[])`)),
    )
  return found
}
