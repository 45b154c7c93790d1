import { sql } from 'kysely'
import type { Import, ImportFilter, ImportSpec, ImportState, ReasonGroup } from '#modules/imports/contract.ts'
import type { Survey } from '#modules/imports/server/mapping/survey.ts'
import type { Layout } from '#modules/imports/server/reading/open-table.ts'
import { type Actor, actorKey, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

export type Counts = { created: number; updated: number; skipped: number; failed: number }
export type ImportError = { code: string; message: string; details?: Record<string, string | number> }

export type ImportRow = Counts & {
  id: string
  upload_id: string | null
  name: string
  spec: ImportSpec
  layout: Layout
  state: ImportState
  survey: Survey | null
  total: number | null
  reasons: ReasonGroup[]
  decided: number
  sent: number
  reached: number
  removed: number
  error: ImportError | null
  job_id: string | null
  created_by: string
  actor: string
  made_by: string
  /** Whoever sees personal data masked, in full, so that the job can count what the file asks for. */
  asker: Actor | null
  together: boolean
  created_at: Date
  finished_at: Date | null
}
export type Position = { time: string; id: string }

const columns = sql`id, upload_id, name, spec, layout, state, survey, total, created, updated, skipped, failed, reasons,
  decided, sent, reached, removed, error, job_id, created_by, actor, made_by, asker, together, created_at,
  finished_at`

export type ImportQuestion = Omit<ImportFilter, 'by'> & {
  limit: number
  after: Position | undefined
  actor: string | undefined
}

/** Newest first, after a position; of one actor when one is given. */
export const readImportRows = (
  tx: Tx,
  { limit, after, actor, search, kind, state }: ImportQuestion,
): Promise<ImportRow[]> =>
  tx.rows<ImportRow>(sql`
    select ${columns} from imports.import where workspace_id = ${tx.workspace}
      ${actor === undefined ? sql`` : sql`and actor = ${actor}`}
      ${search ? sql`and strpos(lower(name), lower(${search})) > 0` : sql``}
      ${kind ? sql`and spec->>'kind' = ${kind}` : sql``} ${state ? sql`and state = ${state}` : sql``}
      and (${after === undefined} or (created_at, id) < (${after?.time ?? null}::timestamptz, ${after?.id ?? null}))
    order by created_at desc, id desc limit ${limit}`)

export async function readImport(tx: Tx, id: string, lock = false): Promise<ImportRow> {
  const row = await tx.row<ImportRow>(sql`
    select ${columns} from imports.import where workspace_id = ${tx.workspace} and id = ${id}
    ${lock ? sql`for update` : sql``}`)
  if (!row) throw new AppError('import.missing', 'missing', 'There is no such import.')
  return row
}

/** For a caller: one's own, or anybody's for who sees everybody; `import.missing` otherwise. */
export async function requireImport(tx: Tx, ctx: WorkspaceCtx, id: string, lock = false): Promise<ImportRow> {
  const row = await readImport(tx, id, lock)
  if (ctx.scope.all || row.actor === actorKey(ctx.actor)) return row
  throw new AppError('import.missing', 'missing', 'There is no such import.')
}

/** What an import gives to whom it names; undefined when that is nothing. */
export async function readTagging(tx: Tx, id: string): Promise<{ name: string; tags: string[] } | undefined> {
  const row = await tx.row<{ name: string; tags: string[] }>(sql`
    select name, spec->'tags' as tags from imports.import where workspace_id = ${tx.workspace} and id = ${id}`)
  return row && row.tags.length > 0 ? row : undefined
}

export type NewImport = Pick<
  ImportRow,
  'id' | 'upload_id' | 'name' | 'spec' | 'layout' | 'created_by' | 'actor' | 'made_by'
> & { asker?: Actor | null; now: number }

export const insertImport = (tx: Tx, given: NewImport) =>
  tx.run(sql`
    insert into imports.import (id, workspace_id, upload_id, name, spec, layout, state, created_by, actor, made_by, asker,
      created_at)
    values (${given.id}, ${tx.workspace}, ${given.upload_id}, ${given.name}, ${JSON.stringify(given.spec)}::jsonb,
      ${JSON.stringify(given.layout)}::jsonb, 'queued', ${given.created_by}, ${given.actor}, ${given.made_by},
      ${given.asker ? JSON.stringify(given.asker) : null}::jsonb, ${new Date(given.now)})`)

/** More values than are told one by one. */
export const saveTogether = (tx: Tx, id: string) =>
  tx.run(sql`update imports.import set together = true where workspace_id = ${tx.workspace} and id = ${id}`)

export const setJob = (tx: Tx, id: string, job: string) =>
  tx.run(sql`update imports.import set job_id = ${job} where workspace_id = ${tx.workspace} and id = ${id}`)

/** Moves on from one of the given states; answers whether it was in one. */
export async function moveState(
  tx: Tx,
  id: string,
  from: readonly ImportState[],
  to: ImportState,
  ending: { now?: number; error?: ImportError } = {},
): Promise<boolean> {
  const touched = await tx.run(sql`
    update imports.import set state = ${to},
      finished_at = ${ending.now === undefined ? null : new Date(ending.now)}::timestamptz,
      error = ${ending.error ? JSON.stringify(ending.error) : null}::jsonb
    where workspace_id = ${tx.workspace} and id = ${id} and state = any(${from}::text[])`)
  return touched > 0
}

export const saveSurvey = (tx: Tx, id: string, survey: Survey) =>
  tx.run(sql`update imports.import set survey = ${JSON.stringify(survey)}::jsonb, total = ${survey.rows}
    where workspace_id = ${tx.workspace} and id = ${id}`)

export type Progress = Counts & { reasons: readonly ReasonGroup[]; decided: number; sent: number }

/** What a chunk brought; part of the transaction that writes its journal. */
export const saveProgress = (tx: Tx, id: string, at: Progress) =>
  tx.run(sql`
    update imports.import set created = ${at.created}, updated = ${at.updated}, skipped = ${at.skipped},
      failed = ${at.failed}, reasons = ${plainJson(at.reasons)}::jsonb, decided = ${at.decided}, sent = ${at.sent}
    where workspace_id = ${tx.workspace} and id = ${id}`)

export const saveSent = (tx: Tx, id: string, sent: number) =>
  tx.run(sql`update imports.import set sent = ${sent} where workspace_id = ${tx.workspace} and id = ${id}`)

export const saveReached = (tx: Tx, id: string, reached: number) =>
  tx.run(
    sql`update imports.import set reached = ${reached} where workspace_id = ${tx.workspace} and id = ${id}`,
  )

export const saveRemoved = (tx: Tx, id: string, removed: number) =>
  tx.run(
    sql`update imports.import set removed = ${removed} where workspace_id = ${tx.workspace} and id = ${id}`,
  )

/** jsonb has no NUL and no half characters; both are shown as U+FFFD. */
export const plainJson = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    typeof part === 'string' && (part.includes('\u0000') || !part.isWellFormed())
      ? part.replaceAll('\u0000', '\uFFFD').toWellFormed()
      : part,
  )

