import { membersOfCircles } from '#modules/companies/server/circle-store.ts'
import { belongs } from '#modules/companies/server/told.ts'
import { unitHomes } from '#modules/profiles/index.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Who belongs to any of these circles, as of this transaction. */
export async function personsOfCircles(
  tx: Tx,
  workspace: number,
  nums: readonly number[],
): Promise<Set<number>> {
  if (nums.length === 0) return new Set()
  const members = (await membersOfCircles(tx, workspace, nums)).filter(belongs)
  const homes = await unitHomes(tx, workspace, [...new Set(members.map((row) => row.unit))])
  return new Set(members.flatMap((row) => homes.get(row.unit)?.personAt(row.since) ?? []))
}

/** The same for the workspace the transaction stands in. */
export const aroundCompanies = (tx: Tx, nums: readonly number[]): Promise<Set<number>> =>
  personsOfCircles(tx, tx.workspace, nums)
