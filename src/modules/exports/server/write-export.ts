import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { chooseColumns, needsLastSeen } from '#modules/exports/server/choose-columns.ts'
import { draftPath, makeFolder, publishDraft, removeFiles } from '#modules/exports/server/export-files.ts'
import {
  type ExportRow,
  finishExport,
  markRemoved,
  readExport,
} from '#modules/exports/server/export-store.ts'
import type { ExportsDeps } from '#modules/exports/server/exports-deps.ts'
import type { PeopleQuestion } from '#modules/profiles/index.ts'
import { breathe } from '#platform/breathe.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import type { JobKind, JobRun } from '#platform/jobs/worker.ts'
import type { Cell } from '#platform/sheets/cell.ts'
import { csvRows } from '#platform/sheets/csv-rows.ts'
import { xlsxBook } from '#platform/sheets/xlsx-book.ts'

export const exportKind = 'exports:write'
const expiryKind = 'exports:expire'

// Long enough to be fetched after a holiday weekend, short enough that files of people do not pile up.
const keptMs = 7 * 86_400_000
// 2,000 people with forty attributes are some 2 MB of rows: parsed in 20 ms, while requests wait.
const peoplePerPage = 2000
// Lines are made some at a time, for the same reason.
const peoplePerSlice = 200

/** Writes the file of an export. What a crash left half written is written anew from the start. */
export function writeJob(deps: ExportsDeps): JobKind {
  return {
    kind: exportKind,
    maxAttempts: 3,
    run: async (job) => {
      const row = await deps.database.read(job.ctx, (tx) => readExport(tx, String(job.payload.exportId)))
      // Withdrawn while it was written, by who died before removing it.
      if (row?.removed_at) await removeFiles(deps.folder, row)
      if (!row || row.finished_at || row.removed_at) return undefined
      try {
        return await write(deps, job, row)
      } catch (error) {
        await removeFiles(deps.folder, row)
        throw error
      }
    },
  }
}

/** Removes a file whose time is over. */
export function expiryJob(deps: ExportsDeps): JobKind {
  return {
    kind: expiryKind,
    run: async ({ ctx, payload }) => {
      const row = await deps.database.read(ctx, (tx) => readExport(tx, String(payload.exportId)))
      if (row) await removeExport(deps, ctx, row)
    },
  }
}

/** First the file, so that a crash in between is repeated and not forgotten. */
export async function removeExport(deps: ExportsDeps, ctx: WorkspaceCtx, row: ExportRow): Promise<void> {
  await removeFiles(deps.folder, row)
  await deps.database.write(ctx, (tx) => markRemoved(tx, row.id, ctx.now))
}

async function write(deps: ExportsDeps, job: JobRun, row: ExportRow): Promise<{ rows: number }> {
  // Not the program's rights: those of whoever asked.
  const ctx: WorkspaceCtx = { ...job.ctx, scope: row.scope, sight: row.sight, language: row.language }
  makeFolder(deps.folder)
  const question = questionOf(row)
  const { forExport } = deps.profiles
  const columns = chooseColumns(row.columns ?? undefined, await forExport.available(ctx, question))
  const persons = await forExport.persons(ctx, question)
  const header = columns.map((column) => column.title)
  const withLastSeen = needsLastSeen(columns)
  const read = (at: number) => {
    const page = forExport.read(ctx, persons.slice(at, at + peoplePerPage), withLastSeen)
    page.catch(() => undefined) // told when it is waited for, if it ever is
    return page
  }
  async function* pages(): AsyncGenerator<Cell[][]> {
    let next = read(0)
    for (let at = 0; at < persons.length; at += peoplePerPage) {
      await job.progress(at / persons.length)
      const page = await next
      next = read(at + peoplePerPage) // the engine reads while these are written
      rows += page.length
      for (let from = 0; from < page.length; from += peoplePerSlice) {
        await breathe()
        const slice = page.slice(from, from + peoplePerSlice)
        yield slice.map((person) => columns.map((column) => column.read(person)))
      }
    }
  }
  let rows = 0
  const bytesOf =
    row.format === 'csv'
      ? csvRows(header, pages())
      : xlsxBook(row.title ?? sheetName[row.language], header, pages())
  await pipeline(Readable.from(bytesOf), createWriteStream(draftPath(deps.folder, row), { mode: 0o600 }), {
    signal: job.signal,
  })
  const bytes = await publishDraft(deps.folder, row)
  await finish(deps, ctx, row, { rows, bytes })
  return { rows }
}

const sheetName = { en: 'People', zh: '客户' }

async function finish(
  deps: ExportsDeps,
  ctx: WorkspaceCtx,
  row: ExportRow,
  written: { rows: number; bytes: number },
): Promise<void> {
  const expiresAt = ctx.now + keptMs
  await deps.database.write(ctx, async (tx) => {
    const now = await readExport(tx, row.id)
    // Somebody was erased meanwhile: what was read may still name them.
    if (now?.removed_at) throw new AppError('export.expired', 'invalid', 'The export was withdrawn.')
    await finishExport(tx, row.id, { ...written, at: ctx.now, expiresAt })
    await enqueue(tx, { kind: expiryKind, payload: { exportId: row.id }, runAt: new Date(expiresAt) })
  })
}

const questionOf = ({ segment_id, question }: ExportRow): PeopleQuestion =>
  segment_id !== null ? { rule: { all: [{ segment: segment_id }] } } : (question ?? {})
