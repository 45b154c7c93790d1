import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import { type Access, createSourceNames, type SourceNames } from '#modules/access/index.ts'
import { routes } from '#modules/collect/contract.ts'
import { analyticsSchema } from '#modules/collect/server/analytics-schema.ts'
import { createCollectMetrics } from '#modules/collect/server/collect-metrics.ts'
import { collectStatus, settled, visibleUpTo } from '#modules/collect/server/collect-status.ts'
import { describeEvent } from '#modules/collect/server/describe-event.ts'
import { countEvents, eraseEvents } from '#modules/collect/server/erase-events.ts'
import { eventProperties, eventVolume, offeredNames } from '#modules/collect/server/event-catalogue.ts'
import type { FoundItems } from '#modules/collect/server/find-items.ts'
import { finishOpen } from '#modules/collect/server/finish-open.ts'
import {
  countOlder,
  type ForgetProgress,
  type Forgotten,
  forgetOlder,
} from '#modules/collect/server/forget-old.ts'
import { listCatalogue } from '#modules/collect/server/list-catalogue.ts'
import { listLiveEvents } from '#modules/collect/server/live-events.ts'
import { listTitles } from '#modules/collect/server/names/list-titles.ts'
import { nameProperty } from '#modules/collect/server/names/name-property.ts'
import { newDedup } from '#modules/collect/server/project-range.ts'
import { createProjector, type Projector } from '#modules/collect/server/projector.ts'
import { createRecovery, type Rebuilt } from '#modules/collect/server/recovery.ts'
import { showEvent } from '#modules/collect/server/show-event.ts'
import { takeBackItems } from '#modules/collect/server/take-back-items.ts'
import type { ItemBatch } from '#modules/collect/server/take-items.ts'
import { openTracking } from '#modules/collect/tracking.ts'
import type { Guess, Mask, PeopleSource, PersonIds, Recogniser } from '#modules/profiles/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { Clock } from '#platform/clock.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'
import type { Log } from '#platform/log.ts'
import type { Database } from '#platform/pg/database.ts'
import type { EventJudge } from '#slots/event-judge.ts'
import type { EventProjection } from '#slots/event-projection.ts'
import type { EventRecords } from '#slots/event-records.ts'
import type { EventWords } from '#slots/event-words.ts'
import type { PeopleReactor } from '#slots/people-change.ts'
import type { PeopleListener } from '#slots/people-listener.ts'

/** The log's part in the erasure of people, in Postgres alone; what the program does besides is in `Collect`. */
export { eraseFromLog } from '#modules/collect/server/erase-items.ts'
export { type FoundItems, findMore, lastOfLog, nothingFound } from '#modules/collect/server/find-items.ts'
export type { Projector }
export { analyticsSchema }

export type CollectOptions = {
  database: Database
  ch: ClickHouse
  clock: Clock
  log: Log
  registry: Registry
  access: Pick<Access, 'resolveWriteKey' | 'audit'>
  recogniser: Recogniser
  personIds: PersonIds
  /** What the caller gets to see in place of personal data. */
  mask: (ctx: WorkspaceCtx) => Promise<Mask>
  /** Counts whole personal values that are asked for by who sees them masked. */
  ask: (ctx: WorkspaceCtx, guesses: readonly Guess[]) => Promise<void>
  /** What sources are called. */
  sourceNames?: SourceNames
  people: PeopleSource
  /** After ClickHouse was rebuilt: memberships follow, without anybody entering or leaving. */
  afterRebuild: () => Promise<void>
  /** Run after every range, in this order; `projected` in /api/status waits for them. Filled before `start`. */
  reactors: readonly PeopleReactor[]
  /** Hear of changes of people in the transactions that make them. Filled before `start`. */
  listeners: readonly PeopleListener[]
  /** May block what could be stored: the tracking plan. */
  judge?: EventJudge
  /** What events are called where the catalogue says nothing: the tracking plan. */
  words: EventWords
  /** Further tables that follow from events. */
  projections: readonly EventProjection[]
  /** Keep records of events in Postgres. */
  records: readonly EventRecords[]
  flushMs: number
  queueBytes: number
  itemsPerSecond: number
}

