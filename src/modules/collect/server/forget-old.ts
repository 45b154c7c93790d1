import { sql } from 'kysely'
import { eraseFromLog } from '#modules/collect/server/erase-items.ts'
import type { Place } from '#modules/collect/server/find-source.ts'
import { outcomeCodes } from '#modules/collect/server/log-store.ts'
import { readItems } from '#modules/collect/server/read-items.ts'
import { type TakeBackDeps, takeBackPlaces } from '#modules/collect/server/take-back-items.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

// What people did. What they said of themselves (identify, group, alias) is who they are, and stays.
const behaviour = `type IN ('track', 'page', 'screen')`
const isBehaviour = (type: string) => type === 'track' || type === 'page' || type === 'screen'
const older = `ws = {ws:UInt32} AND time < fromUnixTimestamp64Milli({before:Int64}, 'UTC') AND ${behaviour}`

// Rows of the log that one turn of the writer takes on; each may hold some thousand items.
const rowsPerTurn = 20

export type Forgotten = { events: number; items: number }

/** How many events happened before a moment, and when the first of all did. */
export async function countOlder(ch: ClickHouse, ctx: WorkspaceCtx, before: number) {
  const ws = ctx.workspace.num
  const [[old], [all]] = await Promise.all([
    ch.query<{ n: number }>(`SELECT count() AS n FROM events WHERE ${older}`, { ws, before }),
    ch.query<{ n: number; first: number }>(
      `SELECT count() AS n, toUnixTimestamp64Milli(min(time)) AS first FROM events
       WHERE ws = {ws:UInt32} AND ${behaviour}`,
      { ws },
    ),
  ])
  return { events: old?.n ?? 0, oldest: all && all.n > 0 ? all.first : null }
}

/**
 * Removes what people did before a moment, from ClickHouse, from what follows from it and from the log, as an erasure
 * removes single events; then what the log has of repeats and refused items received before it. Some rows of the log
 * in each turn of the writer; what a crash leaves is found again.
 */
export async function forgetOlder(
  deps: TakeBackDeps,
  ctx: WorkspaceCtx,
  before: number,
  progress: (events: number) => Promise<void>,
): Promise<Forgotten> {
  const done: Forgotten = { events: 0, items: 0 }
  for (let after = 0; ; ) {
    const rows = await deps.ch.query<{ seq: number; places: number[] }>(
      `SELECT seq, arraySort(groupArray(idx)) AS places FROM events WHERE ${older} AND seq > {after:UInt64}
       GROUP BY seq ORDER BY seq LIMIT ${rowsPerTurn}`,
      { ws: ctx.workspace.num, before, after },
    )
    const last = rows.at(-1)
    if (!last) break
    done.events += await takeBackPlaces(
      deps,
      ctx,
      rows.flatMap((row) => rangesOf(row.seq, row.places)),
    )
    await progress(done.events)
    after = last.seq
  }
  for (let after: number | undefined = 0; after !== undefined; ) {
    const from: number = after
    const { rows, next } = await deps.database.read(ctx, (tx) => findLeft(tx, before, from))
    if (rows.size > 0)
      done.items += await deps.database.write(ctx, (tx) => eraseFromLog(tx, tx.workspace, { rows }))
    await progress(done.events)
    after = next
  }
  return done
}

/** 1, 2, 3, 7 → 1–3, 7–7. */
export function rangesOf(seq: number, places: readonly number[]): Place[] {
  const ranges: Place[] = []
  for (const idx of places) {
    const last = ranges.at(-1)
    if (last && last.last === idx - 1) last.last = idx
    else ranges.push({ seq, first: idx, last: idx })
  }
  return ranges
}

/** Items of the log received before a moment that were never stored: repeats, conflicts, refused ones. */
async function findLeft(tx: Tx, before: number, after: number) {
  const found = await tx.rows<{ seq: number; payload: Buffer; outcomes: Buffer }>(sql`
    select l.seq, l.payload, v.outcomes from collect.log_batch l join collect.verdict v using (seq)
    where l.workspace_id = ${tx.workspace} and l.seq > ${after} and l.received_at < ${new Date(before)}
    order by l.seq limit ${rowsPerTurn}`)
  const rows = new Map<number, number[]>()
  for (const row of found) {
    const items = await readItems({ ...row, workspace: tx.workspace })
    const gone = items.flatMap((one, idx) => {
      if (row.outcomes[idx] === outcomeCodes.stored) return []
      if (!one.ok) return one.rejected.reason === 'event.erased' ? [] : [idx]
      return isBehaviour(one.item.type) ? [idx] : []
    })
    if (gone.length > 0) rows.set(row.seq, gone)
  }
  return { rows, next: found.length === rowsPerTurn ? found.at(-1)?.seq : undefined }
}
