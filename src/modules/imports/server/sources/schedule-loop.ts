import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import { filesIn, folderOf } from '#modules/imports/server/sources/folder.ts'
import { nextRun } from '#modules/imports/server/sources/next-run.ts'
import {
  type DueSource,
  dueSources,
  isRunning,
  setNext,
  sourceKind,
} from '#modules/imports/server/sources/source-store.ts'
import type { SourceRun } from '#modules/imports/source-contract.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import { type LookLoop, openLookLoop } from '#platform/jobs/look-loop.ts'
import type { Tx } from '#platform/pg/database.ts'

type Deps = Pick<ImportDeps, 'database' | 'clock' | 'log' | 'inbox' | 'stillMs'>
const loop = { everyMs: 1000, failed: 'looking for sources that are due failed' }

/** Starts what is due. Moments that passed while nobody looked are one run: the next one is counted from now. */
export const openScheduleLoop = (deps: Deps): LookLoop => openLookLoop(deps.log, loop, () => startDue(deps))

async function startDue(deps: Deps): Promise<void> {
  const now = deps.clock.now()
  await deps.database.system(async (tx) => {
    for (const due of await dueSources(tx, now)) {
      await setNext(tx, due.id, nextRun(due.schedule, due.timezone, now))
      // Its next moment comes; two runs at once would take the same things.
      if (await isRunning(tx, due.workspace, due.id)) continue
      if (await hasWork(deps, due)) await enqueueRun(tx, due, 'schedule')
    }
  })
}

/** A folder that is watched is looked at here, so that looking leaves no runs without anything behind. */
async function hasWork(deps: Deps, { place, schedule, workspace_id }: DueSource): Promise<boolean> {
  if (schedule.every !== 'file' || place.kind !== 'folder') return true
  try {
    return (await filesIn(folderOf(deps.inbox, workspace_id), place.glob, deps.stillMs)).length > 0
  } catch (error) {
    // Whoever runs the machine puts it right; the sources of others go on meanwhile.
    deps.log.error({ err: error, workspace: workspace_id }, 'a watched folder cannot be read')
    return false
  }
}

export async function enqueueRun(
  tx: Tx,
  source: { id: string; name: string; workspace?: number },
  trigger: SourceRun['trigger'],
  memberId?: string,
): Promise<{ run: string; job: string }> {
  const run = newId('run')
  const job = await enqueue(tx, {
    kind: sourceKind,
    payload: { sourceId: source.id, runId: run, trigger },
    key: source.id,
    title: source.name,
    ...(source.workspace === undefined ? {} : { workspace: source.workspace }),
    ...(memberId === undefined ? {} : { memberId }),
  })
  return { run, job }
}
