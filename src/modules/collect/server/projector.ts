import type { CollectMetrics } from '#modules/collect/server/collect-metrics.ts'
import type { Turns } from '#modules/collect/server/finish-removal.ts'
import { createGuardedProjection } from '#modules/collect/server/guarded-projection.ts'
import {
  countProjected,
  holdReacted,
  lockCheckpoint,
  outcomeOf,
  readLogAfter,
} from '#modules/collect/server/log-store.ts'
import type { ProjectedRange, RangeDeps } from '#modules/collect/server/project-range.ts'
import type { Recovery } from '#modules/collect/server/recovery.ts'
import { removeTail } from '#modules/collect/server/remove-tail.ts'
import { createSingleWriter } from '#modules/collect/server/single-writer.ts'
import { withPatience } from '#modules/collect/server/with-patience.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Log } from '#platform/log.ts'
import type { Database } from '#platform/pg/database.ts'
import type { PeopleChange, PeopleReactor } from '#slots/people-change.ts'
import type { PeopleWork, PeopleWriter } from '#slots/people-writer.ts'

export type Projector = PeopleWriter & {
  start(): void
  /** New rows are in the log. */
  poke(): void
  stop(): Promise<void>
  /** Runs while no range is being projected, whatever state ClickHouse is in: for rebuilding it. */
  exclusive<T>(work: () => Promise<T>): Promise<T>
  /** The same, with ClickHouse known to agree with Postgres. */
  inTurn<T>(work: () => Promise<T>): Promise<T>
  /** For who has the turn already. What is written there is reacted to before the next range, with everybody looked at. */
  inside: Turns
  /** Something was begun that must be finished before anything else is written: the next turn sees to it. */
  leaveToNextTurn(): void
}

export type ProjectorDeps = RangeDeps & {
  database: Database
  log: Log
  reactors: readonly PeopleReactor[]
  metrics: CollectMetrics
  recovery: Pick<Recovery, 'isTrusted' | 'heal'>
  /** What is out of the log goes out of ClickHouse; answers whether there was any. */
  finishRemovals: (inside: Turns) => Promise<boolean>
}

