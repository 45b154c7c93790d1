import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import { findFiles } from '#modules/imports/server/sources/find-files.ts'
import { findObjects } from '#modules/imports/server/sources/find-objects.ts'
import type { Found } from '#modules/imports/server/sources/found.ts'
import { knownNames } from '#modules/imports/server/sources/item-store.ts'
import { pullRows } from '#modules/imports/server/sources/pull-rows.ts'
import type { SourceRow } from '#modules/imports/server/sources/source-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

export type SourceToRead = Pick<SourceRow, 'id' | 'name' | 'place' | 'cursor'>

/** What a source has that was not brought in yet. */
export async function* findAll(
  deps: ImportDeps,
  ctx: WorkspaceCtx,
  { id, name, place, cursor }: SourceToRead,
  signal: AbortSignal,
): AsyncGenerator<Found> {
  if (place.kind === 'folder') return yield* findFiles(deps, ctx, { id, glob: place.glob })
  if (place.kind === 's3') {
    const bucket = await deps.connectors.openBucket(ctx, place.connection)
    const known = (names: readonly string[]) => deps.database.read(ctx, (tx) => knownNames(tx, id, names))
    return yield* findObjects(bucket, place, known, signal)
  }
  const tables = await deps.connectors.openTables(ctx, place.connection)
  try {
    yield* pullRows(tables, place, name, cursor, signal)
  } finally {
    await tables.close()
  }
}
