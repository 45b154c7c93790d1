import { aroundCompanies, removeTracelessCompanies, takeCompanyRowsBack } from '#modules/companies/index.ts'
import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import { type ImportRow, saveReached, saveRemoved } from '#modules/imports/server/import-store.ts'
import type { KeptRow } from '#modules/imports/server/journal-store.ts'
import { messagePrefix } from '#modules/imports/server/mapping/make-item.ts'
import { changePeople, nothing } from '#modules/profiles/index.ts'
import type { JobRun } from '#platform/jobs/worker.ts'

/** Values first, all of them; then the companies nothing else is known of. May be broken off and repeated anywhere. */
export async function undoCompanies(
  deps: ImportDeps,
  job: JobRun,
  row: ImportRow,
  journal: (after: number) => AsyncIterable<KeptRow[]>,
): Promise<void> {
  const prefix = messagePrefix(row.id)
  for await (const rows of journal(row.reached)) {
    await changePeople(deps, job.ctx, {
      plan: async () => undefined,
      carryOut: async (tx) => {
        const undone = rows.map(({ at, before }) => ({ company: at.value, before }))
        const changed = await takeCompanyRowsBack(tx, undone, (messageId) => messageId.startsWith(prefix))
        await saveReached(tx, row.id, rows.at(-1)?.row ?? 0)
        const around = await aroundCompanies(tx, changed)
        return { result: undefined, change: { ...nothing(tx.workspace), around }, shipments: [] }
      },
    })
  }
  let removed = row.removed
  for await (const rows of journal(0)) {
    const of = (kind: string) =>
      rows.filter(({ at, outcome }) => outcome === 'created' && at.kind === kind).map(({ at }) => at.value)
    const what = { made: of('company'), restored: of('company_restored') }
    removed += await changePeople(deps, job.ctx, {
      plan: async () => undefined,
      carryOut: async (tx) => {
        const gone = await removeTracelessCompanies(tx, what, job.ctx.now)
        await saveRemoved(tx, row.id, removed + gone)
        return { result: gone, change: nothing(tx.workspace), shipments: [] }
      },
    })
  }
}
