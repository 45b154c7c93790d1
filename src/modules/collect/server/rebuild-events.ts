import { eventLine } from '#modules/collect/server/event-lines.ts'
import { lockCheckpoint, outcomeCodes, readDecidedLog } from '#modules/collect/server/log-store.ts'
import { projected } from '#modules/collect/server/project-range.ts'
import { type Item, readItems } from '#modules/collect/server/read-items.ts'
import { removeRange } from '#modules/collect/server/remove-tail.ts'
import type { Recogniser } from '#modules/profiles/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import { emptyTable } from '#platform/ch/upkeep.ts'
import type { Database, Tx } from '#platform/pg/database.ts'
import type { EventProjection } from '#slots/event-projection.ts'

export type RebuildDeps = {
  database: Database
  ch: ClickHouse
  recogniser: Recogniser
  projections: readonly EventProjection[]
}
/** Rows of the log that are shipped again, and compared, at a time. */
export const stepRows = 200

/**
 * Writes the events of the whole log into an empty `events`, deciding nothing anew: what was stored is stored, and a
 * unit follows from an event's identifiers alone. Runs inside the projector's turn; emits nothing.
 */
export async function rebuildEvents(
  deps: RebuildDeps,
  progress: (done: number) => Promise<void>,
): Promise<number> {
  const tables = ['events', 'unit_activity', ...deps.projections.flatMap((projection) => projection.tables)]
  for (const table of tables) await emptyTable(deps.ch, table)
  const last = await deps.database.system((tx) => lockCheckpoint(tx, 'projected'))
  let events = 0
  for (let from = 1; from <= last; from += stepRows) {
    events += await rebuildRange(deps, from, Math.min(last, from + stepRows - 1))
    await progress(Math.min(1, (from + stepRows) / last))
  }
  return events
}

/** Removes what ClickHouse has of a range of the log, and ships it again: it may have a part of it. */
export async function replaceRange(
  deps: RebuildDeps,
  { from, to }: { from: number; to: number },
): Promise<void> {
  await removeRange(deps.ch, from, to)
  for (let at = from; at <= to; at += stepRows) await rebuildRange(deps, at, Math.min(to, at + stepRows - 1))
}

/** Ships the stored events of a range of the log again. */
export async function rebuildRange(deps: RebuildDeps, from: number, to: number): Promise<number> {
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

async function shipWorkspace(
  deps: RebuildDeps,
  tx: Tx,
  workspace: number,
  items: readonly Item[],
): Promise<void> {
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
