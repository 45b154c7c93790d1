import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import { type ImportRow, saveReached } from '#modules/imports/server/import-store.ts'
import { type KeyedRow, readUntagged } from '#modules/imports/server/journal-store.ts'
import { tagRows } from '#modules/imports/server/tag-rows.ts'
import { changePeople, nothing } from '#modules/profiles/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { JobRun } from '#platform/jobs/worker.ts'

// One turn of the writer, as for tags given to many by hand: events wait while so many are at work.
const rowsAtOnce = 2000

/**
 * Tags whom the file mentions without a call that could have brought the tags (`bring-tags.ts`), and notes who did not
 * have which. Goes on where it was cut off.
 */
export async function addTags(deps: ImportDeps, job: JobRun, row: ImportRow): Promise<void> {
  for (let { reached } = row; ; ) {
    job.signal.throwIfAborted()
    const rows = await deps.database.read(job.ctx, (tx) => readUntagged(tx, row.id, reached, rowsAtOnce))
    const last = rows.at(-1)
    if (!last) return
    await tagInTurn(deps, job.ctx, row, rows)
    reached = last.row
    await job.progress(0.99)
  }
}

const tagInTurn = (deps: ImportDeps, ctx: WorkspaceCtx, row: ImportRow, rows: readonly KeyedRow[]) =>
  changePeople(deps, ctx, {
    plan: async () => undefined,
    carryOut: async (tx) => {
      const { id, name, spec } = row
      const changed = await tagRows(deps, tx, { id, name, tags: spec.tags, rows })
      await saveReached(tx, id, rows.at(-1)?.row ?? 0)
      if (changed.length === 0) return { result: undefined, change: nothing(tx.workspace), shipments: [] }
      const done = await deps.profiles.recogniser.decide(tx, tx.workspace, { observations: [] }, changed)
      return { ...done, result: undefined }
    },
  })
