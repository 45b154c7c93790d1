import { listLines } from '#modules/segments/server/lists/list-rows.ts'
import { takeRevision } from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import { packNumbers, unpackNumbers } from '#modules/segments/server/snapshots/pack-numbers.ts'
import {
  finishSnapshot,
  putParts,
  readParts,
  readyNumbers,
  removeSnapshotRow,
  type SnapshotRow,
  savePart,
  shrink,
  timesWithdrawn,
  withdrawBuilding,
} from '#modules/segments/server/snapshots/snapshot-store.ts'
import { deleteRows } from '#platform/ch/upkeep.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

const perPart = 100_000
type Deps = Pick<SegmentsDeps, 'database' | 'ch' | 'log'>

/**
 * Keeps who is in the segment at this moment: one query, so it is the membership of one moment. Somebody who is erased
 * meanwhile may have been read before: then it is read anew.
 */
export async function freezeMembers(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  snapshot: SnapshotRow,
  segment: number,
): Promise<number> {
  for (;;) {
    const withdrawn = await deps.database.write(ctx, (tx) => timesWithdrawn(tx, snapshot.num))
    if (withdrawn === undefined) throw new AppError('segment.snapshot_missing', 'missing', 'It was removed.')
    const size = await freezeNow(deps, ctx, { ...snapshot, withdrawn }, segment)
    if (size !== undefined) return size
  }
}

type Begun = SnapshotRow & { withdrawn: number }

/** Undefined when somebody was erased since it was begun. */
async function freezeNow(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  { num, withdrawn }: Begun,
  segment: number,
): Promise<number | undefined> {
  const at = deps.clock.now()
  const rows = await deps.ch.query<{ person: number }>(
    `SELECT person FROM segment_member WHERE ws = {ws:UInt32} AND segment = {segment:UInt32}
     GROUP BY person HAVING argMax(member, version) = 1 ORDER BY person`,
    { ws: ctx.workspace.num, segment },
  )
  const parts: Buffer[] = []
  for (let from = 0; from < rows.length; from += perPart)
    parts.push(await packNumbers(rows.slice(from, from + perPart).map((row) => row.person)))
  const isKept = await deps.database.write(ctx, async (tx) => {
    if ((await timesWithdrawn(tx, num)) !== withdrawn) return false
    await putParts(tx, num, parts)
    return true
  })
  await emptyInClickHouse(deps, ctx.workspace.num, num)
  if (!isKept) return undefined
  await shipSnapshot(deps, ctx.workspace.num, num, at)
  return deps.database.write(ctx, async (tx) => {
    if ((await timesWithdrawn(tx, num)) !== withdrawn) return undefined
    // Rules may name it from now on.
    await takeRevision(tx, tx.workspace)
    await finishSnapshot(tx, num, { state: 'ready', size: rows.length, at })
    return rows.length
  })
}

/** One that could not be taken leaves nothing of what was read. */
export async function giveUpSnapshot(
  deps: Pick<SegmentsDeps, 'database' | 'ch'>,
  ctx: WorkspaceCtx,
  num: number,
): Promise<void> {
  await deps.database.write(ctx, async (tx) => {
    await putParts(tx, num, [])
    await finishSnapshot(tx, num, { state: 'failed' })
  })
  await emptyInClickHouse(deps, ctx.workspace.num, num)
}

export async function removeSnapshots(
  deps: Deps,
  ctx: Pick<WorkspaceCtx, 'workspace'>,
  snapshots: readonly SnapshotRow[],
): Promise<void> {
  if (snapshots.length === 0) return
  await deps.database.write(ctx, async (tx) => {
    await takeRevision(tx, tx.workspace)
    for (const { num } of snapshots) await removeSnapshotRow(tx, num)
  })
  for (const { num } of snapshots) await emptyInClickHouse(deps, ctx.workspace.num, num)
}

/** Ships snapshots that ClickHouse does not have in full. */
export async function healSnapshots(deps: Deps, workspace: number): Promise<void> {
  const wanted = await deps.database.system((tx) => readyNumbers(tx, workspace))
  if (wanted.length === 0) return
  const rows = await deps.ch.query<{ list: number; units: number }>(
    `SELECT list, count() AS units FROM list_unit FINAL
     WHERE ws = {ws:UInt32} AND list >= {first:UInt32} AND present = 1 GROUP BY list`,
    { ws: workspace, first: Math.min(...wanted.map((one) => one.num)) },
  )
  const found = new Map(rows.map((row) => [row.list, Number(row.units)]))
  for (const { num, size, at } of wanted) {
    if ((found.get(num) ?? 0) === size) continue
    deps.log.warn(
      { workspace, snapshot: num },
      'ClickHouse does not have all of a snapshot: shipping it again',
    )
    await shipSnapshot(deps, workspace, num, at.getTime())
  }
}

/**
 * Takes erased people out of every snapshot of the workspace, and lets those begin anew that are being taken; ClickHouse's
 * rows go with those of lists.
 */
export async function forgetInSnapshots(
  deps: Deps,
  ctx: Pick<WorkspaceCtx, 'workspace'>,
  units: readonly number[],
): Promise<void> {
  const gone = new Set(units)
  const workspace = ctx.workspace.num
  // First, so that none of them gets ready unseen.
  await deps.database.write(ctx, withdrawBuilding)
  for (const { num } of await deps.database.system((tx) => readyNumbers(tx, workspace)))
    await deps.database.write(ctx, async (tx) => {
      for (const { part, units: packed } of await readParts(tx, workspace, num)) {
        const numbers = await unpackNumbers(packed)
        const kept = numbers.filter((number) => !gone.has(number))
        if (kept.length === numbers.length) continue
        await savePart(tx, num, part, await packNumbers(kept))
        await shrink(tx, num, numbers.length - kept.length)
      }
    })
}

async function shipSnapshot(deps: Deps, workspace: number, num: number, at: number): Promise<void> {
  const parts = await deps.database.system((tx) => readParts(tx, workspace, num))
  for (const { units } of parts) {
    const rows = (await unpackNumbers(units)).map((unit) => ({
      unit,
      present: true,
      at: new Date(at),
      change: 1,
    }))
    await deps.ch.insertLines('list_unit', listLines(workspace, num, rows))
  }
}

const emptyInClickHouse = (deps: Pick<Deps, 'ch'>, workspace: number, num: number) =>
  deleteRows(deps.ch, 'list_unit', () => `ws = ${Math.trunc(workspace)} AND list = ${Math.trunc(num)}`)
