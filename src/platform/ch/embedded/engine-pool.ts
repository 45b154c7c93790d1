import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { Session } from 'chdb'
import { engineMessage } from '#platform/ch/embedded/engine-error.ts'
import type { FromWorker, Job, Stats, ToWorker } from '#platform/ch/embedded/engine-protocol.ts'
import { quote } from '#platform/ch/embedded/statement.ts'

export type Lane = 'read' | 'write'
export type JobRequest = Omit<Job, 'id' | 'tag' | 'cancelled'> & { lane: Lane }
export type ChunkSink = (bytes: Uint8Array) => Promise<void>
export type Running = { done: Promise<Stats>; cancel(): void }

export type EnginePool = {
  run(request: JobRequest, sink: ChunkSink): Running
  /** Jobs waiting or running. */
  busy(): number
  cancelReads(): void
  close(): void
}

type Task = {
  job: Job
  lane: Lane
  sink: ChunkSink
  resolve(stats: Stats): void
  reject(error: Error): void
  cancelled: boolean
}
type Engine = { worker: Worker; task: Task | undefined }
type LaneState = { limit: number; engines: Set<Engine>; idle: Engine[]; queue: Task[] }

// Waiting requests per lane; more would only wait longer than their callers do.
const queueLimit = 128
const killEveryMs = 250
// A cancelled query that still runs after this long is stuck inside the engine; only a new process frees its thread.
const killPatienceMs = 30_000

/** Runs jobs on engine threads: a bounded number at once and a bounded number waiting, reads and writes apart. */
export function createEnginePool(dir: string, args: string[], limits: Record<Lane, number>): EnginePool {
  const keeper = new Session(dir, { connectionArgs: args })
  const lanes: Record<Lane, LaneState> = { read: newLane(limits.read), write: newLane(limits.write) }
  const live = new Set<Task>()
  let lastId = 0

  function run(request: JobRequest, sink: ChunkSink): Running {
    const { lane, ...rest } = request
    const job: Job = { ...rest, id: ++lastId, tag: `hw-${randomUUID()}`, cancelled: new SharedArrayBuffer(4) }
    const { promise, resolve, reject } = Promise.withResolvers<Stats>()
    const task: Task = { job, lane, sink, resolve, reject, cancelled: false }
    enqueue(task)
    return { done: promise, cancel: () => cancel(task) }
  }

  function enqueue(task: Task): void {
    const state = lanes[task.lane]
    if (state.queue.length >= queueLimit) {
      task.reject(
        new Error(engineMessage(202, 'TOO_MANY_SIMULTANEOUS_QUERIES', 'Too many simultaneous queries.')),
      )
      return
    }
    live.add(task)
    state.queue.push(task)
    dispatch(state)
  }

  function dispatch(state: LaneState): void {
    while (state.queue.length > 0) {
      const engine = state.idle.pop() ?? hire(state)
      if (!engine) return
      const task = state.queue.shift()
      if (task) assign(engine, task)
    }
  }

  function hire(state: LaneState): Engine | undefined {
    if (state.engines.size >= state.limit) return undefined
    const worker = new Worker(fileURLToPath(new URL('engine-worker.ts', import.meta.url)), {
      workerData: { dir, args },
    })
    const engine: Engine = { worker, task: undefined }
    state.engines.add(engine)
    worker.on('message', (message: FromWorker) => onMessage(state, engine, message))
    worker.on('error', (error) => onLost(state, engine, error))
    return engine
  }

  function assign(engine: Engine, task: Task): void {
    engine.task = task
    tellWorker(engine, { kind: 'job', job: task.job })
  }

  function onMessage(state: LaneState, engine: Engine, message: FromWorker): void {
    const task = engine.task
    if (!task || message.kind === 'started') return
    if (message.kind === 'chunk') {
      // Told to go on even when the client is gone: the thread then sees that it is cancelled and ends.
      const goOn = () => tellWorker(engine, { kind: 'more' })
      void task.sink(message.bytes).then(goOn, () => {
        cancel(task)
        goOn()
      })
      return
    }
    engine.task = undefined
    state.idle.push(engine)
    settle(task, message.kind === 'done' ? message.stats : new Error(message.message))
    dispatch(state)
  }

  function onLost(state: LaneState, engine: Engine, error: Error): void {
    state.engines.delete(engine)
    if (engine.task) settle(engine.task, error)
    dispatch(state)
  }

  function settle(task: Task, outcome: Stats | Error): void {
    live.delete(task)
    if (outcome instanceof Error) task.reject(outcome)
    else task.resolve(outcome)
  }

  function cancel(task: Task): void {
    if (task.cancelled || !live.has(task)) return
    task.cancelled = true
    Atomics.store(new Int32Array(task.job.cancelled), 0, 1)
    const state = lanes[task.lane]
    const place = state.queue.indexOf(task)
    if (place !== -1) {
      state.queue.splice(place, 1)
      settle(task, new Error(engineMessage(394, 'QUERY_WAS_CANCELLED', 'Query was cancelled.')))
      return
    }
    killUntilGone(task)
  }

  // Repeated, because the first may come before the engine has registered the query.
  function killUntilGone(task: Task): void {
    const since = Date.now()
    const kill = () => {
      if (!live.has(task)) return clearInterval(timer)
      if (Date.now() - since > killPatienceMs) process.kill(process.pid, 'SIGKILL')
      keeper.query(`KILL QUERY WHERE Settings['log_comment'] = ${quote(task.job.tag)} ASYNC`)
    }
    const timer = setInterval(kill, killEveryMs)
    kill()
  }

  return {
    run,
    busy: () => live.size,
    cancelReads: () => {
      for (const task of [...live]) if (task.lane === 'read') cancel(task)
    },
    close: () => {
      for (const { engines } of Object.values(lanes))
        for (const engine of engines) tellWorker(engine, { kind: 'end' })
      keeper.close()
    },
  }
}

function newLane(limit: number): LaneState {
  return { limit, engines: new Set(), idle: [], queue: [] }
}

function tellWorker(engine: Engine, message: ToWorker): void {
  engine.worker.postMessage(message)
}
