import { compareEvents, type EventsAgreement } from '#modules/collect/server/events-agree.ts'
import { lockCheckpoint, moveCheckpoint } from '#modules/collect/server/log-store.ts'
import { type RebuildDeps, rebuildEvents, replaceRange } from '#modules/collect/server/rebuild-events.ts'
import type { PeopleSource } from '#modules/profiles/index.ts'
import { AppError } from '#platform/errors.ts'
import type { Log } from '#platform/log.ts'

export type Rebuilt = { events: number; people: number }
export type Recovery = {
  /** False until ClickHouse was compared with Postgres, and while it is being rebuilt. */
  readonly isTrusted: boolean
  /** Share of a rebuild that is done; null when none is under way. */
  readonly share: number | null
  /** Of the items that were projected, how many can be relied on in answers now. */
  shown(counter: { accepted: number; projected: number }): number
  /** At the start, inside the projector's turn: what ClickHouse lacks is shipped again. */
  heal(): Promise<void>
  /** Empties and rebuilds everything; inside the projector's turn. */
  rebuildAll(progress: (share: number) => Promise<void>): Promise<Rebuilt>
  /** The program is about to end: stops at the next step, and the next start goes on. */
  stop(): void
}

export type RecoveryDeps = RebuildDeps & {
  log: Log
  people: PeopleSource
  /** After people or events were rebuilt: memberships follow, silently. */
  afterRebuild: () => Promise<void>
}

/** Makes ClickHouse equal to its sources again: by a command, or by itself when a start finds it behind. */
export function createRecovery(deps: RecoveryDeps): Recovery {
  let trusted = false
  let share: number | null = null
  let stopped = false
  // Events are most of the work: they get the first 70 % of the bar.
  const weightOfEvents = 0.7

  async function rebuildAll(progress: (share: number) => Promise<void>): Promise<Rebuilt> {
    const report = async (done: number) => {
      advance(done)
      await progress(share ?? 0)
    }
    trusted = false
    await report(0)
    // Noted first: whatever interrupts this, the next start begins it again.
    await mark(1)
    const events = await rebuildEvents(deps, (done) => report(done * weightOfEvents))
    const people = await deps.people.rebuild((done) =>
      report(weightOfEvents + done * (0.98 - weightOfEvents)),
    )
    await finish()
    await mark(0)
    await report(1)
    trust()
    return { events, people }
  }

  async function heal(): Promise<void> {
    if (trusted) return
    const found = await compareEvents(deps)
    if ((await isMarked()) || isMostlyGone(found)) {
      deps.log.warn(
        { events: found.events, missing: found.missing },
        'ClickHouse is empty or half built: rebuilding it from Postgres',
      )
      const done = await rebuildAll(async () => undefined)
      deps.log.info(done, 'ClickHouse is rebuilt')
      return
    }
    if (await healParts(found)) await finish()
    trust()
  }

  async function healParts({ differing, missing, spansAgree }: EventsAgreement): Promise<boolean> {
    const peopleDiffer = !(await deps.people.agree())
    if (differing.length === 0 && spansAgree && !peopleDiffer) return false
    deps.log.warn(
      { ranges: differing, missing, spansAgree, peopleDiffer },
      'ClickHouse lost rows: shipping them again',
    )
    for (const [at, range] of differing.entries()) {
      advance(at / differing.length)
      await replaceRange(deps, range)
    }
    if (!spansAgree)
      await deps.ch.command(
        'INSERT INTO unit_activity (ws, unit, first, last) SELECT ws, unit, min(least(time, received_at)), max(least(time, received_at)) FROM events GROUP BY ws, unit',
      )
    if (peopleDiffer) await deps.people.rebuild(async (done) => advance(done))
    deps.log.info('ClickHouse has what it lost')
    return true
  }

  function advance(done: number): void {
    if (stopped)
      throw new AppError(
        'rebuild.stopped',
        'busy',
        'The server is stopping; its next start goes on with this.',
      )
    share = Math.min(1, done)
  }

  async function finish(): Promise<void> {
    await deps.recogniser.reloadAnalytics()
    await deps.afterRebuild()
  }

  function trust(): void {
    trusted = true
    share = null
  }

  const mark = (seq: number) => deps.database.system((tx) => moveCheckpoint(tx, 'rebuilding', seq))
  const isMarked = () => deps.database.system(async (tx) => (await lockCheckpoint(tx, 'rebuilding')) > 0)

  return {
    get isTrusted() {
      return trusted
    },
    get share() {
      return share
    },
    shown: ({ accepted, projected }) => {
      if (trusted || accepted === 0) return projected
      return Math.min(Math.floor(projected * (share ?? 1)), accepted - 1)
    },
    heal,
    rebuildAll,
    stop: () => {
      stopped = true
    },
  }
}

// Above this, removing ranges one by one costs more than starting over.
const isMostlyGone = ({ events, missing }: EventsAgreement) => missing > events / 2
