import type { Clock } from '#platform/clock.ts'
import type { Database, Tx } from '#platform/pg/database.ts'

export type NoticeDeps = {
  database: Database
  clock: Clock
  /** Ids of active members whose role has a permission. */
  membersWith(tx: Tx, workspace: number, permission: string): Promise<string[]>
}
