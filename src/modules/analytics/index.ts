import type { Answer, Question } from '#modules/analytics/contract/kinds.ts'
import type { SavedAnalysis } from '#modules/analytics/contract/saved.ts'
import type { AnalyticsDeps, AnalyticsOptions } from '#modules/analytics/server/analytics-deps.ts'
import { answerQuestion } from '#modules/analytics/server/answer-question.ts'
import { openKeeping } from '#modules/analytics/server/kept/keeping.ts'
import {
  keepWithinBounds,
  keptKeeper,
  keptReactor,
  voidAll,
} from '#modules/analytics/server/kept/note-changes.ts'
import { shareWork } from '#modules/analytics/server/kept/shared-work.ts'
import { listEvents } from '#modules/analytics/server/list-events.ts'
import { makingCancelHandler, makingJob } from '#modules/analytics/server/making/making-job.ts'
import { serveAnalytics } from '#modules/analytics/server/routes.ts'
import { insertAnalysis, presentSaved } from '#modules/analytics/server/saved/save-analysis.ts'
import { listFolders } from '#modules/analytics/server/saved/saved-store.ts'
import { whom } from '#modules/analytics/server/sql/inquiry.ts'
import { openTurns } from '#modules/analytics/server/turns.ts'
import type { Bindings, Params } from '#modules/rules/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { ServedRoute } from '#platform/http/implement.ts'
import type { EventHandler } from '#platform/jobs/subscriptions.ts'
import type { JobKind } from '#platform/jobs/worker.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { PeopleReactor } from '#slots/people-change.ts'
import type { PersonalDataKeeper } from '#slots/personal-data.ts'

/** Saved analyses that name a segment, for what a segment is used by. */
export { analysesOfSegments } from '#modules/analytics/server/saved/segment-users.ts'

const answersBetweenSweeps = 20

type Saving = Parameters<typeof insertAnalysis>[3]

export type Analytics = {
  routes: ServedRoute[]
  /** Puts the people behind numbers into segments. */
  jobKinds: JobKind[]
  /** For the outbox: such a job was cancelled. */
  handlers: EventHandler[]
  /** Notes what changed, for kept answers; after all reactors that change what rules see. */
  reactor: PeopleReactor
  keeper: PersonalDataKeeper
  /** ClickHouse was filled anew: no answer of before is used again. */
  voidKept(): Promise<void>
  /** Numbers of a question, of people the caller may see; the same as its route. */
  answer(ctx: WorkspaceCtx, question: Question): Promise<Answer>
  /** Saved analyses of these ids, those that are there. */
  saved(ctx: WorkspaceCtx, ids: readonly string[]): Promise<SavedAnalysis[]>
  savedIn(tx: Tx, ctx: WorkspaceCtx, ids: readonly string[]): Promise<SavedAnalysis[]>
  /** Saves one in the caller's transaction. */
  saveIn(tx: Tx, ctx: WorkspaceCtx, saving: Saving): Promise<SavedAnalysis>
  /** Folders of saved analyses. */
  foldersIn(tx: Tx): Promise<string[]>
  /** Names a question may use, with their titles. */
  events(ctx: WorkspaceCtx): ReturnType<typeof listEvents>
  properties: AnalyticsOptions['events']['properties']
  /** The turns of a workspace's questions, for what else asks the engine at length. */
  inTurn: AnalyticsDeps['inTurn']
  /** Conditions on `person` of whom somebody may ask: within their data scope, nobody in the recycle bin. */
  everybodySeen(ctx: WorkspaceCtx, bindings: Bindings): Promise<{ conditions: string[]; params: Params }>
  /** Waits for answers that are being kept. */
  stop(): Promise<void>
}

/** The module, opened once by the composition root. */
export function openAnalytics(options: AnalyticsOptions): Analytics {
  const { database, ch } = options
  let kept = 0
  const deps: AnalyticsDeps = {
    ...options,
    users: options.users ?? [],
    inTurn: openTurns(),
    shared: shareWork(),
    keeping: openKeeping(options.log),
    wasKept: async () => {
      if (kept++ % answersBetweenSweeps === 0) await keepWithinBounds({ database })
    },
  }
  return {
    routes: serveAnalytics(deps),
    jobKinds: [makingJob(deps)],
    handlers: [makingCancelHandler(deps)],
    reactor: keptReactor({ database, ch }),
    keeper: keptKeeper({ database }),
    voidKept: () => voidAll({ database }),
    answer: (ctx, question) => answerQuestion(deps, ctx, question),
    saved: (ctx, ids) => deps.database.read(ctx, (tx) => presentSaved(deps, tx, ctx, ids)),
    savedIn: (tx, ctx, ids) => presentSaved(deps, tx, ctx, ids),
    saveIn: (tx, ctx, saving) => insertAnalysis(deps, tx, ctx, saving),
    foldersIn: listFolders,
    events: (ctx) => listEvents(deps, ctx),
    properties: options.events.properties,
    inTurn: deps.inTurn,
    everybodySeen: (ctx, bindings) => whom(options, ctx, undefined, bindings),
    stop: deps.keeping.settled,
  }
}
