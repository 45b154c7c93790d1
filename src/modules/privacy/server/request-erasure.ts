import { eraseKind } from '#modules/privacy/server/carry-out-erasure.ts'
import {
  insertErasure,
  noteJob,
  presentErasure,
  readErasures,
  readOpenErasure,
} from '#modules/privacy/server/erasure-store.ts'
import type { PrivacyDeps } from '#modules/privacy/server/privacy-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'

/** Takes the wish on; asked twice, it is one. One that failed is tried again. */
export async function requestErasure(deps: PrivacyDeps, ctx: WorkspaceCtx, profileId: string) {
  const person = await deps.profiles.personNumberInBinToo(ctx, profileId)
  return requestErasureOf(deps, ctx, person)
}

/** The same for a person already found: whoever lay in the recycle bin for too long. */
export function requestErasureOf(deps: PrivacyDeps, ctx: WorkspaceCtx, person: number) {
  return deps.database.write(ctx, async (tx) => {
    const open = await readOpenErasure(tx, person)
    const isUnderWay = open?.job_state === 'waiting' || open?.job_state === 'running'
    if (open?.job_id && isUnderWay) return { id: open.id, job: open.job_id }
    const id = open?.id ?? newId('era')
    const publicId = deps.profiles.personIds.encode(tx.workspace, person)
    if (!open && !(await insertErasure(tx, { id, person, publicId }, ctx)))
      throw new AppError('erasure.requested', 'conflict', 'Somebody asked for the same just now.')
    const { actor } = ctx
    const job = await enqueue(tx, {
      kind: eraseKind,
      payload: { erasureId: id },
      ...(actor.kind === 'member' ? { memberId: actor.memberId } : {}),
    })
    await noteJob(tx, id, job)
    await deps.audit(tx, ctx, { action: 'profile.erasure_requested', subject: publicId, details: { id } })
    return { id, job }
  })
}

export async function listErasures(deps: Pick<PrivacyDeps, 'database'>, ctx: WorkspaceCtx, query: PageQuery) {
  const key = decodeCursor(query.cursor, ['time', 'text'])
  const after = key && { at: String(key[0]), id: String(key[1]) }
  const rows = await deps.database.read(ctx, (tx) => readErasures(tx, after, query.limit + 1))
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => presentErasure(row, ctx.language)),
    next: rows.length > query.limit && last ? encodeCursor([last.place, last.id]) : null,
  }
}
