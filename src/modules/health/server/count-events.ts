import type { HealthDeps } from '#modules/health/server/health-deps.ts'
import { forgetEventHours, keptDays, saveEventHours } from '#modules/health/server/hour-store.ts'
import { hourMs } from '#modules/health/server/judge-volume.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Events arrive late: so many whole hours are counted anew. */
const youngHours = 2
const namesPerHour = 300

/** Counts events by name and hour from where the last count ended; answers up to where the counts are for good. */
export async function countEvents(
  deps: Pick<HealthDeps, 'ch'>,
  tx: Tx,
  workspace: number,
  { from, now }: { from: number | undefined; now: number },
): Promise<number> {
  const oldest = Math.floor(now / hourMs) * hourMs - keptDays * 24 * hourMs
  const start = Math.max(oldest, from ?? oldest)
  const rows = await deps.ch.query<{ event: string; at: number; count: number }>(
    `SELECT toString(event) AS event, toUnixTimestamp(toStartOfHour(toDateTime(time, 'UTC'))) AS at, count() AS count
     FROM events WHERE ws = {ws:UInt32} AND type IN ('track', 'page', 'screen')
       AND time >= toDateTime64({from:UInt32}, 3, 'UTC') AND time < toDateTime64({until:UInt32}, 3, 'UTC')
     GROUP BY event, at ORDER BY at, count DESC LIMIT ${namesPerHour} BY at`,
    { ws: workspace, from: Math.floor(start / 1000), until: Math.ceil(now / 1000) },
  )
  for (let at = 0; at < rows.length; at += rowsPerStatement)
    await saveEventHours(
      tx,
      workspace,
      rows.slice(at, at + rowsPerStatement).map((row) => ({ ...row, hour: row.at * 1000 })),
    )
  await forgetEventHours(tx, workspace, oldest)
  return Math.floor(now / hourMs) * hourMs - youngHours * hourMs
}

const rowsPerStatement = 10_000
