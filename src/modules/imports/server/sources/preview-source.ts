import type { Preview } from '#modules/imports/contract.ts'
import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import { previewFile } from '#modules/imports/server/preview-file.ts'
import { findAll } from '#modules/imports/server/sources/find-all.ts'
import { previewRows } from '#modules/imports/server/sources/pull-rows.ts'
import { withFile } from '#modules/imports/server/upload-store.ts'
import type { SourcePlace } from '#modules/imports/source-contract.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

/** The first of what a source would bring, looked at as a file somebody sends. Nothing is remembered as taken. */
export function previewSource(deps: ImportDeps, ctx: WorkspaceCtx, place: SourcePlace): Promise<Preview> {
  return withFile(async (path) => {
    const name = await fetchFirst(deps, ctx, place, path)
    return previewFile(deps, ctx, path, { name })
  })
}

async function fetchFirst(
  deps: ImportDeps,
  ctx: WorkspaceCtx,
  place: SourcePlace,
  path: string,
): Promise<string> {
  if (place.kind === 'database') {
    const tables = await deps.connectors.openTables(ctx, place.connection)
    try {
      if (await previewRows(tables, place, path)) return 'rows.ndjson'
    } finally {
      await tables.close()
    }
  } else {
    const unknown = { id: '', name: '', place, cursor: null }
    const signal = ctx.signal ?? new AbortController().signal
    for await (const found of findAll(deps, ctx, unknown, signal)) {
      const taken = await found.take(path)
      if (taken && !taken.fault) return found.shown
    }
  }
  throw new AppError(
    'source.nothing_there',
    'invalid',
    'There is nothing yet that fits; put a file there, or check prefix, pattern or SELECT.',
    { details: { path: '/body/place' } },
  )
}
