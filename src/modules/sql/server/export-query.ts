import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyReply } from 'fastify'
import type { z } from 'zod'
import { type routes, sqlLimits } from '#modules/sql/contract.ts'
import { askAndNote } from '#modules/sql/server/run-query.ts'
import type { SqlDeps } from '#modules/sql/server/sql-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Cell } from '#platform/sheets/cell.ts'
import { csvRows } from '#platform/sheets/csv-rows.ts'
import { xlsxBook } from '#platform/sheets/xlsx-book.ts'

const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** The whole result as a file, or a problem: never a file that leaves rows out. */
export async function exportQuery(
  deps: SqlDeps,
  ctx: WorkspaceCtx,
  { format, ...given }: z.output<typeof routes.export.body>,
  reply: FastifyReply,
): Promise<void> {
  if (!ctx.permissions.has('export:read'))
    throw new AppError('access.denied', 'denied', 'Taking a result out as a file needs the right to.', {
      details: { permission: 'export:read' },
    })
  const { table } = await askAndNote(deps, ctx, given, sqlLimits.exported + 1, true)
  if (table.rows.length > sqlLimits.exported)
    throw new AppError(
      'sql.too_many_rows',
      'invalid',
      `A file has ${sqlLimits.exported} rows at most: narrow the query.`,
    )
  const header = table.columns.map(({ name }) => name)
  const pages = paged(table.rows)
  const content = format === 'csv' ? csvRows(header, pages) : xlsxBook('Query', header, pages)
  reply.hijack()
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': mediaTypes[format],
    'content-disposition': `attachment; filename="query-${new Date(ctx.now).toISOString().slice(0, 10)}.${format}"`,
    'cache-control': 'no-store',
  })
  await pipeline(Readable.from(content), reply.raw)
}

async function* paged(rows: readonly unknown[][]): AsyncGenerator<Cell[][]> {
  for (let from = 0; from < rows.length; from += 1000)
    yield rows.slice(from, from + 1000).map((row) => row.map(cellOf))
}

const cellOf = (value: unknown): Cell =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as Cell)
