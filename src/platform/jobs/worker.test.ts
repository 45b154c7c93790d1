import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest'
import { createDatabase } from '#app/engines.ts'
import { systemClock } from '#platform/clock.ts'
import { AppError } from '#platform/errors.ts'
import { randomText } from '#platform/ids.ts'
import { enqueue, type NewJob } from '#platform/jobs/enqueue.ts'
import { cancelJob } from '#platform/jobs/job-queue.ts'
import { subscriptionsOf } from '#platform/jobs/subscriptions.ts'
import { type JobKind, later, startWorker, type WorkerDeps } from '#platform/jobs/worker.ts'
import { createLog } from '#platform/log.ts'
import { type Database, openDatabase } from '#platform/pg/database.ts'

type Row = {
  id: string
  state: string
  attempts: number
  error: { code: string } | null
  wait: number
  result: unknown
}

let database: Database
let workspace: number
const workers: { stop(): Promise<void> }[] = []

// The queue alone: a whole program's worker would take the jobs.
beforeAll(async () => {
  const { superuserUrl } = inject('engines')
  const name = `jobs_${randomText(10)}`
  await createDatabase(superuserUrl, name, 'headwater_template')
  const url = superuserUrl.replace('/postgres?', `/${name}?`)
  database = openDatabase({ url, subscriptions: subscriptionsOf([]), onError: () => undefined })
  const row = await database.system((tx) =>
    tx.row<{ num: number }>(sql`
      insert into platform.workspace (id, name, timezone) values ('ws_jobs', 'Jobs', 'UTC') returning num`),
  )
  workspace = row!.num
})
afterAll(() => database.close())
beforeEach(() => database.system((tx) => tx.run(sql`delete from platform.job`)))
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop()
})

const add = (job: Partial<NewJob> = {}) =>
  database.system((tx) => enqueue(tx, { kind: 'work', payload: {}, workspace, ...job }))
const rows = () =>
  database.system((tx) =>
    tx.rows<Row>(sql`select id, state, attempts, error, result,
      round(extract(epoch from run_at - pg_catalog.now()))::int as wait from platform.job order by created_at, id`),
  )
const run = (work: JobKind['run'], more: Partial<WorkerDeps> & { maxAttempts?: number } = {}) => {
  const { maxAttempts, ...deps } = more
  const kinds = [{ kind: 'work', run: work, ...(maxAttempts ? { maxAttempts } : {}) }]
  const worker = startWorker({
    database: database,
    clock: systemClock,
    log: createLog('silent'),
    kinds,
    ...deps,
  })
  workers.push(worker)
  return worker
}
const until = (check: (all: Row[]) => void) =>
  vi.waitFor(async () => check(await rows()), { timeout: 15_000 })
const dueNow = () => database.system((tx) => tx.run(sql`update platform.job set run_at = pg_catalog.now()`))
/** What a worker that was killed leaves: a running job nobody renews. */
const orphan = (id: string, attempts: number) =>
  database.system((tx) =>
    tx.run(sql`update platform.job set state = 'running', worker = 'dead', attempts = ${attempts},
      lease_until = pg_catalog.now() - interval '1 second' where id = ${id}`),
  )
const forever = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error))
  })

test('jobs run in the order they came, with their payload and workspace', async () => {
  for (const n of [1, 2, 3]) await add({ payload: { n } })
  const seen: unknown[] = []
  run(async ({ payload, ctx }) => seen.push([payload.n, ctx.workspace.num]), { concurrency: 1 })
  await until((all) => expect(all.map((one) => one.state)).toEqual(['done', 'done', 'done']))
  expect(seen).toEqual([1, 2, 3].map((n) => [n, workspace]))
})

