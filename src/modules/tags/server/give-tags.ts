import { type PersonTag, tagMany } from '#modules/profiles/index.ts'
import { ensureTags } from '#modules/tags/server/tag-store.ts'
import type { Tx } from '#platform/pg/database.ts'

export type Tagging = { persons: readonly number[]; tags: readonly string[]; by: string; at: number }

/**
 * Adds tags to people by number, in the single writer's turn; answers what was new to whom, whose rows the caller ships.
 * Unknown tags are made, at the top.
 */
export async function giveTags(tx: Tx, { persons, tags, by, at }: Tagging): Promise<PersonTag[]> {
  await ensureTags(tx, tags, at)
  return tagMany(tx, persons, { tags, by, at })
}
