import { getTag } from '#modules/tags/server/list-tags.ts'
import type { TagDeps } from '#modules/tags/server/tag-deps.ts'
import { readTag, updateTag } from '#modules/tags/server/tag-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/** Gives a tag to nobody any more, or to people again; doing either twice changes nothing. */
export async function archiveTag(deps: TagDeps, ctx: WorkspaceCtx, id: string, isArchived: boolean) {
  await deps.database.write(ctx, async (tx) => {
    const tag = await readTag(tx, id)
    if ((tag.archived_at !== null) === isArchived) return
    await updateTag(tx, { ...tag, archived_at: isArchived ? new Date(ctx.now) : null })
    const action = isArchived ? 'tag.archived' : 'tag.unarchived'
    await deps.audit(tx, ctx, { action, subject: id, details: { name: tag.name } })
  })
  return getTag(deps, ctx, id)
}
