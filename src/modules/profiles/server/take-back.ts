import type { Identifier } from '#modules/profiles/identity/observation.ts'
import { type PersonTag, untagMany } from '#modules/profiles/server/assign-tags.ts'
import { changePeople } from '#modules/profiles/server/change-people.ts'
import { knownIdentifiers } from '#modules/profiles/server/known-people.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import type { IsTold } from '#modules/profiles/server/trait-store.ts'
import type { Told } from '#modules/profiles/server/unit-traits.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

export type TakeBack = {
  /** What a source told at an identifier, by attribute: what had been told there before, null when nothing. */
  values: readonly { at: Identifier; before: Readonly<Record<string, Told | null>> }[]
  tags: readonly (Identifier & { tag: string })[]
  /** Whether a message was the source's. */
  source: IsTold
}

/**
 * Takes back what a source told, in the writer's turn: its values where they still stand, and tags. Answers how many
 * identifiers changed. Doing it twice changes nothing more.
 */
export function takeBack(
  deps: Pick<ProfileDeps, 'writer' | 'recogniser'>,
  ctx: WorkspaceCtx,
  what: TakeBack,
): Promise<number> {
  return changePeople(deps, ctx, {
    plan: (tx) => knownIdentifiers(tx, [...what.values.map((one) => one.at), ...what.tags]),
    carryOut: async (tx, known) => {
      await deps.recogniser.prepare(tx, new Set([tx.workspace]))
      const traits = deps.recogniser.traits(tx.workspace)
      await traits.load(
        tx,
        [...known.values()].map((one) => one.unit),
      )
      const touched = new Set<number>()
      let changed = 0
      for (const { at, before } of what.values) {
        const one = known.get(`${at.kind}:${at.value}`)
        if (!one || !(await traits.takeBack(tx, one.unit, before, what.source))) continue
        changed++
        touched.add(one.person)
      }
      const removals = what.tags.flatMap(({ kind, value, tag }): PersonTag[] => {
        const person = known.get(`${kind}:${value}`)?.person
        return person === undefined ? [] : [{ person, tag }]
      })
      await untagMany(tx, removals, {
        by: ctx.actor.name,
        kind: ctx.actor.kind,
        at: ctx.now,
        why: 'import.undone',
      })
      for (const { person } of removals) touched.add(person)
      const done = await deps.recogniser.decide(tx, tx.workspace, { observations: [] }, [...touched])
      return { ...done, result: changed }
    },
  })
}
