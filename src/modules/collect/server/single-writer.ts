import type pg from 'pg'
import { AppError } from '#platform/errors.ts'
import type { Database } from '#platform/pg/database.ts'

export type SingleWriter = {
  /** True when the lock was taken just now: somebody else may have written before. Throws `busy` when they still do. */
  claim(): Promise<boolean>
  release(): Promise<void>
}

const lock = 7_340_002

/**
 * The projector holds identity in memory, so one process of an instance writes at a time. A session-level lock in
 * Postgres says which; it falls with the connection, and a process that waits takes over.
 */
export function createSingleWriter(database: Database): SingleWriter {
  let held: pg.PoolClient | undefined

  async function claim(): Promise<boolean> {
    if (held) return false
    const client = await database.systemClient()
    const rows = await tryLock(client)
    if (!rows[0]?.taken) {
      client.release()
      throw new AppError(
        'projector.elsewhere',
        'busy',
        'Another process writes for this instance; this one takes over when it ends.',
        { retryAfter: 2 },
      )
    }
    const lose = (error: Error | true) => {
      if (held !== client) return
      held = undefined
      // Or the pool counts it as in use for ever: its end would wait for it, and ten losses would use it up.
      client.release(error)
    }
    client.once('error', lose)
    client.once('end', () => lose(true))
    held = client
    return true
  }

  return {
    claim,
    release: async () => {
      const client = held
      held = undefined
      if (!client) return
      // Closing the connection would free it too, but only when the server notices.
      const lost = await client.query('select pg_advisory_unlock($1)', [lock]).then(
        () => undefined,
        (error: Error) => error, // then the lock fell with the connection
      )
      client.release(lost)
    },
  }
}

async function tryLock(client: pg.PoolClient): Promise<{ taken: boolean }[]> {
  try {
    return (await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [lock])).rows
  } catch (error) {
    client.release(true)
    throw error
  }
}