export type Collect = {
  routes: ServedRoute[]
  projector: Projector
  /** What events and properties there are and what they are called, for who may not look at everybody's events. */
  words: {
    /** By volume, without hidden ones. */
    names(ctx: WorkspaceCtx): ReturnType<typeof offeredNames>
    titles(ctx: WorkspaceCtx): ReturnType<typeof listTitles>
    /** Examples only within a data scope of everything, masked as the caller sees them. */
    properties(ctx: WorkspaceCtx, event: string): ReturnType<typeof eventProperties>
  }
  serveTracking(server: FastifyInstance): void
  /** Another process has put so many items into the log. */
  committed(items: number): void
  /** Takes items of another module into the log; committed when it resolves. */
  take(ctx: Pick<WorkspaceCtx, 'workspace' | 'signal'>, batch: ItemBatch): Promise<void>
  /**
   * Takes back everything a source of `take` sent in a time, as if it had never been received; identifiers named together
   * stay together. Answers how many events went. May be repeated.
   */
  takeBack(
    ctx: WorkspaceCtx,
    of: { source: string; from: Date; to: Date },
    progress: (taken: number) => Promise<void>,
  ): Promise<number>
  /** Resolves when everything taken until now is visible everywhere, lists and segments included. */
  settled(ctx: WorkspaceCtx): Promise<void>
  /** Everything received up to this moment is visible everywhere; 0 while ClickHouse cannot be relied on. */
  visibleUpTo(ctx: WorkspaceCtx): Promise<number>
  /** How many events happened before a moment (ms), and when the first of all did. */
  countOlder(ctx: WorkspaceCtx, before: number): Promise<{ events: number; oldest: number | null }>
  /** Removes what people did before a moment, for good, from every store; a repeat changes nothing more. */
  forgetOlder(ctx: WorkspaceCtx, before: number, progress: ForgetProgress): Promise<Forgotten>
  /** Removes events of erased units (and single ones on units that stay) from ClickHouse; inside the projector's turn. */
  eraseEvents(workspace: number, units: ReadonlySet<number>, found: Pick<FoundItems, 'shared'>): Promise<void>
  /** Rows ClickHouse still has of these units. */
  countEvents(workspace: number, units: ReadonlySet<number>): Promise<number>
  /** Empties ClickHouse and rebuilds it from Postgres, while events keep coming in. */
  rebuild(progress: (share: number) => Promise<void>): Promise<Rebuilt>
  start(): void
  stop(): Promise<void>
}

/** The module, opened once by the composition root. */
export function openCollect(options: CollectOptions): Collect {
  const { database, ch, log, clock, recogniser, personIds } = options
  const metrics = createCollectMetrics(options.registry, clock.now)
  const dedup = newDedup()
  const { people, afterRebuild, projections } = options
  const recovery = createRecovery({ database, ch, log, recogniser, projections, people, afterRebuild })
  const removing = { database, ch, recogniser, projections, log }
  const projector = createProjector({
    finishRemovals: (inside) => finishOpen(removing, inside),
    database,
    ch,
    log,
    recogniser,
    dedup,
    metrics,
    recovery,
    reactors: options.reactors,
    listeners: options.listeners,
    projections,
    records: options.records,
    judge: options.judge,
  })
  const takingBack = { ...removing, turns: projector, leaveToNextTurn: projector.leaveToNextTurn }
  const committed = (items: number) => {
    metrics.accepted(items)
    projector.poke()
  }
  const { flushMs, queueBytes, itemsPerSecond } = options
  const { resolveWriteKey } = options.access
  const tracking = openTracking({
    database,
    clock,
    log,
    resolveWriteKey,
    flushMs,
    queueBytes,
    itemsPerSecond,
    onCommit: committed,
  })
  const live = {
    database,
    ch,
    recogniser,
    personIds,
    sourceNames: options.sourceNames ?? createSourceNames([]),
    mask: options.mask,
    ask: options.ask,
    judge: options.judge,
    words: options.words,
  }
  return {
    projector,
    routes: implement(routes, {
      status: ({ ctx }) => collectStatus({ database, metrics, recovery }, ctx),
      live: ({ ctx, query }) => listLiveEvents(live, ctx, query),
      catalogue: ({ ctx }) => listCatalogue(live, ctx),
      catalogueEntry: ({ ctx, query }) => showEvent(live, ctx, query.name),
      describe: ({ ctx, body }) => describeEvent({ database, audit: options.access.audit }, ctx, body),
      nameProperty: ({ ctx, body }) => nameProperty({ database, audit: options.access.audit }, ctx, body),
      titles: ({ ctx }) => listTitles(live, ctx),
      names: ({ ctx, query }) => offeredNames({ database, ch }, ctx, query.search),
      properties: ({ ctx, query }) => eventProperties(live, ctx, query.event),
      volume: ({ ctx, query }) => eventVolume(ch, ctx, query.hours, query.name),
    }),
    words: {
      names: (ctx) => offeredNames({ database, ch }, ctx, undefined),
      titles: (ctx) => listTitles(live, ctx),
      properties: (ctx, event) => eventProperties(live, ctx, event),
    },
    serveTracking: tracking.serve,
    committed,
    take: tracking.take,
    countOlder: (ctx, before) => countOlder(ch, ctx, before),
    forgetOlder: (ctx, before, progress) => forgetOlder(takingBack, ctx, before, progress),
    takeBack: (ctx, of, progress) => takeBackItems(takingBack, ctx, of, progress),
    settled: (ctx) => settled({ database, metrics, recovery }, ctx),
    visibleUpTo: (ctx) => visibleUpTo({ database, recovery }, ctx),
    eraseEvents: (workspace, units, found) => eraseEvents({ ch, projections }, workspace, units, found),
    countEvents: (workspace, units) => countEvents({ ch, projections }, workspace, units),
    rebuild: (progress) =>
      projector.exclusive(async () => {
        // It would take away what says whose first sights must move.
        await finishOpen(removing, projector.inside)
        return recovery.rebuildAll(progress)
      }),
    start: () => projector.start(),
    stop: async () => {
      recovery.stop()
      await tracking.stop()
      await projector.stop()
    },
  }
}
