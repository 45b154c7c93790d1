import type { Tx } from '#platform/pg/database.ts'

/**
 * Extension point: a module that reads from connections says by what, so that none is removed under it.
 * Example: sources of imports.
 */
export type ConnectionUse = {
  name: string
  /** Names of what uses the connection. */
  usersOf(tx: Tx, connection: string): Promise<string[]>
}
