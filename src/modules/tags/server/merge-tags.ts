import { changePeople, nothing, personsTagged } from '#modules/profiles/index.ts'
import type { Tag } from '#modules/tags/contract.ts'
import { presentTag } from '#modules/tags/server/list-tags.ts'
import { enqueueSettling, settleTag } from '#modules/tags/server/settle-tag.ts'
import type { TagDeps } from '#modules/tags/server/tag-deps.ts'
import { deleteTagRow, readTag, type TagRow, updateTag } from '#modules/tags/server/tag-store.ts'
import { loadTagTree } from '#modules/tags/server/tag-tree.ts'
import { renameInRules } from '#modules/tags/server/tag-users.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Makes a tag one with another: rules and what lies below go over at once, people as after a rename. */
export async function mergeTags(deps: TagDeps, ctx: WorkspaceCtx, id: string, into: string): Promise<Tag> {
  await changePeople(deps, ctx, {
    plan: (tx) => planMerge(tx, id, into),
    carryOut: async (tx, { going, heir }) => {
      const { below } = await loadTagTree(tx)
      const seen = new Set(await personsTagged(tx, [...below(going.name), ...below(heir.name)]))
      const lowered = below(going.name).includes(heir.name)
      await renameInRules(deps, tx, going.name, heir.name)
      await updateTag(tx, {
        ...heir,
        // Below the one that goes it takes its place; what else lay there comes below it.
        parent_id: lowered ? going.parent_id : heir.parent_id,
        was: [...new Set([...heir.was, going.name, ...going.was])],
      })
      await deleteTagRow(tx, going, heir.id)
      await enqueueSettling(tx, heir.id, heir.name)
      await tx.emit('tag.moved', { tag: heir.id })
      await deps.audit(tx, ctx, {
        action: 'tag.merged',
        subject: heir.id,
        details: { name: going.name, into: heir.name },
      })
      const change = { ...nothing(tx.workspace), persons: seen, state: seen }
      return { result: undefined, change, shipments: [] }
    },
  })
  await settleTag(deps, ctx, into)
  return presentTag(deps, ctx, into)
}

async function planMerge(tx: Tx, id: string, into: string): Promise<{ going: TagRow; heir: TagRow }> {
  if (id === into) throw new AppError('tag.same', 'conflict', 'A tag cannot be merged with itself.')
  const [going, heir] = [await readTag(tx, id), await readTag(tx, into)]
  if (heir.category && !going.category)
    throw new AppError('tag.is_category', 'conflict', 'Nobody is given a category; choose a tag below it.')
  return { going, heir }
}
