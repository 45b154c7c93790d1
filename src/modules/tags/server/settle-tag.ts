import { changePeople, nothing, renameTagHistory, retag } from '#modules/profiles/index.ts'
import type { TagDeps } from '#modules/tags/server/tag-deps.ts'
import { findTag, updateTag } from '#modules/tags/server/tag-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import type { JobKind } from '#platform/jobs/worker.ts'
import type { Tx } from '#platform/pg/database.ts'

const kind = 'tags:settle'
// Events wait while a batch runs: some 100 ms each.
export const unitsPerBatch = 2000
const entriesPerBatch = 10_000
// Small tags are done when the call is answered; the rest of a large one is the job's.
const batchesPerCall = 5

/** In the transaction that gives a tag a new name: the work that follows is not forgotten. */
export const enqueueSettling = (tx: Tx, tagId: string, title: string): Promise<string> =>
  enqueue(tx, { kind, key: tagId, payload: { tagId }, title })

/** A tag has a new name and some people carry it under the old one: brings them over, batch by batch. */
export async function settleTag(
  deps: TagDeps,
  ctx: WorkspaceCtx,
  tagId: string,
  batches = batchesPerCall,
): Promise<void> {
  for (let done = 0; done < batches; done++) {
    ctx.signal?.throwIfAborted()
    const name = await renameSome(deps, ctx, tagId)
    if (name === undefined) return
    if (name === null) continue
    await renameHistory(deps, ctx, name)
    await finish(deps, ctx, tagId, name.from)
  }
}

type Names = { from: string; to: string }

/** One batch; answers the names when nobody is left under the old one, undefined when there is no old one. */
function renameSome(deps: TagDeps, ctx: WorkspaceCtx, tagId: string): Promise<Names | null | undefined> {
  return changePeople<undefined, Names | null | undefined>(deps, ctx, {
    plan: async () => undefined,
    carryOut: async (tx) => {
      const tag = await findTag(tx, tagId)
      const from = tag?.was[0]
      const idle = { change: nothing(tx.workspace), shipments: [] }
      if (!tag || from === undefined) return { ...idle, result: undefined }
      const persons = await retag(tx, from, tag.name, unitsPerBatch)
      if (persons.length === 0) return { ...idle, result: { from, to: tag.name } }
      const done = await deps.profiles.recogniser.decide(tx, tx.workspace, { observations: [] }, persons)
      return { ...done, result: null }
    },
  })
}

async function renameHistory(deps: TagDeps, ctx: WorkspaceCtx, { from, to }: Names): Promise<void> {
  for (let renamed = 1; renamed > 0; ) {
    ctx.signal?.throwIfAborted()
    renamed = await deps.database.write(ctx, (tx) => renameTagHistory(tx, from, to, entriesPerBatch))
  }
}

/** In one turn: whoever was given the old name since the last look comes over too, and then nobody has it any more. */
function finish(deps: TagDeps, ctx: WorkspaceCtx, tagId: string, from: string): Promise<void> {
  return changePeople<undefined, void>(deps, ctx, {
    plan: async () => undefined,
    carryOut: async (tx) => {
      const tag = await findTag(tx, tagId)
      const idle = { result: undefined, change: nothing(tx.workspace), shipments: [] }
      if (!tag?.was.includes(from)) return idle
      const late = await retag(tx, from, tag.name, Number.MAX_SAFE_INTEGER)
      await renameTagHistory(tx, from, tag.name, Number.MAX_SAFE_INTEGER)
      await updateTag(tx, { ...tag, was: tag.was.filter((name) => name !== from) })
      if (late.length === 0) return idle
      const done = await deps.profiles.recogniser.decide(tx, tx.workspace, { observations: [] }, late)
      return { ...done, result: undefined }
    },
  })
}

export const settleJob = (deps: TagDeps): JobKind => ({
  kind,
  run: ({ ctx, payload }) => settleTag(deps, ctx, String(payload.tagId), Number.POSITIVE_INFINITY),
})
