import type { z } from 'zod'
import { countBatch } from '#modules/profiles/index.ts'
import { nameMe, parseRule } from '#modules/rules/index.ts'
import type { routes, TagBatch } from '#modules/tags/contract.ts'
import {
  type BatchRow,
  insertBatch,
  listBatchRows,
  type NewBatch,
  readBatch,
  saveUndoJob,
} from '#modules/tags/server/batch-store.ts'
import { checkAssignable } from '#modules/tags/server/check-assignable.ts'
import { batchKind, isAtWork, undoKind } from '#modules/tags/server/run-batch.ts'
import type { TagDeps } from '#modules/tags/server/tag-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import { cancelJob } from '#platform/jobs/job-queue.ts'
import type { Tx } from '#platform/pg/database.ts'

type Order = z.infer<typeof routes.startBatch.body>

/** Takes on work on the tags of many; a job does it as this caller, within what they may see. */
export async function startBatch(deps: TagDeps, ctx: WorkspaceCtx, order: Order): Promise<TagBatch> {
  const { add, remove } = order
  if (add.length + remove.length === 0) throw empty('Say which tags to add or remove.', '/body/add')
  const whom = await readWhom(deps, ctx, order)
  const batch = {
    ...whom,
    id: newId('tgb'),
    add_tags: [...new Set(add)].filter((name) => !remove.includes(name)),
    remove_tags: [...new Set(remove)],
    why: order.why ?? null,
    actor: ctx.actor,
    scope: ctx.scope,
  }
  const row = await deps.database.write(ctx, async (tx) => {
    await checkAssignable(tx, batch.add_tags, ctx.now)
    const jobId = await enqueueWork(tx, ctx, batchKind, batch)
    await insertBatch(tx, batch, jobId, ctx.now)
    const { add_tags: added, remove_tags: removed, why } = batch
    const details = {
      add: added,
      remove: removed,
      why,
      people: batch.persons?.length ?? null,
      rule: batch.rule,
      matching: batch.question,
    }
    await deps.audit(tx, ctx, { action: 'tag.batch_started', subject: batch.id, details })
    return readBatch(tx, batch.id)
  })
  return present(deps, ctx, row)
}

const empty = (sentence: string, path: string) =>
  new AppError('tag.batch_empty', 'invalid', sentence, { details: { path } })

async function readWhom(
  deps: TagDeps,
  ctx: WorkspaceCtx,
  { ids, rule, segment, matching }: Order,
): Promise<Pick<NewBatch, 'persons' | 'rule' | 'question'>> {
  const ways = [ids, rule, segment, matching].filter((way) => way !== undefined)
  if (ways.length !== 1)
    throw empty('Say whom: ids, a rule, a segment, or what a list is narrowed by; one of them.', '/body/ids')
  if (matching) {
    const question = {
      ...matching,
      ...(matching.rule === undefined ? {} : { rule: nameMe(parseRule(matching.rule), ctx.actor) }),
    }
    await deps.profiles.forExport.check(ctx, question)
    return { persons: null, rule: null, question }
  }
  if (ids) {
    const persons = await deps.profiles.personNumbers(ctx, ids, (index) => `/body/ids/${index}`)
    return { persons: [...new Set(persons)], rule: null, question: null }
  }
  const meant = segment === undefined ? nameMe(parseRule(rule), ctx.actor) : { all: [{ segment }] }
  await deps.profiles.forExport.check(ctx, { rule: meant })
  return { persons: null, rule: meant, question: null }
}

/** Whoever does not see everybody sees and undoes only what they started: the rest concerns others' people, too. */
function whose({ scope, actor }: WorkspaceCtx): string | undefined {
  if (scope.all) return undefined
  if (actor.kind === 'member') return actor.memberId
  return actor.kind === 'api_key' ? actor.keyId : ''
}

function enqueueWork(
  tx: Tx,
  ctx: WorkspaceCtx,
  kind: string,
  { id, add_tags, remove_tags }: Pick<BatchRow, 'id' | 'add_tags' | 'remove_tags'>,
): Promise<string> {
  const memberId = ctx.actor.kind === 'member' ? { memberId: ctx.actor.memberId } : {}
  const title = [...add_tags.map((name) => `+ ${name}`), ...remove_tags.map((name) => `− ${name}`)]
  return enqueue(tx, { kind, payload: { batchId: id }, title: title.join(', ').slice(0, 200), ...memberId })
}

/** Takes back what a batch changed, by a job; one that is still at work is cancelled. */
export async function startUndo(deps: TagDeps, ctx: WorkspaceCtx, id: string): Promise<TagBatch> {
  const row = await deps.database.write(ctx, async (tx) => {
    const batch = await readBatch(tx, id, whose(ctx))
    if (batch.undo_state !== null && batch.undo_state !== 'failed' && batch.undo_state !== 'cancelled')
      throw new AppError('tag.batch_undone', 'conflict', 'This was taken back already.')
    if (isAtWork(batch)) await cancelJob(tx, batch.job_id)
    await saveUndoJob(tx, id, await enqueueWork(tx, ctx, undoKind, batch))
    await deps.audit(tx, ctx, { action: 'tag.batch_undone', subject: id })
    return readBatch(tx, id)
  })
  return present(deps, ctx, row)
}

export async function getBatch(deps: TagDeps, ctx: WorkspaceCtx, id: string): Promise<TagBatch> {
  return present(deps, ctx, await deps.database.read(ctx, (tx) => readBatch(tx, id, whose(ctx))))
}

export async function listBatches(deps: TagDeps, ctx: WorkspaceCtx, query: PageQuery) {
  const after = decodeCursor(query.cursor, ['time', 'text'])
  const rows = await deps.database.read(ctx, (tx) =>
    listBatchRows(tx, { after, limit: query.limit + 1, by: whose(ctx) }),
  )
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  const items: TagBatch[] = []
  for (const row of page) items.push(await present(deps, ctx, row))
  const next =
    rows.length > query.limit && last ? encodeCursor([last.created_at.toISOString(), last.id]) : null
  return { items, next }
}

async function present(deps: TagDeps, ctx: WorkspaceCtx, row: BatchRow): Promise<TagBatch> {
  const { added, removed } = await deps.database.read(ctx, (tx) => countBatch(tx, row.id))
  return {
    id: row.id,
    jobId: row.job_id,
    state: row.state,
    people: row.people,
    add: [...row.add_tags],
    remove: [...row.remove_tags],
    added,
    removed,
    why: row.why,
    by: { kind: row.actor.kind, name: row.actor.name },
    createdAt: row.created_at.toISOString(),
    undo: row.undo_state,
  }
}
