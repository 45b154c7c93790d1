import { markTrashed, trashedAmong, unmarkTrashed } from '#modules/profiles/server/bin/trash-store.ts'
import { changePeople, nothing } from '#modules/profiles/server/change-people.ts'
import { type ChangeTrace, noteChanges } from '#modules/profiles/server/person-changes.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/** What the work is told by: `audit` is left to whoever does it for many. */
export type BinWork = {
  persons: readonly number[]
  why: string | null
  batch?: string | null
  audit?: boolean
}

/**
 * Puts people into the recycle bin. They leave lists, counts, segments and look-ups in the same turn of the writer;
 * what is still received about them is kept and hidden. Answers whom it concerned.
 */
export const trashPeople = (deps: ProfileDeps, ctx: WorkspaceCtx, work: BinWork): Promise<number[]> =>
  moveBin(deps, ctx, work, 'trashed')

/** Takes people out of the bin, with everything that came meanwhile. */
export const restorePeople = (deps: ProfileDeps, ctx: WorkspaceCtx, work: BinWork): Promise<number[]> =>
  moveBin(deps, ctx, work, 'restored')

function moveBin(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  work: BinWork,
  kind: 'trashed' | 'restored',
): Promise<number[]> {
  return changePeople(deps, ctx, {
    plan: async (tx) => {
      const inBin = await trashedAmong(tx, work.persons)
      return [...new Set(work.persons)].filter((person) => inBin.has(person) === (kind === 'restored'))
    },
    carryOut: async (tx, moving) => {
      if (moving.length === 0) return { result: [], change: nothing(tx.workspace), shipments: [] }
      const trace: ChangeTrace = { actor: ctx.actor, at: ctx.now, why: work.why, batch: work.batch ?? null }
      await noteChanges(
        tx,
        kind,
        moving.map((person) => ({ person, content: {} })),
        trace,
      )
      if (kind === 'trashed') await markTrashed(tx, moving, trace)
      else await unmarkTrashed(tx, moving)
      const done = await deps.recogniser.decide(tx, tx.workspace, { observations: [] }, moving)
      if (work.audit) {
        const ids = moving.map((person) => deps.personIds.encode(tx.workspace, person))
        const subject = ids.length === 1 ? (ids[0] as string) : null
        const details = { people: ids.length, ids, ...(work.why ? { why: work.why } : {}) }
        await deps.audit(tx, ctx, { action: `profile.${kind}`, subject, details })
      }
      return { ...done, result: moving }
    },
  })
}
