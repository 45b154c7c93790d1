import { changePeople, nothing, type PersonTag, tagMany } from '#modules/profiles/index.ts'
import type { TagDeps } from '#modules/tags/server/tag-deps.ts'
import { ensureTags } from '#modules/tags/server/tag-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

export type Tagging = { persons: readonly number[]; tags: readonly string[]; by: string }

/** Adds tags to people by number, in one turn; answers what was new to whom. Unknown tags are made, at the top. */
export function tagPeople(
  deps: Pick<TagDeps, 'writer' | 'profiles'>,
  ctx: WorkspaceCtx,
  { persons, tags, by }: Tagging,
): Promise<PersonTag[]> {
  return changePeople(deps, ctx, {
    plan: async () => undefined,
    carryOut: async (tx) => {
      await ensureTags(tx, tags, ctx.now)
      const added = await tagMany(tx, persons, { tags, by, at: ctx.now })
      if (added.length === 0) return { result: added, change: nothing(tx.workspace), shipments: [] }
      const changed = [...new Set(added.map((one) => one.person))]
      const done = await deps.profiles.recogniser.decide(tx, tx.workspace, { observations: [] }, changed)
      return { ...done, result: added }
    },
  })
}
