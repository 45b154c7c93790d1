import type { TagDeps } from '#modules/tags/server/tag-deps.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { TagUser } from '#slots/tag-mentions.ts'

/** Whose rules name which tag. */
export async function usersByTag(deps: Pick<TagDeps, 'mentions'>, tx: Tx): Promise<Map<string, TagUser[]>> {
  const found = new Map<string, TagUser[]>()
  for (const { users } of deps.mentions)
    for (const user of await users(tx))
      for (const tag of user.tags) {
        const known = found.get(tag)
        if (known) known.push(user)
        else found.set(tag, [user])
      }
  return found
}

/** Every rule that names a tag by one name names it by the other from here on. */
export async function renameInRules(
  deps: Pick<TagDeps, 'mentions'>,
  tx: Tx,
  from: string,
  to: string,
): Promise<void> {
  for (const mention of deps.mentions) await mention.rename(tx, from, to)
}
