import type { Credentials, DatabasePlace } from '#modules/connectors/contract.ts'
import { openMysql } from '#modules/connectors/server/database/open-mysql.ts'
import { openPostgres } from '#modules/connectors/server/database/open-postgres.ts'
import { AppError } from '#platform/errors.ts'
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
  /**
   * In the order of the cursor column. More bytes than fit into memory at once end in `connection.answer_too_large`, and
   * the connection with them: the next one is asked for fewer rows.
   */
  read(pull: Pull): Promise<PulledRow[]>
  close(): Promise<void>
}

/** Opened again by itself after an answer that was too large. */
export async function openTables(
  outbound: Outbound,
  place: DatabasePlace,
  credentials: Credentials,
): Promise<Tables> {
  const connect = place.kind === 'postgres' ? openPostgres : openMysql
  let tables: Tables | undefined = await connect(outbound, place, credentials)
  return {
    read: async (pull) => {
      tables ??= await connect(outbound, place, credentials)
      try {
        return await tables.read(pull)
      } catch (error) {
        if (isTooLarge(error)) tables = undefined
        throw error
      }
    },
    close: async () => tables?.close(),
  }
}

/** Whether fewer rows might do. */
export const isTooLarge = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'connection.answer_too_large'
