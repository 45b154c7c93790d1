import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { compareEvents } from '#modules/collect/server/events-agree.ts'
import { readItems } from '#modules/collect/server/read-items.ts'
import { peopleAgree } from '#modules/profiles/server/people-agree.ts'
import { openClickHouse } from '#platform/ch/client.ts'
import { startEmbeddedClickHouse } from '#platform/ch/embedded/start.ts'
import { subscriptionsOf } from '#platform/jobs/subscriptions.ts'
import { createLog } from '#platform/log.ts'
import { type Database, openDatabase } from '#platform/pg/database.ts'
import { startEmbeddedPostgres } from '#platform/pg/embedded/start.ts'
import { inBothOrders } from '#test/both-orders.ts'
import type { Keys } from '#test/faults/instance.ts'
import type { Status } from '#test/faults/restartable-app.ts'

export type StoredState = {
  /** Message id → rows in ClickHouse. */
  rows: Map<string, number>
  /** Ids in the log, in any number of copies. */
  logged: Set<string>
  counter: {
    accepted: number
    projected: number
    stored: number
    duplicate: number
    conflict: number
    rejected: number
  }
  /** As Postgres decided, and the same rows in both orders. */
  eventsAgree: boolean
  peopleAgree: boolean
}

/** Opens both engines of a stopped instance and reads what is really there. */
export async function readStored(dataDir: string): Promise<StoredState> {
  const log = createLog('silent')
  const postgres = await startEmbeddedPostgres({ dir: join(dataDir, 'postgres'), log })
  const clickhouse = await startEmbeddedClickHouse({ dir: join(dataDir, 'clickhouse'), log })
  const database = openDatabase({
    url: postgres.url('headwater', 'postgres'),
    subscriptions: subscriptionsOf([]),
    onError: () => undefined,
  })
  const ch = openClickHouse(clickhouse)
  try {
    const rows = await ch.query<{ id: string; n: number }>(
      'SELECT message_id AS id, count() AS n FROM events GROUP BY id',
    )
    const events = await compareEvents({ database, ch })
    const orders = await inBothOrders(ch)
    return {
      rows: new Map(rows.map((row) => [row.id, row.n])),
      ...(await readLog(database)),
      eventsAgree:
        events.differing.length === 0 && events.spansAgree && isDeepStrictEqual(orders.first, orders.second),
      peopleAgree: await peopleAgree({ database, ch }),
    }
  } finally {
    await ch.close()
    await database.close()
    await clickhouse.stop()
    await postgres.stop()
  }
}

async function readLog(database: Database): Promise<Pick<StoredState, 'logged' | 'counter'>> {
  return database.system(async (tx) => {
    const logged = new Set<string>()
    const batches = await tx.rows<{ seq: number; workspace: number; payload: Buffer }>(
      sql`select seq, workspace_id as workspace, payload from collect.log_batch`,
    )
    for (const batch of batches)
      for (const one of await readItems(batch)) if (one.ok) logged.add(one.item.messageId)
    const counter = await tx.row<StoredState['counter']>(sql`select * from collect.counter`)
    return { logged, counter: counter as StoredState['counter'] }
  })
}

/**
 * Waits until everything accepted is projected; the server may be on its way back up. Gives up when nothing more is
 * projected for a minute: how long all of it takes is the machine's affair.
 */
export async function untilSettled(url: string, keys: Keys, withinMs = 60_000): Promise<Status> {
  let deadline = Date.now() + withinMs
  let projected = 0
  for (;;) {
    const status = await fetch(`${url}/api/status`, { headers: { authorization: `Bearer ${keys.apiKey}` } })
      .then((reply) => (reply.ok ? (reply.json() as Promise<Status>) : undefined))
      .catch(() => undefined)
    if (status && status.accepted === status.projected) return status
    if (status && status.projected > projected) {
      projected = status.projected
      deadline = Date.now() + withinMs
    }
    if (Date.now() > deadline) throw new Error(`not settled: ${JSON.stringify(status)}`)
    await sleep(100)
  }
}
