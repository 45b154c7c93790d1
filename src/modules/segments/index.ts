import type { Rule } from '#modules/rules/contract.ts'
import type { CompileEnv } from '#modules/rules/index.ts'
import { analyticsSchema } from '#modules/segments/server/analytics-schema.ts'
import { attributeMentions } from '#modules/segments/server/attribute-mentions.ts'
import { buildJob, cancelHandler } from '#modules/segments/server/build-segment.ts'
import { undoChange } from '#modules/segments/server/lists/change-list.ts'
import { endFilling, type Filling, fillList, type Sign } from '#modules/segments/server/lists/fill-list.ts'
import { listCancelHandler, listJob } from '#modules/segments/server/lists/list-job.ts'
import { openUpkeep } from '#modules/segments/server/membership/keep-current.ts'
import { segmentKeeper } from '#modules/segments/server/personal-data.ts'
import { prepare } from '#modules/segments/server/preview-rule.ts'
import { recountAll, recountHandlers, recountWorkspace } from '#modules/segments/server/recount.ts'
import { removeSegment } from '#modules/segments/server/remove-segment.ts'
import { serveSegments } from '#modules/segments/server/routes.ts'
import { openRuleBook } from '#modules/segments/server/rule-book.ts'
import { createList } from '#modules/segments/server/save-segment.ts'
import { scopedEnv } from '#modules/segments/server/scoped-env.ts'
import { liveNames, readSegment, requireSegment } from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps, SegmentsOptions } from '#modules/segments/server/segments-deps.ts'
import { segmentsOfProfile } from '#modules/segments/server/segments-of-profile.ts'
import {
  rescheduleHandler,
  scheduleJob,
  snapshotJob,
} from '#modules/segments/server/snapshots/snapshot-jobs.ts'
import { tagMentions } from '#modules/segments/server/tag-mentions.ts'
import { segmentTimeline } from '#modules/segments/server/timeline-source.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { ServedRoute } from '#platform/http/implement.ts'
import { openLookLoop } from '#platform/jobs/look-loop.ts'
import type { EventHandler } from '#platform/jobs/subscriptions.ts'
import type { JobKind } from '#platform/jobs/worker.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { PeopleReactor } from '#slots/people-change.ts'
import type { PersonalDataKeeper } from '#slots/personal-data.ts'
import type { TimelineSource } from '#slots/timeline-source.ts'

export type { SegmentsOptions }
export { analyticsSchema, attributeMentions, tagMentions }

export type Segments = {
  routes: ServedRoute[]
  jobKinds: JobKind[]
  /** Brings memberships up to date after every change of people; inside the projector's turn. */
  reactor: PeopleReactor
  /** How a rule is compiled for this caller, their data scope included; for lists and charts that filter by rule. */
  ruleEnv: (ctx: WorkspaceCtx) => Promise<CompileEnv>
  /** A rule from outside, checked, with what compiles it for this caller: whom a question of another module is about. */
  audience(ctx: WorkspaceCtx, json: unknown): Promise<{ rule: Rule; env: CompileEnv }>
  /** Name of a segment; `segment.missing` when there is none. */
  nameOf(ctx: Pick<WorkspaceCtx, 'workspace'>, id: string): Promise<string>
  /** All segments there are, by the number ClickHouse knows them by. */
  living(ctx: Pick<WorkspaceCtx, 'workspace'>): Promise<{ num: number; id: string; name: string }[]>
  /** Segments a person is in, as the person page shows them. */
  ofProfile(
    ctx: WorkspaceCtx,
    profileId: string,
  ): Promise<{ items: { id: string; name: string; since: string | null }[] }>
  /** Lists that another module fills. */
  lists: ListMaker
  /** Looks now at whoever's time has come; the loop does it every second. */
  recheck(): Promise<void>
  /** Counts every segment of a workspace again, silently: its time zone or the tree of its tags changed. */
  recount(ctx: Pick<WorkspaceCtx, 'workspace'>): Promise<void>
  /** Counts every segment again, silently: ClickHouse was emptied. Inside the projector's turn, before reactors run. */
  recountAll(): Promise<void>
  /** For the outbox: a new time zone moves every dated window, a moved tag its parents' meaning. */
  handlers: EventHandler[]
  keeper: PersonalDataKeeper
  timeline: TimelineSource
  start(): void
  stop(): Promise<void>
}

export type ListMaker = {
  /** An empty list, in the caller's transaction; `segment.name_taken` where another has the name. */
  make(tx: Tx, ctx: WorkspaceCtx, list: { name: string; description: string }): Promise<{ id: string }>
  /** A list that is not deleted. */
  find(tx: Tx, id: string): Promise<{ id: string; name: string } | undefined>
  /** Makes it hold exactly these people; for jobs. */
  fill(ctx: WorkspaceCtx, filling: Filling, sign: Sign): Promise<void>
  /** A filling that ended before its end. */
  end(
    ctx: Pick<WorkspaceCtx, 'workspace'>,
    changes: readonly string[],
    state: 'failed' | 'cancelled',
  ): Promise<void>
  /** As the route does: refused while something stands on it. */
  remove(ctx: WorkspaceCtx, id: string): Promise<void>
  /** Takes a change of a list back, in the background. */
  undo(ctx: WorkspaceCtx, list: string, change: string): Promise<unknown>
}

/** The module, opened once by the composition root. */
export function openSegments(options: SegmentsOptions): Segments {
  const rules = openRuleBook(options)
  const deps: SegmentsDeps = {
    ...options,
    listeners: options.listeners ?? [],
    users: options.users ?? [],
    rules,
    currentUpTo: async (ctx) => Math.min(upkeep.lookedUpTo(), await options.visibleUpTo(ctx)),
  }
  const upkeep = openUpkeep(deps)
  const loop = openLookLoop(
    deps.log,
    { everyMs: 1000, failed: 'looking at segments again failed' },
    upkeep.recheck,
  )
  return {
    routes: serveSegments(deps, upkeep),
    jobKinds: [buildJob(deps, upkeep), listJob(deps, upkeep), snapshotJob(deps), scheduleJob(deps)],
    reactor: upkeep.reactor,
    ruleEnv: (ctx) => scopedEnv(deps, ctx),
    audience: (ctx, json) => prepare(deps, ctx, json),
    nameOf: async (ctx, id) => (await options.database.read(ctx, (tx) => requireSegment(tx, id))).name,
    living: (ctx) => options.database.read(ctx, liveNames),
    ofProfile: (ctx, profileId) => segmentsOfProfile(deps, ctx, profileId),
    lists: {
      make: (tx, ctx, list) => createList(deps, tx, ctx, { ...list, kind: 'list' }),
      find: async (tx, id) => {
        const row = await readSegment(tx, id)
        return row?.kind === 'list' && row.deleted_at === null ? row : undefined
      },
      fill: (ctx, filling, sign) => fillList(deps, upkeep, ctx, filling, sign),
      end: (ctx, changes, state) => endFilling(deps, ctx, changes, state),
      remove: (ctx, id) => removeSegment(deps, ctx, id),
      undo: (ctx, list, change) => undoChange(deps, ctx, list, change),
    },
    recheck: upkeep.recheck,
    recount: (ctx) => recountWorkspace(deps, ctx),
    recountAll: () => recountAll(deps, upkeep),
    handlers: [
      ...recountHandlers(deps),
      cancelHandler(deps),
      listCancelHandler(deps),
      rescheduleHandler(deps),
    ],
    keeper: segmentKeeper(deps),
    timeline: segmentTimeline(deps),
    start: () => {
      loop.start()
    },
    stop: async () => loop.stop(),
  }
}
