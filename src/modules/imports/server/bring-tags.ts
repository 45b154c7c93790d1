import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import { readTagging } from '#modules/imports/server/import-store.ts'
import { keysOfRows } from '#modules/imports/server/journal-store.ts'
import { importOf, rowOf } from '#modules/imports/server/mapping/make-item.ts'
import { tagRows } from '#modules/imports/server/tag-rows.ts'
import type { CallCompanion } from '#slots/call-companion.ts'

/**
 * The tags of an import come with its calls: given afterwards, every person would be shipped twice, which took 100,000
 * rows from 37 to 69 s of CPU time. What no call was sent for gets them at the end (`add-tags.ts`).
 */
export const importCompanion = (deps: Pick<ImportDeps, 'tags' | 'clock'>): CallCompanion => ({
  name: 'imports',
  accompany: async (tx, calls) => {
    const changed: number[] = []
    const told = calls.filter(({ type }) => type === 'identify')
    for (const [id, theirs] of Map.groupBy(told, (call) => importOf(call.sourceId))) {
      const tagging = id === undefined ? undefined : await readTagging(tx, id)
      if (id === undefined || !tagging) continue
      const numbers = theirs.map((call) => rowOf(id, call.messageId)).filter((row) => row !== undefined)
      const rows = await keysOfRows(tx, id, numbers)
      changed.push(...(await tagRows(deps, tx, { id, rows, ...tagging })))
    }
    return changed
  },
})
