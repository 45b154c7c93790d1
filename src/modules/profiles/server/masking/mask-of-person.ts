import { loadMask } from '#modules/profiles/server/masking/load-mask.ts'
import { type Mask, noMask } from '#modules/profiles/server/masking/mask.ts'
import { knowingPerson } from '#modules/profiles/server/masking/mask-person.ts'
import { sightOf } from '#modules/profiles/server/masking/sight.ts'
import { readPeople } from '#modules/profiles/server/rebuild-people.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

/**
 * The caller's mask with all that is personal of one person. `personal`: those values, where the caller may not look
 * for a part of one; undefined where they may.
 */
export async function maskOfPerson(
  tx: Tx,
  ctx: WorkspaceCtx,
  person: number,
): Promise<{ mask: Mask; personal: string[] | undefined }> {
  const mask = await loadMask(tx, ctx)
  if (mask.full) return { mask: noMask, personal: undefined }
  const facts = (await readPeople(tx, tx.workspace, [person])).get(person)
  const theirs = facts ? knowingPerson(mask, facts) : mask
  return { mask: theirs, personal: sightOf(ctx) === 'blind' ? [...theirs.known] : undefined }
}
