import { sql } from 'kysely'
import { stepRows } from '#modules/collect/server/rebuild-events.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { Database } from '#platform/pg/database.ts'

export type LogRange = { from: number; to: number }
export type EventsAgreement = { differing: LogRange[]; events: number; missing: number; spansAgree: boolean }
type Block = { block: number; n: number }

/**
 * Compares what ClickHouse has with what was decided, block by block of the log: a part lost in a power cut or with
 * a deleted folder shows as other counts. Reads one column there and one row per log row here.
 */
export async function compareEvents(deps: { database: Database; ch: ClickHouse }): Promise<EventsAgreement> {
  const decided = await deps.database.system((tx) =>
    tx.rows<Block>(sql`
      select (seq - 1) / ${stepRows}::bigint as block, sum(stored)::bigint as n from collect.verdict group by 1 having sum(stored) > 0`),
  )
  const found = await deps.ch.query<Block>(
    `SELECT intDiv(seq - 1, ${stepRows}) AS block, count() AS n FROM events GROUP BY block`,
  )
  const [row] = await deps.ch.query<{ agree: number }>(
    `SELECT (SELECT uniqExact(ws, unit) FROM events) = (SELECT uniqExact(ws, unit) FROM unit_activity) AS agree`,
  )
  const events = decided.reduce((sum, one) => sum + one.n, 0)
  const missing = events - found.reduce((sum, one) => sum + one.n, 0)
  return { differing: rangesOf(differences(decided, found)), events, missing, spansAgree: row?.agree === 1 }
}

function differences(decided: readonly Block[], found: readonly Block[]): number[] {
  const counts = new Map(decided.map(({ block, n }) => [block, n]))
  for (const { block, n } of found) {
    if (counts.get(block) === n) counts.delete(block)
    else counts.set(block, counts.get(block) ?? 0)
  }
  return [...counts.keys()].sort((a, b) => a - b)
}

/** Neighbouring blocks as one range of the log: a removal rewrites whole parts, so few are better than many. */
function rangesOf(blocks: readonly number[]): LogRange[] {
  const ranges: LogRange[] = []
  for (const block of blocks) {
    const last = ranges.at(-1)
    if (last && last.to === block * stepRows) last.to += stepRows
    else ranges.push({ from: block * stepRows + 1, to: (block + 1) * stepRows })
  }
  return ranges
}
