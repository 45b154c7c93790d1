import { assignTags, changePeople } from '#modules/profiles/index.ts'
import { checkAssignable } from '#modules/tags/server/check-assignable.ts'
import type { TagDeps } from '#modules/tags/server/tag-deps.ts'
import { ensureTags } from '#modules/tags/server/tag-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

export type Assignment = { profileId: string; add: string[]; remove: string[] }

/** As `assignToPerson` for a page of people in one turn: for 1 person the turn costs some 20 ms, for 500 hardly more. */
export async function assignToMany(
  deps: TagDeps,
  ctx: WorkspaceCtx,
  assignments: readonly Assignment[],
  why: string | null = null,
): Promise<{ people: number }> {
  const changes = await planOf(deps, ctx, assignments)
  const names = [...new Set(changes.flatMap((change) => change.add))]
  const people = [...new Set(changes.map((change) => change.person))]
  await changePeople(deps, ctx, {
    plan: (tx) => checkAssignable(tx, names, ctx.now),
    carryOut: async (tx) => {
      await ensureTags(tx, names, ctx.now)
      const trace = { by: ctx.actor.name, kind: ctx.actor.kind, at: ctx.now, why }
      for (const { person, add, remove } of changes) await assignTags(tx, person, { add, remove, ...trace })
      const done = await deps.profiles.recogniser.decide(tx, tx.workspace, { observations: [] }, people)
      const removed = [...new Set(changes.flatMap((change) => change.remove))]
      await deps.audit(tx, ctx, {
        action: 'profile.tagged',
        subject: null,
        details: { people: people.length, add: names, remove: removed },
      })
      return { ...done, result: undefined }
    },
  })
  return { people: people.length }
}

async function planOf(deps: TagDeps, ctx: WorkspaceCtx, assignments: readonly Assignment[]) {
  const ids = assignments.map(({ profileId }) => profileId)
  const persons = await deps.profiles.personNumbers(ctx, ids, (index) => `/body/items/${index}/profileId`)
  return assignments.map(({ add, remove }, index) => ({
    person: persons[index] as number,
    add: add.filter((name) => !remove.includes(name)),
    remove,
  }))
}
