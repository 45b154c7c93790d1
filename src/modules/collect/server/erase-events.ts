import type { FoundItems, SharedItem } from '#modules/collect/server/find-items.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import { deleteRows } from '#platform/ch/upkeep.ts'
import type { EventProjection } from '#slots/event-projection.ts'

type Deps = { ch: ClickHouse; projections: readonly EventProjection[] }

/**
 * Removes events and what follows from them from ClickHouse, and waits until they are gone from the disk's live parts:
 * everything of the given units, and single ones on units that others keep.
 */
export async function eraseEvents(
  deps: Deps,
  workspace: number,
  units: ReadonlySet<number>,
  { shared }: Pick<FoundItems, 'shared'>,
): Promise<void> {
  const { ch } = deps
  const theirs = `ws = ${Math.trunc(workspace)} AND unit IN (${numbers(units)})`
  const others = `ws = ${Math.trunc(workspace)} AND unit IN (${numbers(sharedUnits(shared))})`
  const follow = deps.projections.flatMap((projection) => projection.tables)
  for (const table of ['events', ...follow]) await deleteRows(ch, table, () => theirs)
  for (let at = 0; at < shared.length; at += placesPerStatement) {
    const some = shared.slice(at, at + placesPerStatement)
    const places = tuples(some.map((one) => [one.seq, one.idx]))
    await deleteRows(ch, 'events', () => `${others} AND (seq, idx) IN (${places})`)
    const moments = tuples(some.map((one) => [one.unit, one.time]))
    for (const table of follow)
      await deleteRows(ch, table, () => `${others} AND (unit, toUnixTimestamp64Milli(time)) IN (${moments})`)
  }
  await eraseActivity(deps, workspace, units, sharedUnits(shared))
}

// Each a rewrite of the parts they lie in, and a statement of some 100 kB.
const placesPerStatement = 5000

const tuples = (all: readonly (readonly number[])[]): string =>
  all.map((numbers) => `(${numbers.map(Math.trunc).join(',')})`).join(',')

/** First and last moments cannot be taken apart: those of shared units are told anew from what is left. */
export async function eraseActivity(
  { ch }: Pick<Deps, 'ch'>,
  workspace: number,
  units: ReadonlySet<number>,
  shared: ReadonlySet<number>,
): Promise<void> {
  const ofWorkspace = `ws = ${Math.trunc(workspace)}`
  const all = [...new Set([...units, ...shared])]
  for (let at = 0; at < all.length; at += placesPerStatement) {
    const some = new Set(all.slice(at, at + placesPerStatement))
    await deleteRows(ch, 'unit_activity', () => `${ofWorkspace} AND unit IN (${numbers(some)})`)
    const staying = new Set([...some].filter((unit) => shared.has(unit)))
    if (staying.size > 0)
      await ch.command(
        `INSERT INTO unit_activity (ws, unit, first, last) SELECT ws, unit, min(least(time, received_at)), max(least(time, received_at))
         FROM events WHERE ${ofWorkspace} AND unit IN (${numbers(staying)}) GROUP BY ws, unit`,
      )
  }
}

/** How many rows of these units are still there. */
export async function countEvents(
  { ch, projections }: Deps,
  workspace: number,
  units: ReadonlySet<number>,
): Promise<number> {
  const tables = ['events', 'unit_activity', ...projections.flatMap((projection) => projection.tables)]
  let left = 0
  for (const table of tables) {
    const [row] = await ch.query<{ n: number }>(
      `SELECT count() AS n FROM ${table} WHERE ws = {ws:UInt32} AND unit IN (${numbers(units)})`,
      { ws: workspace },
    )
    left += row?.n ?? 0
  }
  return left
}

const sharedUnits = (shared: readonly SharedItem[]): Set<number> => new Set(shared.map((one) => one.unit))

const numbers = (units: ReadonlySet<number>): string =>
  units.size === 0 ? 'NULL' : [...units].map((unit) => Math.trunc(unit)).join(',')
