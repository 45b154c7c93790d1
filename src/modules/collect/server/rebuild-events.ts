import { eventLine } from '#modules/collect/server/event-lines.ts'
import { lockCheckpoint, outcomeCodes, readDecidedLog } from '#modules/collect/server/log-store.ts'
import { projected } from '#modules/collect/server/project-range.ts'
import { type Item, readItems } from '#modules/collect/server/read-items.ts'
import type { Recogniser } from '#modules/profiles/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { Database, Tx } from '#platform/pg/database.ts'
import type { EventProjection } from '#slots/event-projection.ts'

type Deps = {
  database: Database
  ch: ClickHouse
  recogniser: Recogniser
  projections: readonly EventProjection[]
}
const rowsPerStep = 200

/**
 * Writes the events of the whole log into an empty `events`, deciding nothing anew: what was stored is stored, and a
 * unit follows from an event's identifiers alone. Runs inside the projector's turn; emits nothing.
 */
export async function rebuildEvents(deps: Deps, progress: (done: number) => Promise<void>): Promise<number> {
  const tables = ['events', 'unit_activity', ...deps.projections.flatMap((projection) => projection.tables)]
  for (const table of tables) await deps.ch.command(`TRUNCATE TABLE ${table}`)
  const last = await deps.database.system((tx) => lockCheckpoint(tx, 'projected'))
  let events = 0
  for (let from = 1; from <= last; from += rowsPerStep) {
    events += await rebuildRange(deps, from, Math.min(last, from + rowsPerStep - 1))
    await progress(Math.min(1, (from + rowsPerStep) / last))
  }
  return events
}

/** Ships the stored events of a range of the log again. */
export async function rebuildRange(deps: Deps, from: number, to: number): Promise<number> {
  return deps.database.system(async (tx) => {
    const batches = await readDecidedLog(tx, from, to)
    const stored: { workspace: number; item: Item }[] = []
    for (const batch of batches)
      for (const [at, one] of (await readItems(batch)).entries())
        if (one.ok && batch.outcomes[at] === outcomeCodes.stored)
          stored.push({ workspace: batch.workspace, item: one.item })
    for (const [workspace, ones] of Map.groupBy(stored, (one) => one.workspace))
      await shipWorkspace(
        deps,
        tx,
        workspace,
        ones.map((one) => one.item),
      )
    return stored.length
  })
}

async function shipWorkspace(deps: Deps, tx: Tx, workspace: number, items: readonly Item[]): Promise<void> {
  await deps.recogniser.prepare(tx, new Set([workspace]))
  const { units, activity } = await deps.recogniser.unitsOf(tx, workspace, items)
  await deps.ch.insertLines(
    'events',
    items.map((item, at) => eventLine(workspace, units[at] as number, item)).join(''),
  )
  await deps.ch.insertLines('unit_activity', activity)
  for (const one of projected(deps.projections, workspace, items, units))
    await deps.ch.insertLines(one.table, one.lines)
}
