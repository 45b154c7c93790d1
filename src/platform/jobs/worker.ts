import { sql } from 'kysely'
import type { Clock } from '#platform/clock.ts'
import { systemCtx, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { randomText } from '#platform/ids.ts'
import type { Log } from '#platform/log.ts'
import type { Database } from '#platform/pg/database.ts'

export type JobRun = {
  id: string
  ctx: WorkspaceCtx
  payload: Record<string, unknown>
  attempt: number
  /** Share done, 0–1, and a short sentence; throws when the job was cancelled or its lease is lost. */
  progress(done: number, note?: string): Promise<void>
  signal: AbortSignal
}
export type JobKind = { kind: string; run: (job: JobRun) => Promise<unknown>; maxAttempts?: number }

type JobRow = {
  id: string
  kind: string
  payload: Record<string, unknown>
  attempts: number
  workspace_id: number
  public_id: string
  timezone: string
}

// A killed worker's job is free again after this long; the research notes a peer that needs 4 h.
const leaseSeconds = 30

/** Polls the queue (and listens for new jobs), runs up to `concurrency` at once, retries with backoff. */
export function startWorker(deps: {
  database: Database
  log: Log
  clock: Clock
  kinds: readonly JobKind[]
  concurrency?: number
}): { stop(): Promise<void>; wake(): void } {
  const kinds = new Map(deps.kinds.map((kind) => [kind.kind, kind]))
  const running = new Set<Promise<void>>()
  const stopping = new AbortController()
  let wakeUp: () => void = () => undefined
  const worker = randomText(8)

  async function claim(): Promise<JobRow | undefined> {
    return deps.database.system((tx) =>
      tx.row<JobRow>(sql`
        update platform.job j set state = 'running', attempts = attempts + 1, worker = ${worker},
          lease_until = pg_catalog.now() + make_interval(secs => ${leaseSeconds}), started_at = coalesce(started_at, pg_catalog.now())
        from platform.workspace w
        where w.num = j.workspace_id and j.id = (
          select id from platform.job
          where (state = 'waiting' and run_at <= pg_catalog.now()) or (state = 'running' and lease_until < pg_catalog.now())
          order by run_at for update skip locked limit 1)
        returning j.id, j.kind, j.payload, j.attempts, j.workspace_id, w.id as public_id, w.timezone`),
    )
  }

  async function runJob(row: JobRow): Promise<void> {
    const abort = new AbortController()
    const stop = () => abort.abort()
    stopping.signal.addEventListener('abort', stop)
    const beat = setInterval(() => void heartbeat(row, worker, deps.database, abort).catch(stop), 10_000)
    try {
      const kind = kinds.get(row.kind)
      if (!kind) throw new AppError('job.unknown_kind', 'bug', `No handler for jobs of kind ${row.kind}.`)
      const workspace = { num: row.workspace_id, id: row.public_id, timezone: row.timezone }
      const ctx = { ...systemCtx(workspace, deps.clock.now(), row.kind), signal: abort.signal }
      const progress = async (done: number, note?: string) => {
        if (abort.signal.aborted || !(await heartbeat(row, worker, deps.database, abort, done, note)))
          throw new AppError('job.cancelled', 'conflict', 'The job was cancelled.')
      }
      const result = await kind.run({
        id: row.id,
        ctx,
        payload: row.payload,
        attempt: row.attempts,
        progress,
        signal: abort.signal,
      })
      await finish(row, 'done', { result })
    } catch (error) {
      await fail(row, error)
    } finally {
      clearInterval(beat)
      stopping.signal.removeEventListener('abort', stop)
    }
  }

  async function fail(row: JobRow, error: unknown): Promise<void> {
    if (stopping.signal.aborted) return finish(row, 'waiting', {}) // the next start takes it up again
    const fault = error instanceof AppError ? error : undefined
    if (fault?.code === 'job.cancelled') return finish(row, 'cancelled', {})
    deps.log.warn({ err: error, job: row.id, kind: row.kind, attempt: row.attempts }, 'job failed')
    const final = row.attempts >= (kinds.get(row.kind)?.maxAttempts ?? 8) || fault?.kind === 'invalid'
    const message = fault
      ? { code: fault.code, message: fault.message, ...fault.details }
      : { code: 'internal' }
    await finish(row, final ? 'failed' : 'waiting', { error: message, delay: final ? 0 : 2 ** row.attempts })
  }

  async function finish(
    row: JobRow,
    state: string,
    extra: { result?: unknown; error?: unknown; delay?: number },
  ) {
    await deps.database.system((tx) =>
      tx.run(sql`
        update platform.job set state = ${state}, lease_until = null, worker = null,
          result = ${JSON.stringify(extra.result ?? null)}::jsonb, error = ${JSON.stringify(extra.error ?? null)}::jsonb,
          run_at = pg_catalog.now() + make_interval(secs => ${extra.delay ?? 0}),
          finished_at = case when ${state} in ('done', 'failed', 'cancelled') then pg_catalog.now() end
        where id = ${row.id} and worker = ${worker}`),
    )
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      const woken = new Promise<void>((resolve) => {
        wakeUp = resolve
      })
      const row = running.size < (deps.concurrency ?? 2) ? await claim().catch(logged) : undefined
      if (!row) {
        await Promise.race([woken, sleep(1000)])
        continue
      }
      const run: Promise<void> = runJob(row)
        .catch(logged)
        .then(() => {
          running.delete(run)
          wakeUp()
        })
      running.add(run)
    }
  }
  const logged = (error: unknown) => {
    deps.log.error({ err: error }, 'job worker')
    return undefined
  }
  const loops = loop()
  return {
    wake: () => wakeUp(),
    stop: async () => {
      stopping.abort()
      wakeUp()
      await loops
      await Promise.allSettled(running)
    },
  }
}

/** Extends the lease; false when the job is no longer ours (cancelled, or taken over). */
async function heartbeat(
  row: JobRow,
  worker: string,
  database: Database,
  abort: AbortController,
  done?: number,
  note?: string,
): Promise<boolean> {
  const touched = await database.system((tx) =>
    tx.run(sql`
      update platform.job set lease_until = pg_catalog.now() + make_interval(secs => ${leaseSeconds}),
        progress = coalesce(${done ?? null}::real, progress), note = coalesce(${note ?? null}, note)
      where id = ${row.id} and worker = ${worker} and state = 'running' and not cancel_requested`),
  )
  if (touched === 0) abort.abort()
  return touched > 0
}

const sleep = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms).unref()
  })
