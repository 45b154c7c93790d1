import type { z } from 'zod'
import type { Annotation, annotationRoutes } from '#modules/analytics/contract/annotations.ts'
import {
  type AnnotationRow,
  deleteRow,
  insertRow,
  listRows,
  requireRow,
  updateRow,
} from '#modules/analytics/server/annotations/annotation-store.ts'
import type { SavedDeps } from '#modules/analytics/server/saved/saved-deps.ts'
import { sayActor, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import { newId } from '#platform/ids.ts'

type Deps = Pick<SavedDeps, 'database' | 'audit'>

export function listAnnotations(
  { database }: Pick<Deps, 'database'>,
  ctx: WorkspaceCtx,
  query: z.output<typeof annotationRoutes.listAnnotations.query>,
) {
  const key = decodeCursor(query.cursor, ['text', 'text'])
  const after = key && { day: String(key[0]), id: String(key[1]) }
  return database.read(ctx, async (tx) => {
    const rows = await listRows(tx, query, after, query.limit + 1)
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    return {
      items: page.map((row) => present(ctx, row)),
      next: rows.length > query.limit && last ? encodeCursor([last.day, last.id]) : null,
    }
  })
}

export function annotate(
  { database, audit }: Deps,
  ctx: WorkspaceCtx,
  { day, text }: z.output<typeof annotationRoutes.annotate.body>,
): Promise<Annotation> {
  const { name, kind } = ctx.actor
  const row = { id: newId('ann'), day, words: text, created_by: name, created_by_kind: kind }
  return database.write(ctx, async (tx) => {
    await insertRow(tx, row, ctx.now)
    await audit(tx, ctx, { action: 'annotation.created', subject: row.id, details: { day, text } })
    return present(ctx, await requireRow(tx, row.id))
  })
}

export function changeAnnotation(
  { database, audit }: Deps,
  ctx: WorkspaceCtx,
  id: string,
  change: z.output<typeof annotationRoutes.changeAnnotation.body>,
): Promise<Annotation> {
  return database.write(ctx, async (tx) => {
    const before = await requireRow(tx, id)
    const day = change.day ?? before.day
    const text = change.text ?? before.words
    if ((await updateRow(tx, { id, day, words: text, version: change.version }, ctx.now)) === 0)
      throw new AppError(
        'annotation.changed',
        'conflict',
        'Somebody changed this annotation meanwhile; look at it first.',
      )
    await audit(tx, ctx, { action: 'annotation.changed', subject: id, details: { day, text } })
    return present(ctx, await requireRow(tx, id))
  })
}

/** Answers what is gone, so that an undo can make it again. */
export function removeAnnotation(
  { database, audit }: Deps,
  ctx: WorkspaceCtx,
  id: string,
): Promise<Annotation> {
  return database.write(ctx, async (tx) => {
    const row = await requireRow(tx, id)
    await deleteRow(tx, id)
    await audit(tx, ctx, {
      action: 'annotation.deleted',
      subject: id,
      details: { day: row.day, text: row.words },
    })
    return present(ctx, row)
  })
}

const present = (ctx: WorkspaceCtx, row: AnnotationRow): Annotation => ({
  id: row.id,
  day: row.day,
  text: row.words,
  by: sayActor({ kind: row.created_by_kind, name: row.created_by }, ctx.language),
  version: row.version,
  createdAt: row.created_at.toISOString(),
})
