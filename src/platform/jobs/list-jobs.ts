import { sql } from 'kysely'
import type { Tx } from '#platform/pg/database.ts'

export type ListedJob = {
  id: string
  kind: string
  title: string | null
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  cancel_requested: boolean
  progress: number
  note: string | null
  member_id: string | null
  error: { code: string; message?: string } | null
  created_at: Date
  /** In microseconds, as the order has it. */
  place: string
  started_at: Date | null
  finished_at: Date | null
}

const columns = sql`id, kind, title, state, cancel_requested, progress, note, member_id, error, created_at,
  to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place, started_at, finished_at`
// Deliveries of the outbox are no work anybody started, and one that does not arrive breaks what follows from it.
const isWork = sql`workspace_id = platform.current_workspace() and kind not like 'on:%'`

export type JobsFilter = {
  /** Only those this member started. */
  startedBy: string | undefined
  state: string | undefined
  after: { at: string; id: string } | undefined
  limit: number
}

export const listJobRows = (tx: Tx, { startedBy, state, after, limit }: JobsFilter) =>
  tx.rows<ListedJob>(sql`
    select ${columns} from platform.job where ${isWork}
      ${startedBy === undefined ? sql`` : sql`and member_id = ${startedBy}`}
      ${state === undefined ? sql`` : sql`and state = ${state}`}
      ${after === undefined ? sql`` : sql`and (created_at, id) < (${after.at}::timestamptz, ${after.id}::text)`}
    order by created_at desc, id desc limit ${limit}`)

export const readJobRow = (tx: Tx, id: string) =>
  tx.row<ListedJob>(sql`select ${columns} from platform.job where ${isWork} and id = ${id}`)
