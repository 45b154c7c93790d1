import type { ClickHouse } from '#platform/ch/client.ts'

/**
 * Removes events beyond the checkpoint: what a crash left between shipping and commit, or what a restored Postgres
 * no longer knows. Waits until they are gone from every replica.
 */
export async function removeTail(ch: ClickHouse, checkpoint: number): Promise<number> {
  const [row] = await ch.query<{ n: number }>('SELECT count() AS n FROM events WHERE seq > {seq:UInt64}', {
    seq: checkpoint,
  })
  if (row && row.n > 0)
    await ch.command(
      `ALTER TABLE events DELETE WHERE seq > ${Math.trunc(checkpoint)} SETTINGS mutations_sync = 2`,
    )
  await removeStrays(ch)
  return row?.n ?? 0
}

/**
 * Activity of units without any event: their numbers were given out in a transaction that never committed. They would
 * be nobody's place in lists by activity, and Postgres may give the same number to somebody else after a crash.
 */
async function removeStrays(ch: ClickHouse): Promise<void> {
  const stray = '(ws, unit) NOT IN (SELECT ws, unit FROM events)'
  const [row] = await ch.query<{ n: number }>(`SELECT count() AS n FROM unit_activity WHERE ${stray}`)
  if (row && row.n > 0)
    await ch.command(`ALTER TABLE unit_activity DELETE WHERE ${stray} SETTINGS mutations_sync = 2`)
}
