import { sql } from 'kysely'
import type { Export, ExportFilter, ExportFormat } from '#modules/exports/contract.ts'
import type { PeopleQuestion, SightLevel } from '#modules/profiles/index.ts'
import { type ActorName, actorKey, type Ctx, type DataScope, sayActor } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

export type ExportRow = {
  id: string
  title: string | null
  format: ExportFormat
  columns: string[] | null
  segment_id: string | null
  question: PeopleQuestion | null
  is_narrowed: boolean
  scope: DataScope
  sight: SightLevel
  language: Ctx['language']
  actor: string
  created_by: string
  created_by_kind: ActorName['kind']
  created_at: Date
  /** As text to the microsecond, for cursors. */
  place: string
  job_id: string | null
  row_count: number | null
  bytes: number | null
  finished_at: Date | null
  expires_at: Date | null
  removed_at: Date | null
  job_state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | null
  job_progress: number | null
  job_error: string | null
}

const columns = sql`e.id, e.title, e.format, e.columns, e.segment_id, e.question, e.is_narrowed, e.scope, e.sight, e.language, e.actor, e.created_by,
  e.created_by_kind, e.created_at, to_char(e.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place, e.job_id,
  e.row_count, e.bytes, e.finished_at, e.expires_at, e.removed_at,
  j.state as job_state, j.progress as job_progress, j.error->>'code' as job_error`
const source = sql`exports.export e left join platform.job j on j.id = e.job_id`

export type NewExport = Pick<
  ExportRow,
  'id' | 'title' | 'format' | 'columns' | 'segment_id' | 'question' | 'scope' | 'sight'
>

export async function insertExport(tx: Tx, given: NewExport, ctx: Ctx): Promise<void> {
  await tx.run(sql`
    insert into exports.export (id, workspace_id, title, format, columns, segment_id, question, is_narrowed, scope, sight, language, actor,
      created_by, created_by_kind, created_at)
    values (${given.id}, ${tx.workspace}, ${given.title}, ${given.format}, ${given.columns}::text[], ${given.segment_id},
      ${given.question === null ? null : JSON.stringify(given.question)}::jsonb, ${given.question !== null}, ${JSON.stringify(given.scope)}::jsonb, ${given.sight},
      ${ctx.language}, ${actorKey(ctx.actor)}, ${ctx.actor.name}, ${ctx.actor.kind}, ${new Date(ctx.now)})`)
}

export async function noteJob(tx: Tx, id: string, jobId: string): Promise<void> {
  await tx.run(sql`update exports.export set job_id = ${jobId} where id = ${id}`)
}

export const readExport = (tx: Tx, id: string): Promise<ExportRow | undefined> =>
  tx.row<ExportRow>(
    sql`select ${columns} from ${source} where e.workspace_id = ${tx.workspace} and e.id = ${id}`,
  )

export type Place = { at: string; id: string }

export type ExportQuestion = Omit<ExportFilter, 'by'> & {
  actor: string | undefined
  after: Place | undefined
  limit: number
}

/** As `stateOf`, for filtering. */
const state = sql`case when e.removed_at is not null then 'expired' when e.finished_at is not null then 'done'
  when j.state = 'waiting' then 'queued' when j.state in ('running', 'cancelled') then j.state else 'failed' end`

/** Newest first; `actor`: only what they asked for. */
export const readExports = (
  tx: Tx,
  { actor, after, limit, search, state: wanted }: ExportQuestion,
): Promise<ExportRow[]> =>
  tx.rows<ExportRow>(sql`
    select ${columns} from ${source} where e.workspace_id = ${tx.workspace}
      and (${actor ?? null}::text is null or e.actor = ${actor ?? null})
      ${search ? sql`and strpos(lower(e.title), lower(${search})) > 0` : sql``}
      ${wanted ? sql`and ${state} = ${wanted}` : sql``}
      and (${after?.at ?? null}::timestamptz is null or (e.created_at, e.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? ''}))
    order by e.created_at desc, e.id desc limit ${limit}`)

export type Written = { rows: number; bytes: number; at: number; expiresAt: number }

/** The question has done its work: what it asks for may be personal, and nobody needs it any more. */
export async function finishExport(tx: Tx, id: string, written: Written): Promise<void> {
  await tx.run(sql`
    update exports.export set row_count = ${written.rows}, bytes = ${written.bytes}, finished_at = ${new Date(written.at)},
      expires_at = ${new Date(written.expiresAt)}, question = null where id = ${id}`)
}

export async function markRemoved(tx: Tx, id: string, at: number): Promise<void> {
  await tx.run(sql`update exports.export set removed_at = ${new Date(at)}, question = null where id = ${id}`)
}

/** Exports of the workspace whose file, or the question behind it, may still be there. */
export const readKept = (tx: Tx): Promise<ExportRow[]> =>
  tx.rows<ExportRow>(sql`
    select ${columns} from ${source} where e.workspace_id = ${tx.workspace} and e.removed_at is null`)

/** Who asked, as one text: members and keys by their ids. */
export function presentExport(row: ExportRow, language: Ctx['language']): Export {
  return {
    id: row.id,
    title: row.title,
    of: row.segment_id !== null ? 'segment' : row.is_narrowed ? 'list' : 'everybody',
    format: row.format,
    unmasked: row.sight === 'full',
    state: stateOf(row),
    progress: row.finished_at ? 1 : (row.job_progress ?? 0),
    rows: row.row_count,
    bytes: row.bytes,
    error: row.finished_at ? null : row.job_error,
    jobId: row.job_id,
    createdBy: sayActor({ kind: row.created_by_kind, name: row.created_by }, language),
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
  }
}

/** The file is there or not; until then the job tells. */
export function stateOf(row: ExportRow): Export['state'] {
  if (row.removed_at) return 'expired'
  if (row.finished_at) return 'done'
  if (row.job_state === 'waiting') return 'queued'
  if (row.job_state === 'running' || row.job_state === 'cancelled') return row.job_state
  return 'failed'
}