test('a failing job waits longer each time and ends as failed, with the reason', async () => {
  await add()
  let tries = 0
  const worker = run(
    async () => {
      tries++
      throw new AppError('provider.away', 'busy', 'Away.')
    },
    { maxAttempts: 3 },
  )
  for (const [attempts, wait] of [
    [1, 2],
    [2, 4],
  ] as const) {
    await until(([one]) =>
      expect(one).toMatchObject({ state: 'waiting', attempts, error: { code: 'provider.away' } }),
    )
    const [row] = await rows()
    expect(row!.wait).toBeGreaterThanOrEqual(wait - 2)
    expect(row!.wait).toBeLessThanOrEqual(wait)
    await dueNow()
    worker.wake()
  }
  await until(([one]) =>
    expect(one).toMatchObject({ state: 'failed', attempts: 3, error: { code: 'provider.away' } }),
  )
  expect(tries).toBe(3)
})

test('a job that must wait gives its place away, as often as it needs, and it counts as no attempt', async () => {
  const attempts: number[] = []
  run(
    async ({ attempt }) => {
      attempts.push(attempt)
      if (attempts.length < 4) throw later(600)
      return { ready: true }
    },
    { maxAttempts: 2 },
  )
  await add()
  for (let turn = 1; turn < 4; turn++) {
    await until(([job]) => {
      expect(attempts).toHaveLength(turn)
      expect(job).toMatchObject({ state: 'waiting', attempts: 0, error: null })
      // In one look with the state: a row read before the attempt began was waiting, too.
      expect(job?.wait).toBeGreaterThan(500)
    })
    await dueNow()
  }
  await until(([job]) => expect(job).toMatchObject({ state: 'done', result: { ready: true } }))
  expect(attempts).toEqual([1, 1, 1, 1])
})

test('what can never succeed is not repeated, and a bug tells its reader nothing', async () => {
  await add({ payload: { invalid: true } })
  await add({ payload: { invalid: false } })
  const broken = async ({ payload }: { payload: Record<string, unknown> }) => {
    throw payload.invalid ? new AppError('thing.bad', 'invalid', 'Bad.') : new Error('password=hunter2')
  }
  run(broken, { maxAttempts: 1 })
  await until((all) => expect(all.map((one) => one.state)).toEqual(['failed', 'failed']))
  expect((await rows()).map((one) => one.error)).toEqual([
    { code: 'thing.bad', message: 'Bad.' },
    { code: 'internal' },
  ])
})

test("a dead worker's job is taken over within a minute, once its lease has run out", async () => {
  const id = await add()
  await orphan(id, 1)
  run(async () => 'done by another')
  await until(([one]) => expect(one).toMatchObject({ state: 'done', attempts: 2, result: 'done by another' }))
})

test('a living worker keeps its job beyond the lease', async () => {
  await add()
  let finish: () => void = () => undefined
  let runs = 0
  const work = () =>
    new Promise<void>((resolve) => {
      runs++
      finish = resolve
    })
  run(work, { leaseSeconds: 1 })
  run(work, { leaseSeconds: 1 })
  await vi.waitFor(() => expect(runs).toBe(1), { timeout: 10_000 })
  const [first] = await database.system((tx) =>
    tx.rows<{ until: Date }>(sql`select lease_until as until from platform.job`),
  )
  // Renewed three leases further on, it has outlived its first one and nobody took it.
  await vi.waitFor(
    async () => {
      const [now] = await database.system((tx) =>
        tx.rows<{ until: Date }>(sql`select lease_until as until from platform.job`),
      )
      expect(now!.until.getTime() - first!.until.getTime()).toBeGreaterThan(3000)
    },
    { timeout: 15_000 },
  )
  expect(runs).toBe(1)
  finish()
  await until(([one]) => expect(one).toMatchObject({ state: 'done', attempts: 1 }))
})

test('a worker whose lease was lost can no longer say how the job ended', async () => {
  const id = await add()
  let resume: () => void = () => undefined
  const began = new Promise<void>((resolve) => {
    run(async () => {
      resolve()
      await new Promise<void>((go) => {
        resume = go
      })
      return 'late'
    })
  })
  await began
  await database.system((tx) =>
    tx.run(sql`update platform.job set worker = 'another', attempts = 2 where id = ${id}`),
  )
  resume()
  await workers.pop()?.stop()
  expect(await rows()).toMatchObject([{ state: 'running', attempts: 2, result: null }])
})

