import type { PeopleBatch } from '#modules/profiles/bulk-shapes.ts'
import {
  insertBatch,
  listBatchRows,
  type NewPeopleBatch,
  type PeopleBatchRow,
  readBatch,
  saveUndoJob,
} from '#modules/profiles/server/bulk/people-batch-store.ts'
import { batchKind, isAtWork, undoKind } from '#modules/profiles/server/bulk/run-people-batch.ts'
import { activeMember } from '#modules/profiles/server/owner-store.ts'
import { type PeopleQuestion, peopleFilter } from '#modules/profiles/server/people-filter.ts'
import { personNumbers } from '#modules/profiles/server/person-numbers.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import { nameMe, parseRule } from '#modules/rules/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import { cancelJob } from '#platform/jobs/job-queue.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Whom: chosen people, or everybody a list shows. */
export type Whom = {
  ids?: string[] | undefined
  matching?: { rule?: unknown; search?: string | undefined; owner?: string | undefined } | undefined
}
type Order = Whom & { why?: string | undefined } & (
    | { action: 'owner'; owner: string | null }
    | { action: 'trash' }
  )

/** Takes on work on many people; a job does it as this caller, within what they may see. */
export async function startPeopleBatch(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  order: Order,
): Promise<PeopleBatch> {
  const whom = await readWhom(deps, ctx, order)
  const owner = order.action === 'owner' ? order.owner : null
  const batch: NewPeopleBatch = {
    ...whom,
    id: newId('pbt'),
    action: order.action,
    owner,
    why: order.why ?? null,
    actor: ctx.actor,
    scope: ctx.scope,
    permissions: [...ctx.permissions],
  }
  const row = await deps.database.write(ctx, async (tx) => {
    if (owner !== null && !(await activeMember(tx, owner)))
      throw new AppError('profile.owner_missing', 'invalid', 'There is no active member with this id.', {
        details: { path: '/body/owner' },
      })
    const jobId = await enqueueWork(tx, ctx, batchKind, batch.id)
    await insertBatch(tx, batch, jobId, ctx.now)
    const { action, persons, question, why } = batch
    const details = { action, to: owner, why, people: persons?.length ?? null, matching: question }
    await deps.audit(tx, ctx, { action: 'people_batch.started', subject: batch.id, details })
    return readBatch(tx, batch.id)
  })
  return present(row)
}

async function readWhom(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  { ids, matching }: Whom,
): Promise<Pick<NewPeopleBatch, 'persons' | 'question'>> {
  if ((ids === undefined) === (matching === undefined))
    throw new AppError('people_batch.whom', 'invalid', 'Say whom: `ids` or `matching`, one of them.', {
      details: { path: '/body/ids' },
    })
  if (ids) {
    const persons = await personNumbers(deps, ctx, ids, (index) => `/body/ids/${index}`)
    return { persons: [...new Set(persons)], question: null }
  }
  const { rule, search, owner } = matching ?? {}
  const question: PeopleQuestion = {
    ...(rule === undefined ? {} : { rule: nameMe(parseRule(rule), ctx.actor) }),
    ...(search ? { search } : {}),
    ...(owner ? { owner } : {}),
  }
  // Refused now and not by the job: a rule that names what there is not.
  await peopleFilter(deps, ctx, question)
  return { persons: null, question }
}

function enqueueWork(tx: Tx, ctx: WorkspaceCtx, kind: string, id: string): Promise<string> {
  const memberId = ctx.actor.kind === 'member' ? { memberId: ctx.actor.memberId } : {}
  return enqueue(tx, { kind, payload: { batchId: id }, ...memberId })
}

/** Whoever does not see everybody sees and undoes only what they started: the rest concerns others' people, too. */
function whose({ scope, actor }: WorkspaceCtx): string | undefined {
  if (scope.all) return undefined
  if (actor.kind === 'member') return actor.memberId
  return actor.kind === 'api_key' ? actor.keyId : ''
}

const needed = { owner: 'people:assign', trash: 'people:trash' } as const

/** Takes back what a batch changed, by a job; one that is still at work is cancelled. */
export async function startPeopleUndo(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  id: string,
): Promise<PeopleBatch> {
  const row = await deps.database.write(ctx, async (tx) => {
    const batch = await readBatch(tx, id, whose(ctx))
    if (!ctx.permissions.has(needed[batch.action]))
      throw new AppError('access.denied', 'denied', 'Taking this back needs the right to do it.', {
        details: { permission: needed[batch.action] },
      })
    if (batch.undo_state !== null && batch.undo_state !== 'failed' && batch.undo_state !== 'cancelled')
      throw new AppError('people_batch.undone', 'conflict', 'This was taken back already.')
    if (isAtWork(batch)) await cancelJob(tx, batch.job_id)
    await saveUndoJob(tx, id, await enqueueWork(tx, ctx, undoKind, id))
    await deps.audit(tx, ctx, { action: 'people_batch.undone', subject: id })
    return readBatch(tx, id)
  })
  return present(row)
}

export const getPeopleBatch = async (
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  id: string,
): Promise<PeopleBatch> => present(await deps.database.read(ctx, (tx) => readBatch(tx, id, whose(ctx))))

export async function listPeopleBatches(deps: ProfileDeps, ctx: WorkspaceCtx, query: PageQuery) {
  const after = decodeCursor(query.cursor, ['time', 'text'])
  const rows = await deps.database.read(ctx, (tx) =>
    listBatchRows(tx, { after, limit: query.limit + 1, by: whose(ctx) }),
  )
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: page.map(present),
    next: rows.length > query.limit && last ? encodeCursor([last.created_at.toISOString(), last.id]) : null,
  }
}

const present = (row: PeopleBatchRow): PeopleBatch => ({
  id: row.id,
  jobId: row.job_id,
  action: row.action,
  owner: row.owner === null ? null : { id: row.owner, name: row.owner_name ?? row.owner },
  state: row.state,
  people: row.people,
  changed: row.changed,
  why: row.why,
  by: { kind: row.actor.kind, name: row.actor.name },
  createdAt: row.created_at.toISOString(),
  undo: row.undo_state,
})
