import { sql } from 'kysely'
import type { Tx } from '#platform/pg/database.ts'

/**
 * Changes to members, roles and departments of one workspace go one after another, so that two of them cannot together
 * take away the last owner or close a circle of managers.
 */
export const lockStructure = (tx: Tx, workspace: number) =>
  tx.run(sql`select pg_advisory_xact_lock(hashtext('access.structure'), ${workspace}::int)`)
