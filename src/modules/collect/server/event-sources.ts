import { sql } from 'kysely'
import type { SourceNames } from '#modules/access/index.ts'
import type { EventSource } from '#modules/collect/contract.ts'
import { readItems } from '#modules/collect/server/read-items.ts'
import type { Mask } from '#modules/profiles/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Database, Tx } from '#platform/pg/database.ts'

// Rows of the log that are looked into, latest first: up to nine of each of the latest days the event came on, until so
// many items were read (a row of 4,000 takes some 40 ms).
const sampledDays = 30
const rowsPerDay = 8
const sampledRows = 100
const sampledItems = 20_000

export type SourceDeps = {
  database: Database
  ch: ClickHouse
  mask: (ctx: WorkspaceCtx) => Promise<Mask>
  sourceNames: SourceNames
}

/**
 * Who sends an event. The source stands in the log only, so a sample of the latest days is looked into: who sends
 * regularly is found, and `count` is what was seen in the sample.
 */
export async function eventSources(
  deps: SourceDeps,
  ctx: WorkspaceCtx,
  event: string,
): Promise<EventSource[]> {
  const places = await deps.ch.query<{ seq: number }>(
    `SELECT DISTINCT arrayJoin(seqs) AS seq FROM (
       SELECT arrayPushBack(groupArraySample(${rowsPerDay}, 1)(seq), max(seq)) AS seqs FROM events
       WHERE ws = {ws:UInt32} AND event = {event:String}
       GROUP BY toDate(time) AS day ORDER BY day DESC LIMIT ${sampledDays})
     ORDER BY seq DESC LIMIT ${sampledRows}`,
    { ws: ctx.workspace.num, event },
  )
  const seen = new Map<string, { count: number; lastSeen: number }>()
  await deps.database.read(ctx, async (tx) => {
    let items = 0
    for (const { seq } of places) {
      if (items > sampledItems) return
      items += await lookInto(tx, seq, event, seen)
    }
  })
  const sourceOf = await deps.database.read(ctx, (tx) => deps.sourceNames(tx, ctx, seen.keys()))
  return [...seen]
    .map(([id, { count, lastSeen }]) => ({
      ...sourceOf(id),
      count,
      lastSeen: new Date(lastSeen).toISOString(),
    }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
}

async function lookInto(
  tx: Tx,
  seq: number,
  event: string,
  seen: Map<string, { count: number; lastSeen: number }>,
): Promise<number> {
  const row = await tx.row<{ payload: Buffer }>(
    sql`select payload from collect.log_batch where seq = ${seq} and workspace_id = ${tx.workspace}`,
  )
  if (!row) return 0
  const items = await readItems({ seq, workspace: tx.workspace, payload: row.payload })
  for (const one of items) {
    if (!one.ok || one.item.name !== event) continue
    const known = seen.get(one.item.sourceId) ?? { count: 0, lastSeen: 0 }
    seen.set(one.item.sourceId, {
      count: known.count + 1,
      lastSeen: Math.max(known.lastSeen, one.item.receivedAt),
    })
  }
  return items.length
}
