import type { Clock } from '#platform/clock.ts'
import { systemCtx, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { randomText } from '#platform/ids.ts'
import { claimJob, finishJob, type JobRow, renewLease } from '#platform/jobs/job-queue.ts'
import type { Log } from '#platform/log.ts'
import type { Database } from '#platform/pg/database.ts'
import { listen } from '#platform/pg/listen.ts'

export type JobRun = {
  id: string
  ctx: WorkspaceCtx
  payload: Record<string, unknown>
  attempt: number
  /** Share done, 0–1, and a short sentence; throws when the job was cancelled or its lease is lost. */
  progress(done: number, note?: string): Promise<void>
  /** Aborts when the job is cancelled, its lease is lost, or the program stops. */
  signal: AbortSignal
}
/** Thrown by a job that must wait for something else: it gives its place away and is tried again, as if it had not begun. */
export const later = (seconds: number) =>
  new AppError('job.later', 'busy', 'The job waits for something else.', { retryAfter: seconds })

export type JobKind = { kind: string; run: (job: JobRun) => Promise<unknown>; maxAttempts?: number }

export type WorkerDeps = {
  database: Database
  log: Log
  clock: Clock
  kinds: readonly JobKind[]
  concurrency?: number
  /** A killed worker's job is free again after this long; a peer in the research needs 4 h. */
  leaseSeconds?: number
}
type Worker = WorkerDeps & {
  lease: { worker: string; seconds: number }
  stopping: AbortSignal
  /** Signs of life of the jobs running here, by id. */
  beats: Map<string, () => void>
}

/** Polls the queue (and listens for new jobs), runs up to `concurrency` at once, retries with backoff. */
export function startWorker(deps: WorkerDeps): { stop(): Promise<void>; wake(): void } {
  const stopping = new AbortController()
  const running = new Set<Promise<void>>()
  let wakeUp: () => void = () => undefined
  const lease = { worker: randomText(8), seconds: deps.leaseSeconds ?? 30 }
  const worker: Worker = { ...deps, lease, stopping: stopping.signal, beats: new Map() }
  const logged = (error: unknown) => {
    deps.log.error({ err: error }, 'job worker')
    return undefined
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      const woken = new Promise<void>((resolve) => {
        wakeUp = resolve
      })
      const free = running.size < (deps.concurrency ?? 2)
      const row = free ? await claimJob(deps.database, lease).catch(logged) : undefined
      if (!row) {
        await Promise.race([woken, sleep(1000)])
        continue
      }
      const run: Promise<void> = runJob(worker, row)
        .catch(logged)
        .then(() => {
          running.delete(run)
          wakeUp()
        })
      running.add(run)
    }
  }
  const heard = (told: string | undefined) => {
    if (told === undefined) for (const live of worker.beats.values()) live()
    else worker.beats.get(told)?.()
    wakeUp()
  }
  // Told of a new job by nothing or its kind, of a running one that is cancelled by its id; polling finds both.
  const listener = listen(deps, 'headwater_job', heard, stopping.signal)
  const loops = loop()
  return {
    wake: () => wakeUp(),
    stop: async () => {
      stopping.abort()
      wakeUp()
      await Promise.all([loops, listener])
      await Promise.allSettled(running)
    },
  }
}

async function runJob(worker: Worker, row: JobRow): Promise<void> {
  const { database, lease } = worker
  const kind = worker.kinds.find((one) => one.kind === row.kind)
  // Claimed while stopping: a job must never begin with a signal that has already spoken.
  if (worker.stopping.aborted) return finishJob(database, row, lease, 'waiting', { giveBackAttempt: true })
  if (row.cancel_requested) return finishJob(database, row, lease, 'cancelled')
  // Only crashes lead here: failures end at `maxAttempts`. A job that kills its process must not do so for ever.
  if (row.attempts > attemptsOf(kind))
    return finishJob(database, row, lease, 'failed', { error: { code: 'job.worker_lost' } })
  const abort = new AbortController()
  const { signal } = abort
  const stop = () => abort.abort()
  worker.stopping.addEventListener('abort', stop)
  let cancelled = false
  const check = async (progress?: { done: number; note?: string }) => {
    const standing = await renewLease(database, row, lease, progress)
    if (standing === 'cancelled') cancelled = true
    if (standing !== 'ours') stop()
  }
  const live = () => void check().catch(stop)
  const beat = setInterval(live, (lease.seconds * 1000) / 3)
  worker.beats.set(row.id, live)
  const progress = async (done: number, note?: string) => {
    if (!signal.aborted) await check({ done, ...(note === undefined ? {} : { note }) })
    if (signal.aborted) throw new AppError('job.cancelled', 'conflict', 'The job was cancelled.')
  }
  try {
    if (!kind) throw new AppError('job.unknown_kind', 'bug', `No handler for jobs of kind ${row.kind}.`)
    const workspace = { num: row.workspace_id, id: row.public_id, timezone: row.timezone }
    const ctx = { ...systemCtx(workspace, worker.clock.now(), row.kind), signal }
    const result = await kind.run({
      id: row.id,
      ctx,
      payload: row.payload,
      attempt: row.attempts,
      progress,
      signal,
    })
    await finishJob(database, row, lease, 'done', { result })
  } catch (error) {
    if (cancelled) await finishJob(database, row, lease, 'cancelled')
    else await fail(worker, row, attemptsOf(kind), error)
  } finally {
    clearInterval(beat)
    worker.beats.delete(row.id)
    worker.stopping.removeEventListener('abort', stop)
  }
}

async function fail(worker: Worker, row: JobRow, maxAttempts: number, error: unknown): Promise<void> {
  const { database, lease, log, stopping } = worker
  // The next start takes it up again; stopping is not the job's failure.
  if (stopping.aborted) return finishJob(database, row, lease, 'waiting', { giveBackAttempt: true })
  const fault = error instanceof AppError ? error : undefined
  if (fault?.code === 'job.cancelled') return finishJob(database, row, lease, 'cancelled')
  if (fault?.code === 'job.later')
    return finishJob(database, row, lease, 'waiting', {
      giveBackAttempt: true,
      delaySeconds: fault.retryAfter ?? 1,
    })
  log.warn({ err: error, job: row.id, kind: row.kind, attempt: row.attempts }, 'job failed')
  const message = fault
    ? { code: fault.code, message: fault.message, ...fault.details }
    : { code: 'internal' }
  const final = row.attempts >= maxAttempts || fault?.kind === 'invalid'
  if (final) return finishJob(database, row, lease, 'failed', { error: message })
  return finishJob(database, row, lease, 'waiting', { error: message, delaySeconds: 2 ** row.attempts })
}

const attemptsOf = (kind: JobKind | undefined) => kind?.maxAttempts ?? 8

const sleep = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms).unref()
  })