export const presentImport = (row: ImportRow, now: number): Import => {
  const handled = row.created + row.updated + row.skipped + row.failed
  const ended = row.state !== 'queued' && row.state !== 'running'
  return {
    ...{ id: row.id, name: row.name, kind: row.spec.kind, dry_run: row.spec.dry_run, state: row.state },
    ...{
      rows: row.total,
      created: row.created,
      updated: row.updated,
      skipped: row.skipped,
      failed: row.failed,
    },
    ...{
      repaired: row.survey?.repaired ?? 0,
      removed: row.removed,
      reasons: row.reasons,
      error: row.error,
      upload: row.upload_id,
    },
    ...{ spec: row.spec, job: row.job_id, by: row.created_by },
    rounded: false,
    progress: ended ? 1 : row.total === null ? 0 : Math.min(0.99, handled / Math.max(1, row.total)),
    undoable: canUndo(row, now),
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}

/** Journals and failed rows hold what people's values were; longer than this nobody takes an import back. */
const keptDays = 30

/** Forgets details of imports that ended long ago; the imports with their counts stay. */
export async function sweepDetails(tx: Tx, now: number): Promise<void> {
  const ended = sql`import_id in (select id from imports.import where workspace_id = ${tx.workspace}
    and finished_at < ${new Date(now - keptDays * 86_400_000)})`
  await tx.run(sql`delete from imports.journal where workspace_id = ${tx.workspace} and ${ended}`)
  await tx.run(sql`delete from imports.failed_row where workspace_id = ${tx.workspace} and ${ended}`)
}

export const canUndo = (row: ImportRow, now: number): boolean =>
  !row.spec.dry_run &&
  (row.state === 'done' || row.state === 'cancelled' || row.state === 'failed') &&
  row.decided > 0 &&
  (row.finished_at?.getTime() ?? now) > now - keptDays * 86_400_000

/** When the first of those began that still read their file, or take back what was in it. Those whose job is lost don't. */
export async function firstUnderWay(tx: Tx): Promise<number | undefined> {
  const row = await tx.row<{ at: Date | null }>(sql`
    select min(i.created_at) as at from imports.import i join platform.job j on j.id = i.job_id
    where i.workspace_id = ${tx.workspace} and i.state in ('queued', 'running', 'undoing')
      and j.state in ('waiting', 'running')`)
  return row?.at?.getTime()
}
