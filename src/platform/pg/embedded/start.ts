import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chownSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { AppError } from '#platform/errors.ts'
import type { Log } from '#platform/log.ts'
import { findBinaries } from '#platform/pg/embedded/binaries.ts'
import { engineEnv, initCluster, superuser } from '#platform/pg/embedded/init-cluster.ts'
import { socketPrefix, stopLeftover } from '#platform/pg/embedded/leftover.ts'
import { type Place, placeData } from '#platform/pg/embedded/place-data.ts'
import { chooseRunAs, launchAs, type RunAs } from '#platform/pg/embedded/run-as.ts'
import { assertDurable, settingArgs } from '#platform/pg/embedded/settings.ts'

export type EmbeddedPostgresOptions = {
  /** The cluster's folder, made when missing; the log is `<dir>.log`. */
  dir: string
  log: Log
  settings?: Record<string, string>
  /** False only for throw-away test databases: turns fsync off. */
  durable?: boolean
  /** How it is started; found out when not given. */
  runAs?: RunAs
  /** Where its socket lies; a new folder when not given. The same one again keeps connection strings valid. */
  socketDir?: string
}

export type EmbeddedPostgres = {
  pid: number
  /** Where the cluster lies: `options.dir`, or elsewhere when its account cannot enter there. */
  dir: string
  superuserUrl: string
  socketDir: string
  /** A connection string over the unix socket; needs no password, the socket's folder is ours alone. */
  url(database: string, user: string): string
  /** Called when the server ends without `stop`. */
  onCrash(listener: (reason: string) => void): void
  /** Rolls back what is open, checkpoints, ends. Any number of calls. */
  stop(): Promise<void>
}

const readyWithinMs = 10_000
const stopWithinMs = 10_000
const keepLogBytes = 5_000_000

/** Starts PostgreSQL on `dir` (made when missing) and answers when it takes connections. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log, durable = true } = options
  const runAs = options.runAs ?? requireRunAs()
  const binaries = findBinaries(join(dirname(options.dir), 'run/pg-lib'))
  const place = placeData(log, runAs, options.dir, binaries)
  await stopLeftover(log, place.dir)
  initCluster(runAs, place.binaries, place.dir, durable)
  const logFile = rotateLog(`${options.dir}.log`)
  const socketDir = makeSocketDir(runAs, options.socketDir)
  const server = launch(runAs, place, socketDir, logFile, settingArgs(durable, options.settings ?? {}))
  const url = (database: string, user: string) =>
    `postgresql://${encodeURIComponent(user)}@localhost/${encodeURIComponent(database)}?host=${encodeURIComponent(socketDir)}`
  const superuserUrl = url('postgres', superuser)
  const stop = stopper(server, socketDir)
  try {
    await untilReady(server, superuserUrl, logFile, durable)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    pid: server.pid ?? 0,
    dir: place.dir,
    superuserUrl,
    socketDir,
    url,
    stop,
    onCrash: (listener) => watchCrash(server, stop, logFile, listener),
  }
}

function requireRunAs(): RunAs {
  const runAs = chooseRunAs()
  if (runAs) return runAs
  const message =
    'PostgreSQL cannot run as root, and this machine has no account "postgres" or "nobody": start Headwater as an ordinary user.'
  throw new AppError('pg.no_account', 'invalid', message)
}

/** A socket's path may have 107 bytes: data folders lie too deep for it. */
function makeSocketDir(runAs: RunAs, given: string | undefined): string {
  const base = tmpdir().length > 60 ? '/tmp' : tmpdir()
  const dir = given ?? mkdtempSync(join(base, socketPrefix))
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  if (runAs.how === 'user') chownSync(dir, runAs.uid, runAs.gid)
  return dir
}

function launch(
  runAs: RunAs,
  place: Place,
  socketDir: string,
  logFile: string,
  settings: string[],
): ChildProcess {
  const args = ['-D', place.dir, '-k', socketDir, ...settings]
  const start = launchAs(runAs, place.binaries.postgres, args)
  // A file, not a pipe: the server must be able to write after we are killed.
  const output = openSync(logFile, 'a', 0o600)
  // Its own process group: the terminal's SIGINT must not reach it before we have drained.
  const stdio = ['ignore', output, output] as const
  const child = spawn(start.command, start.args, {
    ...start.options,
    stdio: [...stdio],
    detached: true,
    cwd: '/',
    env: engineEnv(place.binaries),
  })
  closeSync(output)
  return child
}

async function untilReady(
  server: ChildProcess,
  url: string,
  logFile: string,
  durable: boolean,
): Promise<void> {
  const failed = new Promise<never>((_, reject) => server.once('error', reject))
  failed.catch(() => undefined)
  const deadline = Date.now() + readyWithinMs
  for (;;) {
    const refusal = await Promise.race([tryOnce(url, durable), failed])
    if (refusal === undefined) return
    if (refusal instanceof AppError) throw refusal
    if (hasEnded(server) || Date.now() > deadline) throw notReady(logFile, refusal)
    await sleep(20)
  }
}

/** Undefined when the server answers, else what stands in the way. */
async function tryOnce(url: string, durable: boolean): Promise<unknown> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    if (durable) await assertDurable(client)
    return undefined
  } catch (error) {
    return error
  } finally {
    await client.end().catch(() => undefined)
  }
}

function notReady(logFile: string, cause: unknown): AppError {
  const message = `PostgreSQL did not start. The end of ${logFile}:\n${lastLines(logFile)}`
  return new AppError('pg.start_failed', 'invalid', message, { cause })
}

function stopper(server: ChildProcess, socketDir: string): () => Promise<void> {
  let stopping: Promise<void> | undefined
  return () => {
    stopping ??= stopServer(server).finally(() => rmSync(socketDir, { recursive: true, force: true }))
    stopped.add(server)
    return stopping
  }
}

const stopped = new WeakSet<ChildProcess>()

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || hasEnded(server)) return
  const ended = once(server, 'exit')
  server.kill('SIGINT')
  const escalate = setTimeout(() => server.kill('SIGQUIT'), stopWithinMs)
  await ended
  clearTimeout(escalate)
}

function watchCrash(
  server: ChildProcess,
  stop: () => Promise<void>,
  logFile: string,
  listener: (reason: string) => void,
) {
  const ended = (code: number | null, signal: NodeJS.Signals | null) => {
    if (stopped.has(server)) return
    void stop()
    listener(`PostgreSQL ended (${signal ?? code}). The end of ${logFile}:\n${lastLines(logFile)}`)
  }
  // It may have ended between its first answer and this call; then no event will come any more.
  if (hasEnded(server)) queueMicrotask(() => ended(server.exitCode, server.signalCode))
  else server.once('exit', ended)
}

function hasEnded(server: ChildProcess): boolean {
  return server.exitCode !== null || server.signalCode !== null
}

function rotateLog(path: string): string {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > keepLogBytes) renameSync(path, `${path}.1`)
  return path
}

function lastLines(path: string): string {
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-12).join('\n')
}
