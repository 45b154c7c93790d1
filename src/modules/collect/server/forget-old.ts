import { cutFromLog } from '#modules/collect/server/erase-items.ts'
import { finishRemoval } from '#modules/collect/server/finish-removal.ts'
import { forgetUnstored } from '#modules/collect/server/forget-unstored.ts'
import { behaviour, noteRemoval, olderThan } from '#modules/collect/server/removal.ts'
import type { TakeBackDeps } from '#modules/collect/server/take-back-items.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

export type Forgotten = { events: number; items: number }
export type ForgetProgress = (gone: { events: number; share: number }) => Promise<void>

const name = 'retention'
// Rows of the log that one transaction rewrites; each may hold some thousand items.
const rowsPerStep = 20
// Places that are fetched at a time.
const eventsPerLook = 200_000
// ClickHouse rewrites the parts of a month, however few go: so it follows in few steps, each of a part of all.
const steps = 4
const leastPerStep = 200_000

/** How many events happened before a moment, and when the first of all did. */
export async function countOlder(ch: ClickHouse, ctx: Pick<WorkspaceCtx, 'workspace'>, before: number) {
  const ws = ctx.workspace.num
  const [[old], [all]] = await Promise.all([
    ch.query<{ n: number }>(
      `SELECT count() AS n FROM events WHERE ws = {ws:UInt32} AND ${olderThan(before)}`,
      {
        ws,
      },
    ),
    ch.query<{ n: number; first: number }>(
      `SELECT count() AS n, toUnixTimestamp64Milli(min(time)) AS first FROM events
       WHERE ws = {ws:UInt32} AND ${behaviour}`,
      { ws },
    ),
  ])
  return { events: old?.n ?? 0, oldest: all && all.n > 0 ? all.first : null }
}

/**
 * Removes what people did before a moment, from the log, from ClickHouse and from what follows from it, as taking items
 * back does; then what the log has of repeats and refused items received before it. The log is gone through once; the
 * rows to rewrite are known from ClickHouse.
 */
export async function forgetOlder(
  deps: TakeBackDeps,
  ctx: WorkspaceCtx,
  before: number,
  progress: ForgetProgress,
): Promise<Forgotten> {
  try {
    // Of a run that broke off, with a moment of its own.
    await finishRemoval(deps, ctx, name, deps.turns)
    const events = await forgetStored(deps, ctx, before, progress)
    const items = await forgetUnstored(deps.database, ctx, before, () => progress({ events, share: 0.95 }))
    return { events, items }
  } catch (error) {
    deps.leaveToNextTurn()
    throw error
  }
}

async function forgetStored(
  deps: TakeBackDeps,
  ctx: WorkspaceCtx,
  before: number,
  progress: ForgetProgress,
): Promise<number> {
  const { events: all } = await countOlder(deps.ch, ctx, before)
  const perStep = Math.max(leastPerStep, Math.ceil(all / steps))
  let [events, waiting] = [0, 0]
  for await (const rows of rowsWithOlder(deps.ch, ctx, before)) {
    const upTo = Math.max(...rows.keys())
    const stored = await deps.database.write(ctx, async (tx) => {
      await noteRemoval(tx, { name, what: { before, upTo } })
      return (await cutFromLog(tx, tx.workspace, rows)).stored
    })
    events += stored
    waiting += stored
    if (waiting >= perStep) {
      await finishRemoval(deps, ctx, name, deps.turns)
      waiting = 0
    }
    await progress({ events, share: all === 0 ? 0.9 : Math.min(0.9, (0.9 * events) / all) })
  }
  await finishRemoval(deps, ctx, name, deps.turns)
  return events
}

type Rows = Map<number, number[]>

/** Rows of the log that hold older events, with their places, some at a time. */
async function* rowsWithOlder(ch: ClickHouse, ctx: WorkspaceCtx, before: number): AsyncGenerator<Rows> {
  const ws = ctx.workspace.num
  const older = `ws = {ws:UInt32} AND ${olderThan(before)}`
  const counts = await ch.query<{ seq: number; n: number }>(
    `SELECT seq, count() AS n FROM events WHERE ${older} GROUP BY seq ORDER BY seq`,
    { ws },
  )
  for (const { from, to } of bundles(counts)) {
    const found = await ch.query<{ seq: number; places: number[] }>(
      `SELECT seq, arraySort(groupArray(idx)) AS places FROM events
       WHERE ${older} AND seq BETWEEN {from:UInt64} AND {to:UInt64} GROUP BY seq ORDER BY seq`,
      { ws, from, to },
    )
    for (let at = 0; at < found.length; at += rowsPerStep)
      yield new Map(found.slice(at, at + rowsPerStep).map(({ seq, places }) => [Number(seq), places]))
  }
}

/** Neighbouring rows with so many events together, at least one row. */
export function* bundles(counts: readonly { seq: number; n: number }[], most = eventsPerLook) {
  let [from, to, events] = [0, 0, 0]
  for (const { seq, n } of counts) {
    if (events > 0 && events + n > most) {
      yield { from, to }
      events = 0
    }
    if (events === 0) from = seq
    to = seq
    events += n
  }
  if (events > 0) yield { from, to }
}
