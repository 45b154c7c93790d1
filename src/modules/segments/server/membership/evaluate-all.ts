import { inBatches, isolating } from '#modules/segments/server/membership/evaluate-segments.ts'
import { changesSql } from '#modules/segments/server/membership/evaluation-sql.ts'
import { openRun, type Run } from '#modules/segments/server/membership/run-store.ts'
import { finishRun } from '#modules/segments/server/membership/write-changes.ts'
import type { KnownSegment, WorkspaceRules } from '#modules/segments/server/rule-book.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'

// Everybody × segments pass through one query; eight keep it within some hundred MB for a million people.
const conditionsPerQuery = 100

/** Everybody, compared with what is stored; the differences never leave ClickHouse. Answers the open run. */
export async function evaluateEverybody(
  deps: SegmentsDeps,
  rules: WorkspaceRules,
  workspace: number,
  segments: readonly KnownSegment[],
  told: { heard: boolean; since: 'now' | 'unknown' },
): Promise<Run> {
  const run = await deps.database.system((tx) => openRun(tx, workspace, told.heard, deps.clock.now()))
  const env = rules.env(run.at)
  const entered = told.since === 'now' ? run.at : 0
  for (const batch of inBatches(segments, conditionsPerQuery))
    await isolating(deps, workspace, batch, async (some) => {
      const { sql, params } = changesSql(some, env, undefined)
      await deps.ch.command(
        `INSERT INTO segment_member (ws, segment, person, member, flipped, recheck_at, since, version)
         SELECT ${workspace}, segment, person, member, flipped, recheck,
           fromUnixTimestamp64Milli(if(member AND flipped, toInt64(${entered}), since), 'UTC'), ${run.version} FROM (${sql})`,
        params,
      )
    })
  return run
}

/** The same for segments that are live, with entered and left told: after a crash, or when a flip concerns too many. */
export async function reviewEverybody(
  deps: SegmentsDeps,
  rules: WorkspaceRules,
  workspace: number,
  segments: readonly KnownSegment[],
): Promise<void> {
  if (segments.length === 0) return
  await finishRun(deps, rules, await evaluateEverybody(deps, rules, workspace, segments, heard))
}

const heard = { heard: true, since: 'now' } as const