/** The single writer of people and events: reads the log in order, projects, then lets the reactors run. */
export function createProjector(deps: ProjectorDeps): Projector {
  const writer = createSingleWriter(deps.database)
  const guarded = createGuardedProjection(deps, {
    makeSure,
    attempt,
    read: readLogAfter,
    // Reactions to one range run beside the preparation of the next, on the other core; what they ask must not change
    // under them, so shipping waits for them.
    beforeShipping: () => deps.metrics.timed('wait for reactions', reacted),
    isStopping: () => stopping,
  })
  let stopping = false
  let dirty = true // something may be in ClickHouse beyond the checkpoint
  let isFirst = true
  let poked: () => void = () => undefined
  let turn: Promise<unknown> = Promise.resolve()
  let reacting: Promise<void> = Promise.resolve() // to the last range, while the next one is prepared
  let loop: Promise<void> | undefined

  function inOrder<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work, work)
    turn = mine.catch(() => undefined) // the caller gets the error; the queue only needs the end
    return mine
  }

  /** The end of the reactions under way; their failure is told once, and `dirty` makes the next turn repair it. */
  async function reacted(): Promise<void> {
    const last = reacting
    reacting = Promise.resolve()
    await last
  }

  function exclusive<T>(work: () => Promise<T>): Promise<T> {
    return inOrder(async () => {
      await reacted().catch((error) => deps.log.error({ err: error }, 'reactions failed; they start over'))
      return work()
    })
  }

  /** In a turn, for somebody who may not want to wait for it: a clean-up on a full disk takes until there is room. */
  function inTurnOf<T>({ patienceMs }: { patienceMs?: number }, work: () => Promise<T>): Promise<T> {
    return withPatience(patienceMs, (begin) =>
      exclusive(async () => {
        await makeSure()
        if (!begin()) throw withdrawn()
        return work()
      }),
    )
  }

  /** Before anything is read or written in a turn: what a failure left behind is put right. */
  async function makeSure(): Promise<void> {
    if (await writer.claim()) forget()
    if (!dirty && deps.recovery.isTrusted) return
    await reacted()
    await cleanUp()
  }

  async function projectNext(): Promise<boolean> {
    await makeSure()
    const range = await guarded.next()
    if (range) {
      count(range)
      reacting = afterCommit(range.changes)
      reacting.catch(() => undefined) // told by `reacted`
    } else await reacted()
    return range !== undefined
  }

  /** Whatever fails between shipping and commit leaves memory and ClickHouse in doubt: both start over. */
  async function attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      forget()
      throw error
    }
  }

  function forget(): void {
    dirty = true
    deps.dedup.forget()
    deps.recogniser.reset()
  }

  async function cleanUp(): Promise<void> {
    const seq = await deps.database.system((tx) => lockCheckpoint(tx, 'projected'))
    const tail = await removeTail(deps.ch, seq)
    const isRepaired = await deps.recogniser.reloadAnalytics()
    // After a failure of this process in any case: the one who found rows to remove may have come no further.
    if (tail > 0 || isRepaired || !isFirst) for (const one of deps.reactors) await one.takenBack?.()
    isFirst = false
    // Before the comparison, which would ship what is not out of the log, and remove the rest, but not what followed from it.
    if (await deps.finishRemovals(inside)) await deps.recogniser.publish()
    await deps.recovery.heal()
    await reactToAll()
    dirty = false
  }

  /** A write of who has the turn. The caller reacts, or whoever comes next. */
  async function commit<T>(ctx: Pick<WorkspaceCtx, 'workspace'>, work: PeopleWork<T>) {
    // Until the reactors have run, a start after a crash must let them look at everybody.
    await deps.database.system((tx) => holdReacted(tx))
    return attempt(() =>
      deps.database.write(ctx, async (tx) => {
        const done = await work(tx)
        for (const one of done.shipments) await deps.ch.insertLines(one.table, one.lines)
        for (const listener of deps.listeners) await listener.changing(tx, [done.change])
        return done
      }),
    )
  }
  const inside: Turns = {
    inTurn: (work) => work(),
    write: async (ctx, work) => (await commit(ctx, work)).result,
  }

  /** A crash after a commit may have skipped the reactors: they look at everybody once. */
  async function reactToAll(): Promise<void> {
    const behind = await deps.database.system(async (tx) => {
      const [projected, reacted] = [
        await lockCheckpoint(tx, 'projected'),
        await lockCheckpoint(tx, 'reacted'),
      ]
      return projected > reacted
    })
    if (!behind) return
    for (const reactor of deps.reactors) await reactor.reactToAll()
    await finishReacting()
  }

  async function afterCommit(changes: readonly PeopleChange[]): Promise<void> {
    try {
      await deps.metrics.timed('publish', () => deps.recogniser.publish())
      for (const reactor of deps.reactors)
        await deps.metrics.timed(`react ${reactor.name}`, () => reactor.react(changes))
      await finishReacting()
    } catch (error) {
      dirty = true
      throw error
    }
  }

  // Not the locked checkpoint: the next range holds it. It has committed nothing yet, so the counters are of this one.
  const finishReacting = () => deps.database.system((tx) => countProjected(tx))

  function count(range: ProjectedRange): void {
    for (const { outcomes } of range.verdicts) {
      const totals = [0, 0, 0, 0]
      for (const code of outcomes) totals[code]!++
      for (const [code, items] of totals.entries())
        if (items > 0) deps.metrics.projected(outcomeOf(code), items)
    }
  }

  async function run(): Promise<void> {
    let failures = 0
    while (!stopping) {
      const news = new Promise<void>((resolve) => {
        poked = resolve
      })
      try {
        const worked = await inOrder(projectNext)
        failures = 0
        if (!worked) await Promise.race([news, pause(500)])
      } catch (error) {
        failures++
        const elsewhere = error instanceof AppError && error.code === 'projector.elsewhere'
        if (!elsewhere) deps.log.error({ err: error, failures }, 'projection failed; trying again')
        else if (failures === 1) deps.log.info(error.message)
        await pause(guarded.isNarrowing ? 50 : Math.min(5000, 100 * 2 ** failures))
      }
    }
  }

  return {
    exclusive,
    inside,
    leaveToNextTurn: () => {
      dirty = true
      poked()
    },
    inTurn: (work) => exclusive(() => makeSure().then(work)),
    start: () => {
      loop = run()
    },
    poke: () => poked(),
    stop: async () => {
      stopping = true
      poked()
      await loop
      await turn
      await reacted().catch((error) => deps.log.error({ err: error }, 'reactions failed while stopping'))
      await writer.release()
    },
    write: (ctx, work) =>
      inTurnOf(ctx, async () => {
        const { result, change } = await commit(ctx, work)
        await afterCommit([change])
        return result
      }),
  }
}

/** Heard by nobody: who asked was told that it is a bad moment. */
const withdrawn = () => new AppError('people.withdrawn', 'busy', 'Nobody waits for this change any more.')

const pause = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms)
  })
