import { setTimeout as sleep } from 'node:timers/promises'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { Placement } from '#platform/ch/ddl.ts'
import { AppError } from '#platform/errors.ts'

/** Where the rows of a table are: on a cluster under the Distributed table, on every shard. */
export const localName = (table: string, at: Placement): string => (at.cluster ? `${table}_local` : table)

/** Of a statement about tables of a cluster: carried out on all of its nodes. */
export const everywhere = (at: Placement): string => (at.cluster ? ` ON CLUSTER '${at.cluster}'` : '')

/** Empties a table on every shard and replica. */
export async function emptyTable(ch: ClickHouse, table: string): Promise<void> {
  const wait = ch.cluster ? ' SETTINGS alter_sync = 2' : ''
  await ch.command(`TRUNCATE TABLE ${ch.database}.${localName(table, ch)}${everywhere(ch)}${wait}`)
}

/**
 * Removes rows and waits until they are gone from every replica. The condition may ask another table that is sharded
 * alike: `local` says what it is called where the rows are.
 */
export async function deleteRows(
  ch: ClickHouse,
  table: string,
  condition: (local: (table: string) => string) => string,
): Promise<void> {
  const where = condition((name) => `${ch.database}.${localName(name, ch)}`)
  const statement = `ALTER TABLE ${ch.database}.${localName(table, ch)}${everywhere(ch)} DELETE WHERE ${where}`
  if (ch.cluster) {
    // Every replica asks its own copy, which has the same rows.
    await ch.command(`${statement} SETTINGS mutations_sync = 2, allow_nondeterministic_mutations = 1`)
    return
  }
  await ch.command(`${statement} SETTINGS mutations_sync = 0`)
  await untilDeleted(ch, table)
}

// A deletion rewrites whole parts, some 700,000 events a second on a quiet machine: longer than a statement may take.
const askEveryMs = [5, 10, 20, 50, 100, 250]

/** Waits until every deletion ordered so far is carried out; tells the engine's reason when it cannot. */
async function untilDeleted(ch: ClickHouse, table: string): Promise<void> {
  for (let at = 0; ; at++) {
    const [row] = await ch.query<{ open: number; reason: string }>(
      `SELECT count() AS open, max(latest_fail_reason) AS reason FROM system.mutations
       WHERE database = {database:String} AND table = {table:String} AND NOT is_done AND command LIKE '%DELETE WHERE%'`,
      { database: ch.database, table },
    )
    if (!row || row.open === 0) return
    if (row.reason !== '')
      throw new AppError(
        'analytics.unavailable',
        'busy',
        'The analytics engine cannot delete rows right now.',
        {
          retryAfter: 5,
          cause: new Error(row.reason),
        },
      )
    await sleep(askEveryMs[Math.min(at, askEveryMs.length - 1)])
  }
}

/** Loads a dictionary anew on every node. */
export async function reloadDictionary(ch: ClickHouse, name: string): Promise<void> {
  await ch.command(`SYSTEM RELOAD DICTIONARY${everywhere(ch)} ${ch.database}.${name}`)
}
