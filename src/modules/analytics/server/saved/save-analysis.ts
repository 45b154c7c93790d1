import type { z } from 'zod'
import type { SavedAnalysis, savedRoutes } from '#modules/analytics/contract/saved.ts'
import type { SavedDeps } from '#modules/analytics/server/saved/saved-deps.ts'
import {
  deleteSaved,
  insertSaved,
  listFolders,
  listRows,
  listRowsOf,
  requireSaved,
  type SavedRow,
  updateSaved,
} from '#modules/analytics/server/saved/saved-store.ts'
import { sayActor, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import { newId } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { AnalysisUser } from '#slots/analysis-users.ts'

type Body<R extends keyof typeof savedRoutes> = (typeof savedRoutes)[R] extends {
  body: infer B extends z.ZodType
}
  ? z.output<B>
  : never

export function listSaved(
  deps: SavedDeps,
  ctx: WorkspaceCtx,
  query: z.output<typeof savedRoutes.listSaved.query>,
) {
  const key = decodeCursor(query.cursor, ['text', 'text'])
  const after = key && { name: String(key[0]), id: String(key[1]) }
  const wanted = { ...query, owner: query.mine ? keeperOf(ctx) : undefined }
  return deps.database.read(ctx, async (tx) => {
    const rows = await listRows(tx, wanted, after, query.limit + 1)
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    return {
      items: await presentAll(deps, tx, ctx, page),
      next: rows.length > query.limit && last ? encodeCursor([last.name.toLowerCase(), last.id]) : null,
      folders: await listFolders(tx),
    }
  })
}

export const getSaved = (deps: SavedDeps, ctx: WorkspaceCtx, id: string): Promise<SavedAnalysis> =>
  deps.database.read(ctx, async (tx) => presentOne(deps, tx, ctx, await requireSaved(tx, id)))

export const saveAnalysis = (
  deps: SavedDeps,
  ctx: WorkspaceCtx,
  body: Body<'save'>,
): Promise<SavedAnalysis> => deps.database.write(ctx, (tx) => insertAnalysis(deps, tx, ctx, body))

/** The same in the caller's transaction. */
export async function insertAnalysis(
  deps: SavedDeps,
  tx: Tx,
  ctx: WorkspaceCtx,
  body: Body<'save'>,
): Promise<SavedAnalysis> {
  const row = {
    ...body,
    id: newId('anl'),
    kind: body.question.kind,
    owner: keeperOf(ctx),
    created_by: ctx.actor.name,
    created_by_kind: ctx.actor.kind,
  }
  await insertSaved(tx, row, ctx.now)
  await note(deps, ctx, tx, 'analysis.saved', row)
  return presentOne(deps, tx, ctx, await requireSaved(tx, row.id))
}

/** Those of these ids that are there, in no order. */
export const presentSaved = async (
  deps: SavedDeps,
  tx: Tx,
  ctx: WorkspaceCtx,
  ids: readonly string[],
): Promise<SavedAnalysis[]> => (ids.length === 0 ? [] : presentAll(deps, tx, ctx, await listRowsOf(tx, ids)))

export function changeSaved(
  deps: SavedDeps,
  ctx: WorkspaceCtx,
  id: string,
  change: Body<'changeSaved'>,
): Promise<SavedAnalysis> {
  return deps.database.write(ctx, async (tx) => {
    const before = await requireSaved(tx, id)
    const question = change.question ?? before.question
    const next = {
      id,
      version: change.version,
      name: change.name ?? before.name,
      folder: change.folder ?? before.folder,
      description: change.description ?? before.description,
      question,
      kind: question.kind,
      state: change.state ?? before.state,
    }
    if ((await updateSaved(tx, next, ctx.now)) === 0)
      throw new AppError(
        'analysis.changed',
        'conflict',
        'Somebody changed this analysis meanwhile; look at it first.',
      )
    await note(deps, ctx, tx, 'analysis.changed', next)
    return presentOne(deps, tx, ctx, await requireSaved(tx, id))
  })
}

/** Answers what is gone, so that an undo can save it again. */
export function removeSaved(deps: SavedDeps, ctx: WorkspaceCtx, id: string): Promise<SavedAnalysis> {
  return deps.database.write(ctx, async (tx) => {
    const row = await requireSaved(tx, id)
    const shown = await presentOne(deps, tx, ctx, row)
    const usedBy = shown.usedBy.filter(({ holds }) => holds)
    if (usedBy.length > 0)
      throw new AppError(
        'analysis.in_use',
        'conflict',
        'This analysis is shown elsewhere; take it out there first.',
        {
          details: { usedBy },
        },
      )
    await deleteSaved(tx, id)
    await note(deps, ctx, tx, 'analysis.deleted', row)
    return shown
  })
}

function keeperOf({ actor }: WorkspaceCtx): string {
  if (actor.kind === 'member') return actor.memberId
  return actor.kind === 'api_key' ? actor.keyId : ''
}

const note = (
  deps: SavedDeps,
  ctx: WorkspaceCtx,
  tx: Tx,
  action: string,
  { id, name, kind }: Pick<SavedRow, 'id' | 'name' | 'kind'>,
) => deps.audit(tx, ctx, { action, subject: id, details: { name, kind } })

async function presentOne(deps: SavedDeps, tx: Tx, ctx: WorkspaceCtx, row: SavedRow): Promise<SavedAnalysis> {
  const [shown] = await presentAll(deps, tx, ctx, [row])
  return shown as SavedAnalysis
}

async function presentAll(
  deps: SavedDeps,
  tx: Tx,
  ctx: WorkspaceCtx,
  rows: readonly SavedRow[],
): Promise<SavedAnalysis[]> {
  const ids = rows.map(({ id }) => id)
  const users: AnalysisUser[] = []
  for (const { usersOf } of deps.users) users.push(...(await usersOf(tx, ids)))
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    folder: row.folder,
    description: row.description,
    kind: row.kind,
    question: row.question,
    state: row.state,
    owner: sayActor({ kind: row.created_by_kind, name: row.created_by }, ctx.language),
    mine: row.owner === keeperOf(ctx),
    version: row.version,
    usedBy: users
      .filter(({ analysisId }) => analysisId === row.id)
      .map(({ kind, id, name, holds }) => ({ kind, id, name, holds })),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }))
}
