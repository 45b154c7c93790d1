import type { SavedMapping, SaveMapping } from '#modules/imports/contract.ts'
import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import { checkSpec } from '#modules/imports/server/mapping/compile-spec.ts'
import {
  deleteMapping,
  listMappingRows,
  presentMapping,
  readMapping,
  saveMappingRow,
} from '#modules/imports/server/mapping-store.ts'
import { sourcesUsing } from '#modules/imports/server/sources/source-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'

type Deps = Pick<ImportDeps, 'database' | 'audit'>

export const listMappings = (deps: Deps, ctx: WorkspaceCtx): Promise<{ items: SavedMapping[] }> =>
  deps.database.read(ctx, async (tx) => ({ items: (await listMappingRows(tx)).map(presentMapping) }))

/** Keeps a mapping under a name; `id` replaces one. */
export function saveMapping(
  deps: Deps,
  ctx: WorkspaceCtx,
  given: SaveMapping,
  id?: string,
): Promise<SavedMapping> {
  checkSpec({ ...given.spec, dry_run: false }, given.columns)
  return deps.database.write(ctx, async (tx) => {
    if (id !== undefined) await readMapping(tx, id)
    const row = {
      ...given,
      id: id ?? newId('map'),
      updated_by: ctx.actor.name,
      updated_at: new Date(ctx.now),
    }
    if (!(await saveMappingRow(tx, row)))
      throw new AppError(
        'import.mapping_name_taken',
        'conflict',
        'There is a mapping of this name; replace it, or choose another name.',
        { details: { path: '/body/name' } },
      )
    await deps.audit(tx, ctx, {
      action: 'import.mapping_saved',
      subject: row.id,
      details: { name: row.name },
    })
    return presentMapping(row)
  })
}

export function removeMapping(deps: Deps, ctx: WorkspaceCtx, id: string): Promise<void> {
  return deps.database.write(ctx, async (tx) => {
    const { name } = await readMapping(tx, id)
    const [user] = await sourcesUsing(tx, id)
    if (user)
      throw new AppError(
        'import.mapping_in_use',
        'conflict',
        `The source “${user.name}” reads by this mapping.`,
        {
          details: { source: user.name },
        },
      )
    await deleteMapping(tx, id)
    await deps.audit(tx, ctx, { action: 'import.mapping_removed', subject: id, details: { name } })
  })
}
