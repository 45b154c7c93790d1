import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { errorFile } from '#modules/imports/server/error-file.ts'
import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import { type ImportRow, readImport } from '#modules/imports/server/import-store.ts'
import { folderOf, putAway, writeFault } from '#modules/imports/server/sources/folder.ts'
import { closeItem, type ItemRow } from '#modules/imports/server/sources/item-store.ts'
import { type SourceRow, saveCursor } from '#modules/imports/server/sources/source-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

type Deps = Pick<ImportDeps, 'database' | 'inbox' | 'profiles' | 'audit'>

/** After its import: a file goes out of the way, rows move the cursor on. Answers whether it came in. */
export async function settleItem(
  deps: Deps,
  ctx: WorkspaceCtx,
  source: Pick<SourceRow, 'id' | 'place'>,
  item: ItemRow,
): Promise<boolean> {
  const { import_id: id } = item
  const row = id === null ? undefined : await deps.database.read(ctx, (tx) => readImport(tx, id))
  const isIn = row?.state === 'done'
  if (source.place.kind === 'folder') await putFileAway(deps, ctx, item, row)
  await deps.database.write(ctx, async (tx) => {
    if (isIn && item.cursor) await saveCursor(tx, source.id, item.cursor)
    await closeItem(tx, source.id, item)
  })
  return isIn
}

/** Rows that failed, or why the whole file did, stand beside it. */
async function putFileAway(
  deps: Deps,
  ctx: WorkspaceCtx,
  item: ItemRow,
  row: ImportRow | undefined,
): Promise<void> {
  const folder = folderOf(deps.inbox, ctx.workspace.id)
  const path = await putAway(folder, item, row?.state === 'done' ? 'done' : 'failed')
  if (path === undefined) return
  if (row && row.failed > 0)
    await pipeline(await errorFile(deps, ctx, row.id), createWriteStream(`${path}.errors.csv`))
  const fault = item.error ?? row?.error
  if (fault) await writeFault(path, fault)
}
