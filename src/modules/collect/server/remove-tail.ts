import type { ClickHouse } from '#platform/ch/client.ts'
import { deleteRows } from '#platform/ch/upkeep.ts'

/**
 * Removes events beyond the checkpoint: what a crash left between shipping and commit, or what a restored Postgres
 * no longer knows. Waits until they are gone from every replica.
 */
export async function removeTail(ch: ClickHouse, checkpoint: number): Promise<number> {
  const [row] = await ch.query<{ n: number }>('SELECT count() AS n FROM events WHERE seq > {seq:UInt64}', {
    seq: checkpoint,
  })
  if (row && row.n > 0) await deleteRows(ch, 'events', () => `seq > ${Math.trunc(checkpoint)}`)
  await removeStrays(ch)
  return row?.n ?? 0
}

/** Removes the events of a range of the log. */
export const removeRange = (ch: ClickHouse, from: number, to: number): Promise<void> =>
  deleteRows(ch, 'events', () => `seq >= ${Math.trunc(from)} AND seq <= ${Math.trunc(to)}`)

/**
 * Activity of units without any event: their numbers were given out in a transaction that never committed. They would
 * be nobody's place in lists by activity, and Postgres may give the same number to somebody else after a crash.
 */
async function removeStrays(ch: ClickHouse): Promise<void> {
  const stray = (local: (table: string) => string) =>
    `(ws, unit) NOT IN (SELECT ws, unit FROM ${local('events')})`
  const [row] = await ch.query<{ n: number }>(
    `SELECT count() AS n FROM unit_activity WHERE ${stray((table) => table)}`,
  )
  if (row && row.n > 0) await deleteRows(ch, 'unit_activity', stray) // sharded like the events
}
