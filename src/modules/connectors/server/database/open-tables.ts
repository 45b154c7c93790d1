import type { Credentials, DatabasePlace } from '#modules/connectors/contract.ts'
import { openMysql } from '#modules/connectors/server/database/open-mysql.ts'
import { openPostgres } from '#modules/connectors/server/database/open-postgres.ts'
import type { Outbound } from '#platform/outbound/create-outbound.ts'

/** What is asked of a database: rows of one SELECT from a value of its cursor column on. */
export type Pull = {
  /** One SELECT. It stands inside of ours, in a transaction that only reads. */
  sql: string
  /** Column of its result. */
  cursor: string | undefined
  /** Rows with this value and above; null for all that have one. */
  from: Cursor | null
  limit: number
}
export type Cursor = { value: string; type: 'number' | 'text' }
export type PulledRow = { values: Record<string, unknown>; cursor: Cursor | null }

/** A connection that reads. */
export type Tables = {
  /** In the order of the cursor column. */
  read(pull: Pull): Promise<PulledRow[]>
  close(): Promise<void>
}

export const openTables = (
  outbound: Outbound,
  place: DatabasePlace,
  credentials: Credentials,
): Promise<Tables> =>
  place.kind === 'postgres'
    ? openPostgres(outbound, place, credentials)
    : openMysql(outbound, place, credentials)
