import type { ClickHouse } from '#platform/ch/client.ts'
import type { Placement } from '#platform/ch/ddl.ts'

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
  // Every replica asks its own copy, which has the same rows.
  const settings = ch.cluster
    ? 'mutations_sync = 2, allow_nondeterministic_mutations = 1'
    : 'mutations_sync = 2'
  await ch.command(
    `ALTER TABLE ${ch.database}.${localName(table, ch)}${everywhere(ch)} DELETE WHERE ${where} SETTINGS ${settings}`,
  )
}

/** Loads a dictionary anew on every node. */
export async function reloadDictionary(ch: ClickHouse, name: string): Promise<void> {
  await ch.command(`SYSTEM RELOAD DICTIONARY${everywhere(ch)} ${ch.database}.${name}`)
}
