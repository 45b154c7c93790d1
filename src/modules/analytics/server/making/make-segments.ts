import type { z } from 'zod'
import { PeopleQuestion } from '#modules/analytics/contract/kinds.ts'
import type { MadeSegments, makingRoutes } from '#modules/analytics/contract/making.ts'
import { analysisOf } from '#modules/analytics/server/analyses.ts'
import type { AnalyticsDeps } from '#modules/analytics/server/analytics-deps.ts'
import { badQuestion, checkQuestion } from '#modules/analytics/server/check-question.ts'
import { makingJobKind } from '#modules/analytics/server/making/making-job.ts'
import {
  insertMaking,
  type MakingPart,
  madeFor,
  markMakingUndone,
  noteMade,
  readMaking,
} from '#modules/analytics/server/making/making-store.ts'
import { sightOf } from '#modules/profiles/index.ts'
import { actorKey, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import { cancelJob } from '#platform/jobs/job-queue.ts'
import type { Tx } from '#platform/pg/database.ts'

type Given = z.output<typeof makingRoutes.makeSegments.body>

/** Makes the segments, empty, and the job that puts the people in; all or nothing. */
export async function makeSegments(
  deps: AnalyticsDeps,
  ctx: WorkspaceCtx,
  { question, parts }: Given,
): Promise<MadeSegments> {
  for (const permission of ['analytics:read', 'people:read']) need(ctx, permission)
  // Faults of what was asked are told now and not by a job that fails.
  for (const [at, { cell }] of parts.entries())
    if (!PeopleQuestion.safeParse({ ...question, cell }).success)
      throw badQuestion(`/parts/${at}/cell`, 'unknown_cell', 'The question has no such cell.')
  await checkQuestion(deps, ctx, question, analysisOf(question.kind).names(question))
  if (question.audience !== undefined) await deps.audience(ctx, question.audience)
  const id = newId('mak')
  return deps.database.write(ctx, async (tx) => {
    const made: MakingPart[] = []
    for (const part of parts) made.push(await segmentFor(deps, tx, ctx, part))
    const jobId = await enqueue(tx, {
      kind: makingJobKind,
      payload: { makingId: id },
      title: parts
        .map(({ name }) => name)
        .join(', ')
        .slice(0, 200),
      ...(ctx.actor.kind === 'member' ? { memberId: ctx.actor.memberId } : {}),
    })
    const { actor, scope, language } = ctx
    const rights = { actor, scope, language, permissions: [...ctx.permissions], sight: sightOf(ctx) }
    await insertMaking(tx, { id, question, parts: made, ...rights, job_id: jobId }, ctx.now)
    await deps.audit(tx, ctx, {
      action: 'analysis.segments_made',
      subject: id,
      details: { kind: question.kind, names: made.map(({ name }) => name) },
    })
    const segments = made.map(({ segment, name, made: isNew }) => ({ id: segment, name, made: isNew }))
    return { id, jobId, segments }
  })
}

async function segmentFor(
  { lists }: AnalyticsDeps,
  tx: Tx,
  ctx: WorkspaceCtx,
  { cell, name, description, origin }: Given['parts'][number],
): Promise<MakingPart> {
  const changes = { add: newId('lch'), remove: newId('lch') }
  const before = origin === undefined ? undefined : await madeFor(tx, origin)
  const known = before === undefined ? undefined : await lists.find(tx, before)
  if (known) return { cell, name: known.name, segment: known.id, made: false, changes }
  const { id } = await lists.make(tx, ctx, { name, description })
  if (origin !== undefined) await noteMade(tx, origin, id)
  return { cell, name, segment: id, made: true, changes }
}

/** Takes back what was made, as far as nobody stands on it. */
export async function undoSegments(deps: AnalyticsDeps, ctx: WorkspaceCtx, id: string) {
  const making = await deps.database.write(ctx, async (tx) => {
    const row = await readMaking(tx, id)
    const isTheirs = row && actorKey(row.actor) === actorKey(ctx.actor)
    // Of others' work who sees only some people learns nothing.
    if (!row || row.undone_at !== null || !(ctx.scope.all || isTheirs))
      throw new AppError('analysis.making_missing', 'missing', 'There is nothing to take back.')
    if (row.ended === null && row.job_id !== null) await cancelJob(tx, row.job_id)
    return row
  })
  const own = making.parts.filter(({ made }) => made)
  for (const { segment } of own) if (await isThere(deps, ctx, segment)) await deps.lists.remove(ctx, segment)
  let restored = 0
  for (const { segment, changes } of making.parts.filter(({ made }) => !made)) {
    if (await isThere(deps, ctx, segment)) restored++
    for (const change of [changes.add, changes.remove]) await undoIfMade(deps, ctx, segment, change)
  }
  await deps.database.write(ctx, async (tx) => {
    await markMakingUndone(tx, id, ctx.now)
    await deps.audit(tx, ctx, { action: 'analysis.segments_undone', subject: id })
  })
  return { removed: own.length, restored }
}

const isThere = async ({ database, lists }: AnalyticsDeps, ctx: WorkspaceCtx, segment: string) =>
  (await database.read(ctx, (tx) => lists.find(tx, segment))) !== undefined

/** A change that never began, or was taken back in the list's own history, needs nothing. */
async function undoIfMade({ lists }: AnalyticsDeps, ctx: WorkspaceCtx, list: string, change: string) {
  try {
    await lists.undo(ctx, list, change)
  } catch (error) {
    const done = ['segment.change_missing', 'segment.change_undone', 'segment.missing']
    if (!(error instanceof AppError) || !done.includes(error.code)) throw error
  }
}

function need(ctx: WorkspaceCtx, permission: string): void {
  if (ctx.permissions.has(permission)) return
  throw new AppError('access.denied', 'denied', `This needs the permission ${permission}.`, {
    details: { permission },
  })
}
