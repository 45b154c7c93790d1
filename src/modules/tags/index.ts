import type { Audit, PersonTag, Profiles } from '#modules/profiles/index.ts'
import { routes } from '#modules/tags/contract.ts'
import { archiveTag } from '#modules/tags/server/archive-tag.ts'
import { assignToMany } from '#modules/tags/server/assign-to-many.ts'
import { assignToPerson } from '#modules/tags/server/assign-to-person.ts'
import { changeTag, createTag, removeTag } from '#modules/tags/server/change-tags.ts'
import { expireJob } from '#modules/tags/server/expire-tags.ts'
import { openExpiryLoop } from '#modules/tags/server/expiry-loop.ts'
import { giveTags, type Tagging } from '#modules/tags/server/give-tags.ts'
import { getTag, listTags, staleTags } from '#modules/tags/server/list-tags.ts'
import { mergeTags } from '#modules/tags/server/merge-tags.ts'
import { overlapTags } from '#modules/tags/server/overlap-tags.ts'
import { tagKeeper } from '#modules/tags/server/personal-data.ts'
import { batchJob, undoJob } from '#modules/tags/server/run-batch.ts'
import { settleJob } from '#modules/tags/server/settle-tag.ts'
import { getBatch, listBatches, startBatch, startUndo } from '#modules/tags/server/start-batch.ts'
import type { TagDeps } from '#modules/tags/server/tag-deps.ts'
import { historyOf, historyOfPerson, tagsOfPerson } from '#modules/tags/server/tag-history.ts'
import { loadTagTree } from '#modules/tags/server/tag-tree.ts'
import { tagTimeline } from '#modules/tags/server/timeline-source.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { Clock } from '#platform/clock.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'
import type { JobKind } from '#platform/jobs/worker.ts'
import type { Log } from '#platform/log.ts'
import type { Database, Tx } from '#platform/pg/database.ts'
import type { PeopleWriter } from '#slots/people-writer.ts'
import type { PersonalDataKeeper } from '#slots/personal-data.ts'
import type { TagMentions } from '#slots/tag-mentions.ts'
import type { TimelineSource } from '#slots/timeline-source.ts'

export type TagsOptions = {
  database: Database
  ch: ClickHouse
  clock: Clock
  log: Log
  profiles: Profiles
  writer: PeopleWriter
  /** Whoever keeps rules that name tags; may still grow while modules are opened. */
  mentions: readonly TagMentions[]
  audit: Audit
}

export type Tags = {
  routes: ServedRoute[]
  jobKinds: JobKind[]
  /** Adds tags to people by number, in the single writer's turn; answers what was new to whom, whose rows the caller ships. */
  giveTags(tx: Tx, tagging: Tagging): Promise<PersonTag[]>
  /** For the environment of rules: the names of all tags below a tag, itself left out. Any transaction will do. */
  tagDescendants(tx: Tx, workspace: number): Promise<(tag: string) => readonly string[]>
  /** The name of the tag above each tag. */
  tagParents(tx: Tx): Promise<Map<string, string | null>>
  /** Makes a tag below another one or at the top. */
  createTag(ctx: WorkspaceCtx, given: { name: string; parent: string | null }): Promise<void>
  keeper: PersonalDataKeeper
  timeline: TimelineSource
  /** Tags that end come off from here on. */
  start(): void
  stop(): Promise<void>
}

/** The module, opened once by the composition root. */
export function openTags(options: TagsOptions): Tags {
  const loop = openExpiryLoop(options)
  const deps: TagDeps = { ...options, validityChanged: loop.changed }
  return {
    routes: serveTags(deps),
    jobKinds: [settleJob(deps), expireJob(deps), batchJob(deps), undoJob(deps)],
    giveTags,
    tagDescendants: async (tx, workspace) => {
      const tree = await loadTagTree(tx, workspace)
      return (tag) => tree.below(tag).filter((name) => name !== tag)
    },
    tagParents: async (tx) => {
      const { rows } = await loadTagTree(tx)
      const names = new Map(rows.map((row) => [row.id, row.name]))
      return new Map(rows.map((row) => [row.name, names.get(row.parent_id ?? '') ?? null]))
    },
    createTag: async (ctx, given) => {
      await createTag(deps, ctx, given)
    },
    keeper: tagKeeper(deps),
    timeline: tagTimeline(deps),
    start: loop.start,
    stop: loop.stop,
  }
}

const serveTags = (deps: TagDeps) =>
  implement(routes, {
    assign: ({ ctx, params, body }) => assignToPerson(deps, ctx, params.id, body),
    ofPerson: ({ ctx, params }) => tagsOfPerson(deps, ctx, params.id),
    historyOfPerson: ({ ctx, params, query }) => historyOfPerson(deps, ctx, params.id, query),
    assignMany: ({ ctx, body }) => assignToMany(deps, ctx, body.items, body.why),
    list: ({ ctx }) => listTags(deps, ctx),
    create: ({ ctx, body }) => createTag(deps, ctx, body),
    overlap: ({ ctx, query }) => overlapTags(deps, ctx, query.ids),
    stale: ({ ctx }) => staleTags(deps, ctx),
    startBatch: ({ ctx, body }) => startBatch(deps, ctx, body),
    listBatches: ({ ctx, query }) => listBatches(deps, ctx, query),
    getBatch: ({ ctx, params }) => getBatch(deps, ctx, params.id),
    undoBatch: ({ ctx, params }) => startUndo(deps, ctx, params.id),
    get: ({ ctx, params }) => getTag(deps, ctx, params.id),
    history: ({ ctx, params, query }) => historyOf(deps, ctx, params.id, query),
    move: ({ ctx, params, body }) => changeTag(deps, ctx, params.id, body),
    merge: ({ ctx, params, body }) => mergeTags(deps, ctx, params.id, body.into),
    archive: ({ ctx, params }) => archiveTag(deps, ctx, params.id, true),
    unarchive: ({ ctx, params }) => archiveTag(deps, ctx, params.id, false),
    remove: ({ ctx, params }) => removeTag(deps, ctx, params.id),
  })
