import type { Profile } from '#modules/profiles/contract.ts'
import { assignTags, changePeople } from '#modules/profiles/index.ts'
import { checkAssignable } from '#modules/tags/server/check-assignable.ts'
import type { TagDeps } from '#modules/tags/server/tag-deps.ts'
import { ensureTags } from '#modules/tags/server/tag-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

type Change = { add: string[]; remove: string[]; why?: string | undefined }

/** Adds and removes tags of one person; a name in both lists is removed. Unknown tags are made, at the top. */
export async function assignToPerson(
  deps: TagDeps,
  ctx: WorkspaceCtx,
  publicId: string,
  change: Change,
): Promise<Profile> {
  const add = [...new Set(change.add)].filter((name) => !change.remove.includes(name))
  const person = await deps.profiles.personNumber(ctx, publicId)
  await changePeople(deps, ctx, {
    plan: (tx) => checkAssignable(tx, add, ctx.now),
    carryOut: async (tx) => {
      await ensureTags(tx, add, ctx.now)
      const { name: by, kind } = ctx.actor
      const { remove, why = null } = change
      await assignTags(tx, person, { add, remove, by, kind, why, at: ctx.now })
      const done = await deps.profiles.recogniser.decide(tx, tx.workspace, { observations: [] }, [person])
      const subject = deps.profiles.personIds.encode(tx.workspace, person)
      await deps.audit(tx, ctx, {
        action: 'profile.tagged',
        subject,
        details: { add, remove, ...(why !== null && { why }) },
      })
      return { ...done, result: undefined }
    },
  })
  const [profile] = await deps.profiles.presentPeople(ctx, [person])
  if (!profile) throw new AppError('profile.missing', 'missing', 'There is no such person.')
  return profile
}
