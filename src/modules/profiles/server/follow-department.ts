import { changePeople, nothing } from '#modules/profiles/server/change-people.ts'
import { followDepartment } from '#modules/profiles/server/owner-store.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { EventHandler } from '#platform/jobs/subscriptions.ts'

// Events wait while a batch runs: some 100 ms each.
const unitsPerBatch = 2000

/** When a member works in another department, so do their people: whoever sees by department sees them there. */
export function departmentHandler(deps: Pick<ProfileDeps, 'writer' | 'recogniser'>): EventHandler {
  return {
    event: 'member.moved',
    name: 'people-follow',
    maxAttempts: 16, // a day and a half without ClickHouse; given up, people would stay where nobody looks
    handle: (ctx, payload) => follow(deps, ctx, String(payload.member)),
  }
}

async function follow(
  deps: Pick<ProfileDeps, 'writer' | 'recogniser'>,
  ctx: WorkspaceCtx,
  member: string,
): Promise<void> {
  for (let people = 1; people > 0; ) {
    // Thrown, so that a stopping program leaves the rest to the next start.
    ctx.signal?.throwIfAborted()
    people = await changePeople(deps, ctx, {
      plan: async () => undefined,
      carryOut: async (tx) => {
        const persons = await followDepartment(tx, member, unitsPerBatch)
        if (persons.length === 0) return { result: 0, change: nothing(tx.workspace), shipments: [] }
        // Rules ask for departments: whoever follows may enter or leave a segment.
        const done = await deps.recogniser.decide(tx, tx.workspace, { observations: [] }, persons)
        return { ...done, result: persons.length }
      },
    })
  }
}
