import { sql } from 'kysely'
import { outcomeOf } from '#modules/collect/server/log-store.ts'
import type { DecodedBatch } from '#modules/collect/server/project-range.ts'
import type { Tx } from '#platform/pg/database.ts'

type Counts = { stored: number; duplicate: number; conflict: number; rejected: number }
export type SourceHour = Counts & { workspace: number; source: string; hour: number; lastAt: number }

const hourMs = 3_600_000
// What is compared with the usual looks back six weeks; a history that is sent afterwards would only fill the table.
const keptMs = 45 * 24 * hourMs

/**
 * Counts what came from each source, by hour: stored events by when they happened, so that history that is sent later
 * is no wave of today; everything else by when it was received. Bounded by sources and hours, whatever the volume.
 */
export function createSourceHours() {
  const rows = new Map<string, SourceHour>()
  const rowOf = (workspace: number, source: string, hour: number): SourceHour => {
    const key = `${workspace} ${hour} ${source}`
    let row = rows.get(key)
    if (!row) {
      row = { workspace, source, hour, stored: 0, duplicate: 0, conflict: 0, rejected: 0, lastAt: 0 }
      rows.set(key, row)
    }
    return row
  }
  return {
    /** `outcomes`: codes of the items of each batch, in their order. */
    add({ batch, items }: DecodedBatch, outcomes: Buffer): void {
      for (const [at, one] of items.entries()) {
        const outcome = outcomeOf(outcomes[at] as number)
        const { sourceId, receivedAt } = one.ok ? one.item : one.rejected
        const time = one.ok && outcome === 'stored' ? Math.min(one.item.time, receivedAt) : receivedAt
        if (time < receivedAt - keptMs) continue
        const row = rowOf(batch.workspace, sourceId, Math.floor(time / hourMs) * hourMs)
        row[outcome]++
        if (receivedAt > row.lastAt) row.lastAt = receivedAt
      }
    },
    /** In the transaction of the verdicts: each item counts once, for ever. */
    save: (tx: Tx) => save(tx, [...rows.values()]),
  }
}

async function save(tx: Tx, rows: readonly SourceHour[]): Promise<void> {
  if (rows.length === 0) return
  const each = <K extends keyof SourceHour>(key: K) => rows.map((row) => row[key])
  await tx.run(sql`
    insert into collect.source_hour as h (workspace_id, source, hour, stored, duplicate, conflict, rejected, last_at)
    select * from unnest(${each('workspace')}::int[], ${each('source')}::text[],
      ${rows.map((row) => new Date(row.hour))}::timestamptz[], ${each('stored')}::bigint[],
      ${each('duplicate')}::bigint[], ${each('conflict')}::bigint[], ${each('rejected')}::bigint[],
      ${rows.map((row) => new Date(row.lastAt))}::timestamptz[])
    on conflict (workspace_id, source, hour) do update set stored = h.stored + excluded.stored,
      duplicate = h.duplicate + excluded.duplicate, conflict = h.conflict + excluded.conflict,
      rejected = h.rejected + excluded.rejected, last_at = greatest(h.last_at, excluded.last_at)`)
}

/** Hours nobody compares with any more. */
export const forgetSourceHours = (tx: Tx, before: number) =>
  tx.run(
    sql`delete from collect.source_hour where workspace_id = ${tx.workspace} and hour < ${new Date(before)}`,
  )
