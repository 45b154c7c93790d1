import { enqueueBuilds } from '#modules/segments/server/build-segment.ts'
import { healLists } from '#modules/segments/server/lists/heal-lists.ts'
import { evaluateEverybody } from '#modules/segments/server/membership/evaluate-all.ts'
import type { Upkeep } from '#modules/segments/server/membership/keep-current.ts'
import { finishRun } from '#modules/segments/server/membership/write-changes.ts'
import {
  markForBuild,
  readRules,
  takeRevision,
  workspacesWithSegments,
} from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import { healSnapshots } from '#modules/segments/server/snapshots/freeze-members.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { EventHandler } from '#platform/jobs/subscriptions.ts'

/** Marks every segment of the workspace for a new count, by jobs. */
export async function recountWorkspace(
  deps: SegmentsDeps,
  ctx: Pick<WorkspaceCtx, 'workspace'>,
): Promise<void> {
  await deps.database.write(ctx, async (tx) => {
    await takeRevision(tx, tx.workspace)
    // Who is on a list follows from no rule: neither zone nor tags change it.
    const rules = (await readRules(tx, tx.workspace)).filter((row) => row.kind === 'rule')
    const ids = rules.map((row) => row.id)
    await markForBuild(tx, ids)
    await enqueueBuilds(tx, ids)
  })
}

/** Changes elsewhere that give rules another meaning without anybody's data changing. */
export function recountHandlers(deps: SegmentsDeps): EventHandler[] {
  return [
    {
      event: 'workspace.changed',
      name: 'recount-segments',
      handle: async (ctx, payload) => {
        if (Array.isArray(payload.changed) && payload.changed.includes('timezone'))
          await recountWorkspace(deps, ctx)
      },
    },
    { event: 'tag.moved', name: 'recount-segments', handle: (ctx) => recountWorkspace(deps, ctx) },
    // What silence means, or which topics there are: who can be reached.
    {
      event: 'consent.rules_changed',
      name: 'recount-segments',
      handle: (ctx) => recountWorkspace(deps, ctx),
    },
  ]
}

// Whoever ClickHouse had forgotten entered at some time that nobody knows any more.
const silent = { heard: false, since: 'unknown' } as const

/** The memberships of every workspace out of nothing; nobody has entered or left. */
export async function recountAll(deps: SegmentsDeps, upkeep: Upkeep): Promise<void> {
  for (const workspace of await deps.database.system(workspacesWithSegments)) {
    const rules = await deps.rules.of(workspace)
    await upkeep.prepare(rules, workspace)
    // What they are evaluated from.
    await healLists(deps, workspace)
    await healSnapshots(deps, workspace)
    const live = [...rules.segments.values()].filter((segment) => segment.state === 'live')
    if (live.length > 0)
      await finishRun(deps, rules, await evaluateEverybody(deps, rules, workspace, live, silent))
  }
  upkeep.forgetAgenda()
}
