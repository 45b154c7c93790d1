import { sql } from 'kysely'
import { changePeople, nothing, oldestTagged, untagOld } from '#modules/profiles/index.ts'
import { endOf } from '#modules/tags/server/present-tag.ts'
import { unitsPerBatch } from '#modules/tags/server/settle-tag.ts'
import type { TagDeps } from '#modules/tags/server/tag-deps.ts'
import { findTag } from '#modules/tags/server/tag-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import type { JobKind } from '#platform/jobs/worker.ts'
import type { Tx } from '#platform/pg/database.ts'

const kind = 'tags:expire'

type Ending = {
  workspace: number
  id: string
  name: string
  valid_until: Date | null
  valid_days: number | null
}

/** Puts work on every tag that ends now into the queue; answers when the next one ends, if any. */
export function enqueueEnded(deps: Pick<TagDeps, 'database'>, now: number): Promise<number | undefined> {
  return deps.database.system(async (tx) => {
    const tags = await tx.rows<Ending>(sql`
      select workspace_id as workspace, id, name, valid_until, valid_days from tags.tag
      where valid_until is not null or valid_days is not null`)
    const oldest = await oldestTagged(
      tx,
      tags.map(({ workspace, name }) => ({ workspace, tag: name })),
    )
    let next: number | undefined
    for (const tag of tags) {
      const since = oldest.get(`${tag.workspace} ${tag.name}`)
      const end = since === undefined ? undefined : endOf(tag, since)?.getTime()
      if (end === undefined) continue
      if (end <= now) await enqueueOne(tx, tag)
      else next = Math.min(next ?? end, end)
    }
    return next
  })
}

const enqueueOne = (tx: Tx, { id, name, workspace }: Ending) =>
  enqueue(tx, { kind, key: id, payload: { tagId: id }, title: name, workspace })

/** Takes a tag off whoever has had it long enough, in batches; how long that is, is asked again before each. */
export const expireJob = (deps: TagDeps): JobKind => ({
  kind,
  run: async ({ ctx, payload }) => {
    const tagId = String(payload.tagId)
    let people = 0
    for (;;) {
      ctx.signal?.throwIfAborted()
      const gone = await expireSome(deps, ctx, tagId)
      if (gone === 0) break
      people += gone
    }
    if (people > 0) await note(deps, ctx, tagId, people)
    return { people }
  },
})

function expireSome(deps: TagDeps, ctx: WorkspaceCtx, tagId: string): Promise<number> {
  return changePeople(deps, ctx, {
    plan: (tx) => findTag(tx, tagId),
    carryOut: async (tx, tag) => {
      const idle = { result: 0, change: nothing(tx.workspace), shipments: [] }
      const now = deps.clock.now()
      if (!tag || (tag.valid_until === null && tag.valid_days === null)) return idle
      const isOver = tag.valid_until !== null && tag.valid_until.getTime() <= now
      if (!isOver && tag.valid_days === null) return idle
      const before = isOver ? now : now - (tag.valid_days ?? 0) * 86_400_000
      const trace = { by: 'validity', kind: 'system' as const, at: now }
      const persons = await untagOld(tx, { tag: tag.name, before, limit: unitsPerBatch }, trace)
      if (persons.length === 0) return idle
      const done = await deps.profiles.recogniser.decide(tx, tx.workspace, { observations: [] }, persons)
      return { ...done, result: persons.length }
    },
  })
}

const note = (deps: TagDeps, ctx: WorkspaceCtx, tagId: string, people: number) =>
  deps.database.write(ctx, async (tx) => {
    const tag = await findTag(tx, tagId)
    const actor = { kind: 'system' as const, name: 'validity' }
    const details = { name: tag?.name ?? null, people }
    await deps.audit(tx, { ...ctx, actor }, { action: 'tag.expired', subject: tagId, details })
  })
