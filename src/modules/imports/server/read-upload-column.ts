import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import { openTable } from '#modules/imports/server/reading/open-table.ts'
import { fetchUpload, readUpload } from '#modules/imports/server/upload-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

type Deps = Pick<ImportDeps, 'database'>
export type ColumnCell = { row: number; value: string }

/** Name of a kept file that has this column. */
export function uploadName(deps: Deps, ctx: WorkspaceCtx, upload: string, column: string): Promise<string> {
  return deps.database.read(ctx, async (tx) => (await requireColumn(tx, ctx, upload, column)).name)
}

/** The cells of one column of a kept file, in any format an import reads; faulty rows have an empty one. */
export async function* readUploadColumn(
  deps: Deps,
  ctx: WorkspaceCtx,
  upload: string,
  column: string,
): AsyncGenerator<ColumnCell> {
  const { layout } = await deps.database.read(ctx, (tx) => requireColumn(tx, ctx, upload, column))
  const folder = await mkdtemp(join(tmpdir(), 'headwater-import-'))
  const path = join(folder, 'file')
  try {
    await fetchUpload(deps, ctx, upload, path)
    const table = await openTable(path, layout)
    try {
      const at = table.columns.indexOf(column)
      for await (const { number, cells, fault } of table.rows)
        yield { row: number, value: fault ? '' : textOf(cells[at]) }
    } finally {
      table.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const textOf = (cell: unknown): string => (cell === null || cell === undefined ? '' : String(cell))

async function requireColumn(tx: Tx, ctx: WorkspaceCtx, id: string, column: string) {
  const upload = await readUpload(tx, ctx, id)
  if (upload.columns.includes(column)) return upload
  throw new AppError('import.unknown_column', 'invalid', 'The file has no such column.', {
    details: { path: '/body/file/column', column },
  })
}
