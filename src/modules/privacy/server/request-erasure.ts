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
import type { Tx } from '#platform/pg/database.ts'

// Wishes come in rows (a script, a list worked through): so long a job waits for more of them.
const gatherMs = 500

/** Takes the wish on; asked twice, it is one. One that failed is tried again. */
export async function requestErasure(deps: PrivacyDeps, ctx: WorkspaceCtx, profileId: string) {
  const person = await deps.profiles.personNumberInBinToo(ctx, profileId)
  return requestErasureOf(deps, ctx, person)
}

/** The same for people already found: whoever lay in the recycle bin for too long. */
export const requestErasureOf = (deps: PrivacyDeps, ctx: WorkspaceCtx, person: number) =>
  deps.database.write(ctx, (tx) => noteWish(deps, tx, ctx, person))

export const requestErasures = (deps: PrivacyDeps, ctx: WorkspaceCtx, persons: readonly number[]) =>
  deps.database.write(ctx, async (tx) => {
    for (const person of persons) await noteWish(deps, tx, ctx, person)
  })

async function noteWish(deps: PrivacyDeps, tx: Tx, ctx: WorkspaceCtx, person: number) {
  const open = await readOpenErasure(tx, person)
  const isUnderWay = open?.job_state === 'waiting' || open?.job_state === 'running'
  if (open?.job_id && isUnderWay) return { id: open.id, job: open.job_id }
  const id = open?.id ?? newId('era')
  const publicId = deps.profiles.personIds.encode(tx.workspace, person)
  if (!open && !(await insertErasure(tx, { id, person, publicId }, ctx)))
    throw new AppError('erasure.requested', 'conflict', 'Somebody asked for the same just now.')
  const { actor } = ctx
  // One that waits takes this wish on with those before it.
  const job = await enqueue(tx, {
    ...{ kind: eraseKind, key: eraseKind, payload: {} },
    // By the machine's clock, as that of the queue.
    runAt: new Date(Date.now() + gatherMs),
    ...(actor.kind === 'member' ? { memberId: actor.memberId } : {}),
  })
  await noteJob(tx, [id], job)
  await deps.audit(tx, ctx, { action: 'profile.erasure_requested', subject: publicId, details: { id } })
  return { id, job }
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
