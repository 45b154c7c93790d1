import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import {
  copyFile,
  filesIn,
  folderOf,
  makeFolders,
  putAway,
  sweepFolder,
} from '#modules/imports/server/sources/folder.ts'
import type { Found } from '#modules/imports/server/sources/found.ts'
import { knownMarks } from '#modules/imports/server/sources/item-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

type Deps = Pick<ImportDeps, 'database' | 'inbox' | 'stillMs'>

/** Files of the workspace's folder; one whose content was brought in before is put away and not offered. */
export async function* findFiles(
  deps: Deps,
  ctx: WorkspaceCtx,
  source: { id: string; glob: string },
): AsyncGenerator<Found> {
  const folder = folderOf(deps.inbox, ctx.workspace.id)
  await makeFolders(folder)
  await sweepFolder(folder, false)
  for (const name of await filesIn(folder, source.glob, deps.stillMs))
    yield {
      name,
      shown: name,
      take: async (path) => {
        const mark = await copyFile(folder, name, path)
        if (mark === undefined) return undefined
        const known = await deps.database.read(ctx, (tx) => knownMarks(tx, source.id, [mark]))
        if (!known.has(mark)) return { mark, cursor: null }
        await putAway(folder, { name, mark }, 'done')
        return undefined
      },
    }
}
