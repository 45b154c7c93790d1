import type { z } from 'zod'
import type { routes, SavedView, ViewList } from '#modules/views/contract.ts'
import {
  defaultFor,
  deleteView,
  dropDefaults,
  insertView,
  listViews,
  requireView,
  saveDefault,
  updateView,
  type ViewRow,
} from '#modules/views/server/view-store.ts'
import type { ViewsDeps } from '#modules/views/server/views-deps.ts'
import { sayActor, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Views of a list that the caller sees, and the one their role sees first. */
export const listSaved = (deps: ViewsDeps, ctx: WorkspaceCtx, list: ViewList) =>
  deps.database.read(ctx, (tx) => answer(tx, ctx, list))

/** One that the caller sees. */
export const getView = (deps: ViewsDeps, ctx: WorkspaceCtx, id: string): Promise<SavedView> =>
  deps.database.read(ctx, async (tx) => present(await requireView(tx, id, ownerOf(ctx)), ctx))

async function answer(tx: Tx, ctx: WorkspaceCtx, list: ViewList) {
  const rows = await listViews(tx, list, ownerOf(ctx))
  const { actor } = ctx
  const first = actor.kind === 'member' ? await defaultFor(tx, list, actor.memberId) : null
  return {
    items: rows.map((row) => present(row, ctx)),
    default: rows.some((row) => row.id === first) ? first : null,
  }
}

export async function createView(
  deps: ViewsDeps,
  ctx: WorkspaceCtx,
  body: z.infer<typeof routes.create.body>,
): Promise<SavedView> {
  if (body.shared) refuseSharing(ctx)
  const view = {
    ...body,
    id: newId('vew'),
    owner: ownerOf(ctx),
    created_by: ctx.actor.name,
    created_by_kind: ctx.actor.kind,
  }
  return deps.database.write(ctx, async (tx) => {
    await insertView(tx, view, ctx.now)
    await note(deps, ctx, tx, 'view.created', view)
    return present(await requireView(tx, view.id, view.owner), ctx)
  })
}

export async function changeView(
  deps: ViewsDeps,
  ctx: WorkspaceCtx,
  id: string,
  change: z.infer<typeof routes.update.body>,
): Promise<SavedView> {
  return deps.database.write(ctx, async (tx) => {
    const before = await requireView(tx, id, ownerOf(ctx))
    refuseForeign(before, ctx)
    const shared = change.shared ?? before.shared
    if (shared && !before.shared) refuseSharing(ctx)
    const { version } = change
    const next = {
      version,
      shared,
      name: change.name ?? before.name,
      content: change.content ?? before.content,
    }
    if ((await updateView(tx, id, next, ctx.now)) === 0)
      throw new AppError(
        'view.changed',
        'conflict',
        'Somebody changed this view meanwhile; look at it first.',
      )
    if (!shared) await dropDefaults(tx, id)
    await note(deps, ctx, tx, 'view.changed', { ...before, ...next })
    return present(await requireView(tx, id, before.owner), ctx)
  })
}

/** Answers what is gone, so that an undo can save it again. */
export async function removeView(deps: ViewsDeps, ctx: WorkspaceCtx, id: string): Promise<SavedView> {
  return deps.database.write(ctx, async (tx) => {
    const row = await requireView(tx, id, ownerOf(ctx))
    refuseForeign(row, ctx)
    await deleteView(tx, id)
    await note(deps, ctx, tx, 'view.deleted', row)
    return present(row, ctx)
  })
}

export async function setDefault(
  deps: ViewsDeps,
  ctx: WorkspaceCtx,
  body: z.infer<typeof routes.setDefault.body>,
) {
  return deps.database.write(ctx, async (tx) => {
    if (body.viewId !== null) {
      const row = await requireView(tx, body.viewId, ownerOf(ctx))
      if (row.list !== body.list) throw new AppError('view.missing', 'missing', 'There is no such view.')
      if (!row.shared)
        throw new AppError(
          'view.private',
          'invalid',
          'Only a view that is shared can be what a role sees first.',
          {
            details: { path: '/body/viewId' },
          },
        )
    }
    await saveDefault(tx, body)
    await deps.audit(tx, ctx, {
      action: 'view.default_changed',
      subject: body.viewId,
      details: { list: body.list, role: body.roleId },
    })
    return answer(tx, ctx, body.list)
  })
}

/** Views are somebody's, also those a key has made. */
function ownerOf({ actor }: WorkspaceCtx): string {
  if (actor.kind === 'member') return actor.memberId
  return actor.kind === 'api_key' ? actor.keyId : ''
}

const mayShare = (ctx: WorkspaceCtx) => ctx.permissions.has('view:write')
const isEditable = (row: ViewRow, ctx: WorkspaceCtx) =>
  row.shared ? mayShare(ctx) || row.owner === ownerOf(ctx) : row.owner === ownerOf(ctx)

function refuseForeign(row: ViewRow, ctx: WorkspaceCtx): void {
  if (!isEditable(row, ctx))
    throw new AppError('view.not_yours', 'denied', 'A colleague made this view; save it as one of your own.')
}

function refuseSharing(ctx: WorkspaceCtx): void {
  if (!mayShare(ctx))
    throw new AppError('access.denied', 'denied', 'Sharing views needs the right to.', {
      details: { permission: 'view:write' },
    })
}

/** Private views are nobody's business. */
async function note(
  deps: ViewsDeps,
  ctx: WorkspaceCtx,
  tx: Tx,
  action: string,
  view: { id: string; list: string; name: string; shared: boolean },
): Promise<void> {
  if (view.shared)
    await deps.audit(tx, ctx, { action, subject: view.id, details: { list: view.list, name: view.name } })
}

const present = (row: ViewRow, ctx: WorkspaceCtx): SavedView => ({
  id: row.id,
  list: row.list,
  name: row.name,
  content: row.content,
  shared: row.shared,
  mine: row.owner === ownerOf(ctx),
  editable: isEditable(row, ctx),
  by: sayActor({ kind: row.created_by_kind, name: row.created_by }, ctx.language),
  version: row.version,
  updatedAt: row.updated_at.toISOString(),
  defaultOf: row.default_of,
})
