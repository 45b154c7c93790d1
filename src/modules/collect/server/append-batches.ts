import { type RawBuilder, sql } from 'kysely'
import { encodeFrames, type Frame } from '#modules/collect/server/log-format.ts'
import { AppError } from '#platform/errors.ts'
import type { Log } from '#platform/log.ts'
import type { Database } from '#platform/pg/database.ts'

export type Received = { workspace: number; items: number; frame: Frame }
type Waiting = Received & { bytes: number; done: () => void; failed: (error: unknown) => void }

export type Appender = {
  /** Resolves after the commit that holds this request; rejects with `busy` or `limited` when it cannot take it. */
  append(received: Received): Promise<void>
  /** Commits what is waiting, then refuses. */
  stop(): Promise<void>
  readonly queuedBytes: number
}

// Everybody waits behind one commit, and SDKs give up after 10 s at the earliest: by then they have been told to retry.
const statementMs = 5000

/**
 * Group commit: requests gather for a few milliseconds, become one compressed row per workspace and one fsync,
 * and only then is anybody answered. Bounded in bytes; one workspace may hold half of the queue at most.
 */
export function startAppender(deps: {
  database: Database
  log: Log
  flushMs: number
  maxBytes: number
  onCommit: (items: number) => void
}): Appender {
  let waiting: Waiting[] = []
  let queuedBytes = 0
  let stopped = false
  const bytesOf = new Map<number, number>()
  let timer: NodeJS.Timeout | undefined
  let committing: Promise<void> | undefined

  function append(received: Received): Promise<void> {
    const bytes = received.frame.body.length + 512
    const mine = bytesOf.get(received.workspace) ?? 0
    if (stopped) throw busy('collect.stopping', 'The server is stopping.')
    // Whatever the limits, a request alone is taken: refused now, it would be refused for ever.
    if (queuedBytes > 0 && queuedBytes + bytes > deps.maxBytes)
      throw busy('collect.overloaded', 'More is coming in than can be stored.')
    if (mine > 0 && mine + bytes > deps.maxBytes / 2)
      throw new AppError(
        'collect.workspace_overloaded',
        'limited',
        'This workspace sends faster than its share.',
        {
          retryAfter: 1,
        },
      )
    queuedBytes += bytes
    bytesOf.set(received.workspace, mine + bytes)
    return new Promise((done, failed) => {
      waiting.push({ ...received, bytes, done, failed })
      schedule()
    })
  }

  function schedule(): void {
    if (timer || committing || waiting.length === 0) return
    timer = setTimeout(() => {
      timer = undefined
      committing = flush().finally(() => {
        committing = undefined
        schedule()
      })
    }, deps.flushMs)
  }

  async function flush(): Promise<void> {
    const group = waiting
    waiting = []
    try {
      await deps.database.systemStatement(appendSql(await rowsOf(group)), { statementMs })
      for (const one of group) one.done()
      deps.onCommit(group.reduce((sum, one) => sum + one.items, 0))
    } catch (error) {
      deps.log.warn(
        { err: error, requests: group.length },
        'log commit failed; the senders are asked to retry',
      )
      const refusal = busy('collect.storage_unavailable', 'Events cannot be stored right now.', error)
      for (const one of group) one.failed(refusal)
    } finally {
      for (const one of group) release(one)
    }
  }

  function release(one: Waiting): void {
    queuedBytes -= one.bytes
    const left = (bytesOf.get(one.workspace) ?? 0) - one.bytes
    if (left > 0) bytesOf.set(one.workspace, left)
    else bytesOf.delete(one.workspace)
  }

  return {
    append,
    get queuedBytes() {
      return queuedBytes
    },
    stop: async () => {
      stopped = true
      while (waiting.length > 0 || committing) {
        await committing
        if (timer) clearTimeout(timer)
        timer = undefined
        if (waiting.length > 0 && !committing) await flush()
      }
    },
  }
}

const busy = (code: string, message: string, cause?: unknown) =>
  new AppError(code, 'busy', message, { retryAfter: 1, cause })

type LogRow = { workspace: number; items: number; receivedAt: Date; payload: Buffer }

async function rowsOf(group: readonly Waiting[]): Promise<LogRow[]> {
  const byWorkspace = Map.groupBy(group, (one) => one.workspace)
  return Promise.all(
    [...byWorkspace].map(async ([workspace, requests]) => ({
      workspace,
      items: requests.reduce((sum, one) => sum + one.items, 0),
      receivedAt: new Date(requests[0]?.frame.receivedAt ?? 0),
      payload: await encodeFrames(requests.map((one) => one.frame)),
    })),
  )
}

// Held until commit, so that a lower seq is always visible before a higher one, with any number of collectors.
const orderLock = 7_340_001

function appendSql(rows: readonly LogRow[]): RawBuilder<unknown> {
  return sql`
    with turn as materialized (select pg_advisory_xact_lock(${orderLock})),
    given as (
      select * from unnest(${rows.map((row) => row.workspace)}::int[], ${rows.map((row) => row.items)}::int[],
        ${rows.map((row) => row.receivedAt)}::timestamptz[], ${rows.map((row) => row.payload)}::bytea[])
        as g (workspace_id, items, received_at, payload)),
    counted as (
      insert into collect.counter as c (workspace_id, accepted) select workspace_id, items from given, turn
      on conflict (workspace_id) do update set accepted = c.accepted + excluded.accepted)
    insert into collect.log_batch (seq, workspace_id, received_at, items, payload)
    select nextval('collect.log_seq'), workspace_id, received_at, items, payload from given, turn`
}
