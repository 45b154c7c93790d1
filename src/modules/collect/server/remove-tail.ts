import type { ClickHouse } from '#platform/ch/client.ts'

/**
 * Removes events beyond the checkpoint: what a crash left between shipping and commit, or what a restored Postgres
 * no longer knows. Waits until they are gone from every replica.
 */
export async function removeTail(ch: ClickHouse, checkpoint: number): Promise<number> {
  const [row] = await ch.query<{ n: number }>('SELECT count() AS n FROM events WHERE seq > {seq:UInt64}', {
    seq: checkpoint,
  })
  if (!row || row.n === 0) return 0
  await ch.command(
    `ALTER TABLE events DELETE WHERE seq > ${Math.trunc(checkpoint)} SETTINGS mutations_sync = 2`,
  )
  return row.n
}
