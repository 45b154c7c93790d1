import type { CollectMetrics } from '#modules/collect/server/collect-metrics.ts'
import type { FailedItem } from '#modules/collect/server/failed-items.ts'
import { isOutage } from '#modules/collect/server/is-outage.ts'
import { lockCheckpoint, type StoredBatch } from '#modules/collect/server/log-store.ts'
import { createPace } from '#modules/collect/server/pace.ts'
import { findPoison, type Trial } from '#modules/collect/server/poison-search.ts'
import {
  type BeforeShipping,
  type ProjectedRange,
  projectRange,
  type RangeDeps,
  type Refused,
} from '#modules/collect/server/project-range.ts'
import { createSuspicion } from '#modules/collect/server/suspicion.ts'
import { AppError } from '#platform/errors.ts'
import type { Log } from '#platform/log.ts'
import type { Database, Tx } from '#platform/pg/database.ts'

export type GuardedDeps = RangeDeps & {
  database: Database
  log: Log
  metrics: CollectMetrics
}
export type GuardedProjection = {
  /** Projects what comes next in the log; undefined at its end. Inside the projector's turn. */
  next(): Promise<ProjectedRange | undefined>
  /** The last range failed and the next attempt takes less of it: it need not wait long. */
  readonly isNarrowing: boolean
}

// Reactions cost per range and per person in it: with 50 segments, ranges of 50,000 took two thirds of the CPU that
// ranges of 20,000 took. The least is a tenth of a second's work or two.
const mostItems = 50_000
const leastItems = 1000

/**
 * Projects range by range, and sees to it that an item nobody foresaw cannot stop everything behind it: a range that
 * fails again and again is narrowed down to one log row, and in it to the items that fail, which are rejected.
 */
export function createGuardedProjection(
  deps: GuardedDeps,
  turn: {
    /** Puts right what a failure left behind. */
    makeSure: () => Promise<void>
    /** Notes that memory and ClickHouse are in doubt when the work fails. */
    attempt: <T>(work: () => Promise<T>) => Promise<T>
    /** What comes after `seq` in the log, up to about so many items. */
    read: (tx: Tx, seq: number, items: number) => Promise<StoredBatch[]>
    beforeShipping: BeforeShipping
    isStopping: () => boolean
  },
): GuardedProjection {
  const suspicion = createSuspicion()
  const pace = createPace(leastItems, mostItems)
  let isNarrowing = false

  const trial: Trial = async (row, without) => {
    if (turn.isStopping()) throw stopped() // a search may take minutes; the next start begins it again
    await turn.makeSure()
    const undone = new Error('a trial is over')
    await turn
      .attempt(() =>
        deps.database.system(async (tx) => {
          await lockCheckpoint(tx, 'projected')
          await projectRange(deps, tx, [row], async () => undefined, without)
          throw undone
        }),
      )
      .catch((error: unknown) => {
        if (error !== undone) throw error
      })
  }

  const readNext = async (tx: Tx) =>
    suspicion.narrow(await turn.read(tx, await lockCheckpoint(tx, 'projected'), pace.items))

  async function refusedOfNext(): Promise<Refused | undefined> {
    const [row] = await deps.database.system(readNext)
    if (!row) return undefined
    const { seq, workspace, items } = row
    deps.log.warn({ seq, workspace, items }, 'a log row fails every time: looking for the item')
    const refused = await findPoison(deps, row, trial)
    await turn.makeSure()
    return refused
  }

  async function project(refused?: Refused): Promise<ProjectedRange | undefined> {
    let rows: StoredBatch[] = []
    // What reactions to the range before have failed on is not in this one.
    let elsewhere: unknown
    const beforeShipping: BeforeShipping = () =>
      turn.beforeShipping().catch((error: unknown) => {
        elsewhere = error
        throw error
      })
    try {
      const range = await turn.attempt(() =>
        deps.database.system(async (tx) => {
          rows = await readNext(tx)
          return rows.length === 0 ? undefined : projectRange(deps, tx, rows, beforeShipping, refused)
        }),
      )
      if (range) {
        suspicion.passed(range.to)
        pace.passed()
      }
      return range
    } catch (error) {
      pace.failed()
      if (error !== elsewhere && !isOutage(error)) {
        suspicion.failed(rows)
        isNarrowing = suspicion.isSearching && refused === undefined
      }
      throw error
    }
  }

  function announce(failed: readonly FailedItem[]): void {
    for (const { seq, idx, workspace, error } of failed) {
      deps.metrics.failedItem()
      deps.log.error(
        { item: `${seq}:${idx}`, workspace, error },
        'an item cannot be projected and was rejected',
      )
    }
  }

  return {
    get isNarrowing() {
      return isNarrowing
    },
    next: async () => {
      isNarrowing = false
      const refused = suspicion.isCornered ? await refusedOfNext() : undefined
      const range = await project(refused)
      if (range) announce(range.failed)
      return range
    },
  }
}

const stopped = () => new AppError('projector.stopping', 'busy', 'The server is stopping.', { retryAfter: 2 })
