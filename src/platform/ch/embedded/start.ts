import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { removeBrokenMutations } from '#platform/ch/embedded/broken-mutations.ts'
import type { FromChild, ToChild } from '#platform/ch/embedded/engine-protocol.ts'
import { defaultDatabase, engineArgs } from '#platform/ch/embedded/engine-settings.ts'
import { AppError } from '#platform/errors.ts'
import type { Log } from '#platform/log.ts'
import { nodeExecutable } from '#platform/node-runtime.ts'
import { processStart } from '#platform/process-lock.ts'

export type EmbeddedClickHouseOptions = {
  /** The engine's folder, made when missing; the log is `<dir>.log`. */
  dir: string
  log: Log
  /** Threads of one query. */
  threads?: number
  /** Bytes the engine may use. */
  maxMemory?: number
  /** Queries that run at once; more wait. */
  readers?: number
  /** Inserts and other changes that run at once. */
  writers?: number
}

export type EmbeddedClickHouse = {
  /** The same over restarts, like the password: one client serves for the life of this process. */
  url: string
  username: string
  password: string
  database: string
  pid(): number | undefined
  /** Ends the engine at once, whatever it does, and answers when the next one is ready. */
  kill(): Promise<void>
  onRestart(listener: () => void): void
  stop(): Promise<void>
}

const openWithinMs = 30_000
const stopWithinMs = 12_000
const slowestRestartMs = 2_000
const keepLogBytes = 5_000_000
const program = fileURLToPath(new URL('child.ts', import.meta.url))

/** Starts ClickHouse in a child process on `dir` and keeps it running until `stop`. */
export async function startEmbeddedClickHouse(
  options: EmbeddedClickHouseOptions,
): Promise<EmbeddedClickHouse> {
  const { dir, log, readers = 4, writers = 2 } = options
  const args = engineArgs({
    threads: options.threads ?? 2,
    maxMemory: options.maxMemory ?? 4_096 * 1_048_576,
  })
  const password = randomBytes(24).toString('hex')
  const listeners: (() => void)[] = []
  let port = 0
  let child: ChildProcess | undefined
  let stopping: Promise<void> | undefined
  let ready: Promise<void>

  mkdirSync(dir, { recursive: true, mode: 0o700 })
  await endLeftover(log, dir)

  async function launch(): Promise<void> {
    for (const file of removeBrokenMutations(dir))
      log.warn({ file }, 'an order to change rows was cut off by a full disk; it is given again')
    const next = spawnChild(dir, readers + writers)
    child = next
    const order: ToChild = { kind: 'open', dir, port, password, args, readers, writers }
    port = await opened(next, order)
    writePidFile(dir, next)
    next.once('exit', (code, signal) => {
      if (!stopping) ready = restart(`${signal ?? code}`)
    })
  }

  async function restart(reason: string): Promise<void> {
    log.error({ reason, log: `${dir}.log` }, 'ClickHouse ended by itself; starting it again')
    await launchUntil(() => stopping !== undefined)
    if (stopping) return
    for (const listener of listeners) listener()
  }

  /** Tries for ever, or for as long as a start may take; the folder's lock of a dying predecessor needs a moment. */
  async function launchUntil(isOver: () => boolean, deadline = Number.POSITIVE_INFINITY): Promise<void> {
    for (let delay = 50; !isOver(); delay = Math.min(delay * 2, slowestRestartMs)) {
      try {
        return await launch()
      } catch (error) {
        if (Date.now() > deadline) throw error
        log.warn({ err: error, delay }, 'ClickHouse did not start; trying again')
        await sleep(delay)
      }
    }
  }

  async function stop(): Promise<void> {
    if (!child || hasEnded(child)) return
    const ended = once(child, 'exit')
    child.send({ kind: 'stop' } satisfies ToChild, () => undefined)
    const escalate = setTimeout(() => child?.kill('SIGKILL'), stopWithinMs)
    await ended
    clearTimeout(escalate)
    rmSync(pidFile(dir), { force: true })
  }

  ready = launchUntil(() => false, Date.now() + 5_000)
  await ready
  return {
    url: `http://127.0.0.1:${port}`,
    username: 'default',
    password,
    database: defaultDatabase,
    pid: () => child?.pid,
    onRestart: (listener) => listeners.push(listener),
    kill: async () => {
      if (!child || hasEnded(child)) return ready
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
      await ready
    },
    stop: () => {
      stopping ??= stop()
      return stopping
    },
  }
}

function spawnChild(dir: string, engineThreads: number): ChildProcess {
  const logFile = `${dir}.log`
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > keepLogBytes)
    renameSync(logFile, `${logFile}.1`)
  const output = openSync(logFile, 'a', 0o600)
  const child = spawn(nodeExecutable(), ['--disable-warning=ExperimentalWarning', program], {
    stdio: ['ignore', output, output, 'ipc'],
    // Its own process group: the terminal's SIGINT must not reach it before we have drained.
    detached: true,
    env: {
      PATH: process.env.PATH ?? '/usr/bin:/bin',
      TZ: 'UTC',
      // Every running query holds one of these threads.
      UV_THREADPOOL_SIZE: String(engineThreads + 4),
    },
  })
  closeSync(output)
  return child
}

/** The end of the engine's log, where its reason stands when it could not say it itself. */
function lastWords(file: string): string {
  if (!existsSync(file)) return ''
  const text = readFileSync(file, 'utf8').trim()
  return text === '' ? '' : `\n${file} ends with: ${text.slice(-800)}`
}

/** Answers the port, or fails with the engine's own reason. */
function opened(child: ChildProcess, order: ToChild): Promise<number> {
  return new Promise((resolve, reject) => {
    const giveUp = (reason: string) => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      const said = lastWords(`${order.kind === 'open' ? order.dir : ''}.log`)
      reject(new AppError('ch.start_failed', 'invalid', `ClickHouse did not start: ${reason}${said}`))
    }
    const timer = setTimeout(() => giveUp(`not ready within ${openWithinMs / 1000} s`), openWithinMs)
    child.once('error', (error) => giveUp(error.message))
    child.once('exit', (code, signal) => giveUp(`it ended (${signal ?? code})`))
    child.on('message', (message: FromChild) => {
      if (message.kind === 'failed') return giveUp(message.message)
      clearTimeout(timer)
      child.removeAllListeners('exit')
      resolve(message.port)
    })
    child.send(order, (error) => error && giveUp(error.message))
  })
}

function pidFile(dir: string): string {
  return `${dir}.pid`
}

function writePidFile(dir: string, child: ChildProcess): void {
  writeFileSync(pidFile(dir), JSON.stringify({ pid: child.pid, start: processStart(child.pid ?? 0) }), {
    mode: 0o600,
  })
}

/** An engine ends by itself when its parent dies; one that did not manage to is stuck and is ended here. */
async function endLeftover(log: Log, dir: string): Promise<void> {
  const text = statSync(pidFile(dir), { throwIfNoEntry: false }) ? readFileSync(pidFile(dir), 'utf8') : ''
  const [, pid, start] = /"pid":(\d+),"start":"(\d+)"/.exec(text) ?? []
  if (!pid || processStart(Number(pid)) !== start) return
  log.warn({ pid: Number(pid), dir: dirname(dir) }, 'ending a ClickHouse left behind by a killed Headwater')
  process.kill(Number(pid), 'SIGKILL')
  while (processStart(Number(pid)) === start) await sleep(10)
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}