test('a job that kills its process again and again is given up', async () => {
  await orphan(await add(), 3)
  let ran = false
  run(
    async () => {
      ran = true
    },
    { maxAttempts: 3 },
  )
  await until(([one]) => expect(one).toMatchObject({ state: 'failed', error: { code: 'job.worker_lost' } }))
  expect(ran).toBe(false)
})

test('cancelling ends a waiting job at once and a running one at its next sign of life', async () => {
  const later = await add({ runAt: new Date(Date.now() + 60_000) })
  const cancel = (id: string) => database.system((tx) => cancelJob(tx, id))
  expect(await cancel(later)).toBe(true)
  expect(await cancel(later)).toBe(false)
  const running = await add()
  const noticed: string[] = []
  const began = new Promise<void>((resolve) => {
    run(
      async ({ signal }) => {
        resolve()
        await forever(signal).catch(() => noticed.push('aborted'))
        throw new Error('its own words for being aborted')
      },
      { leaseSeconds: 1 },
    )
  })
  await began
  expect(await cancel(running)).toBe(true)
  await until((all) => expect(all.map((one) => one.state)).toEqual(['cancelled', 'cancelled']))
  expect(noticed).toEqual(['aborted'])
})

test('a running job hears of its cancelling without waiting for its next sign of life', async () => {
  const id = await add()
  const began = Promise.withResolvers<void>()
  run(
    async ({ signal }) => {
      began.resolve()
      await forever(signal)
    },
    { leaseSeconds: 3600 },
  )
  await began.promise
  await database.system((tx) => cancelJob(tx, id))
  await until(([one]) => expect(one?.state).toBe('cancelled'))
})

test('progress() tells a cancelled job so', async () => {
  const id = await add()
  let told: unknown
  run(async ({ progress }) => {
    await progress(0.5, 'half')
    await database.system((tx) => cancelJob(tx, id))
    await progress(0.6).catch((error: unknown) => {
      told = error
      throw error
    })
  })
  await until(([one]) => expect(one?.state).toBe('cancelled'))
  expect(told).toMatchObject({ code: 'job.cancelled' })
})

test('two waiting jobs with one key are one, with the newer payload; a failed one gives way to a newer', async () => {
  const first = await add({ key: 'k', payload: { n: 1 } })
  expect(await add({ key: 'k', payload: { n: 2 } })).toBe(first)
  expect(await add({ key: 'other' })).not.toBe(first)
  expect(await rows()).toHaveLength(2)
  const seen: unknown[] = []
  run(
    async ({ payload }) => {
      seen.push(payload.n)
      if (payload.n !== 2) return
      // Meanwhile it is asked for again; this try then fails and would wait under the same key.
      await add({ key: 'k', payload: { n: 3 } })
      throw new Error('failed')
    },
    { concurrency: 1 },
  )
  await until((all) => expect(all.map((one) => one.state).sort()).toEqual(['cancelled', 'done', 'done']))
  expect((await rows()).find((one) => one.id === first)).toMatchObject({ error: { code: 'job.superseded' } })
  expect(seen).toEqual(expect.arrayContaining([2, 3]))
})

test('stopping puts unfinished jobs back, and costs them no attempt', async () => {
  await add()
  const began = new Promise<void>((resolve) => {
    run(async ({ signal }) => {
      resolve()
      await forever(signal)
    })
  })
  await began
  await workers.pop()?.stop()
  expect(await rows()).toMatchObject([{ state: 'waiting', attempts: 0, error: null }])
})

test('a job of no workspace does not hold up the others', async () => {
  await add({ workspace: 999_999 })
  await add()
  run(async () => 'ran')
  await until((all) => expect(all.map((one) => one.state)).toEqual(['waiting', 'done']))
})

test('a commit wakes the worker by notification', async () => {
  const listen = vi.spyOn(database, 'systemClient')
  let woken = 0
  run(async () => woken++)
  await vi.waitFor(() => expect(listen).toHaveBeenCalled())
  const client = await listen.mock.results[0]?.value
  const heard = new Promise((resolve) => client.on('notification', resolve))
  // Having the connection is not listening yet.
  await client.query('listen headwater_job')
  await add()
  await heard
  await until(([one]) => expect(one?.state).toBe('done'))
  listen.mockRestore()
})
