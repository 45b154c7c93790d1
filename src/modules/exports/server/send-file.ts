import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { ExportFormat } from '#modules/exports/contract.ts'
import { exportPath } from '#modules/exports/server/export-files.ts'
import { type ExportRow, stateOf } from '#modules/exports/server/export-store.ts'
import type { ExportsDeps } from '#modules/exports/server/exports-deps.ts'
import { requireExport } from '#modules/exports/server/list-exports.ts'
import { mayNotUnmask } from '#modules/exports/server/start-export.ts'
import { sightOf } from '#modules/profiles/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

const mediaTypes: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Answers the file, and notes who took it. */
export async function sendFile(
  deps: ExportsDeps,
  ctx: WorkspaceCtx,
  id: string,
  reply: FastifyReply,
): Promise<void> {
  const row = await deps.database.read(ctx, (tx) => requireExport(tx, ctx, id))
  if (row.sight === 'full' && sightOf(ctx) === 'blind') throw mayNotUnmask()
  refuseUnready(row, ctx.now)
  const size = await sizeOf(exportPath(deps.folder, row))
  await deps.database.write(ctx, (tx) =>
    deps.audit(tx, ctx, {
      action: 'export.downloaded',
      subject: id,
      details: { rows: row.row_count, unmasked: row.sight === 'full' },
    }),
  )
  reply.hijack()
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': mediaTypes[row.format],
    'content-length': size,
    'content-disposition': disposition(row),
    'cache-control': 'no-store',
  })
  pipeline(
    createReadStream(exportPath(deps.folder, row)),
    reply.raw,
    (error) => error && deps.log.info({ err: error, export: id }, 'a download was not finished'),
  )
}

function refuseUnready(row: ExportRow, now: number): void {
  const state = stateOf(row)
  if (state === 'expired' || (row.expires_at && row.expires_at.getTime() <= now)) throw expired()
  if (state !== 'done')
    throw new AppError('export.not_ready', 'conflict', 'This file is not written yet.', {
      details: { state },
    })
}

const expired = () => new AppError('export.expired', 'missing', 'This file was removed; export again.')

async function sizeOf(path: string): Promise<number> {
  try {
    const handle = await open(path, 'r')
    const { size } = await handle.stat().finally(() => handle.close())
    return size
  } catch (error) {
    // Restored from a backup, which has no files.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw expired()
    throw error
  }
}

/** RFC 6266: the plain name for old programs, the whole one in UTF-8. */
function disposition(row: ExportRow): string {
  const day = row.created_at.toISOString().slice(0, 10)
  const title = (row.title ?? 'people').replace(/[\p{Cc}"*/:<>?\\|]/gu, ' ').trim()
  const utf8 = encodeURIComponent(`${title} ${day}.${row.format}`).replace(/['()*]/g, percent)
  return `attachment; filename="people-${day}.${row.format}"; filename*=UTF-8''${utf8}`
}

const percent = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
