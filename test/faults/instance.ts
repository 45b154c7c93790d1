import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { callServer, findServer } from '#app/server-link.ts'
import { readConfig } from '#platform/config.ts'
import { nodeExecutable } from '#platform/node-runtime.ts'

export type Keys = { workspaceId: string; writeKey: string; apiKey: string }
/** A process below the launcher, by what it is. */
export type Role = 'launcher' | 'program' | 'collector' | 'clickhouse' | 'postmaster' | 'backend'
export type Found = { pid: number; role: Role }

/** The real program, `node bin/headwater.mjs start`, as a process tree of its own on a folder of its own. */
export type Instance = {
  dataDir: string
  url: string
  start(): Promise<void>
  /** Waits for the end of what was started; answers the exit code of the launcher, rejects when it does not end. */
  ended(): Promise<number | null>
  processes(): Found[]
  kill(signal: NodeJS.Signals, wanted: (one: Found) => boolean): number[]
  hw(...args: string[]): Promise<{ code: number | null; out: string; err: string }>
  init(): Promise<Keys>
  log(): string
  remove(): void
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const launcher = join(root, 'bin/headwater.mjs')
const withoutBuild = `--import ${new URL('no-web-build.mjs', import.meta.url).href}`
// Test files run beside each other; with fifty places two of them now and then took each other's server for their own.
// Below the ports that the system gives to outgoing connections (32768 and up), which would take one during a restart.
let nextPort = 10_000 + (process.pid % 5000) * 4

// Stopping has bounds of its own: jobs 5 s, connections 10 s, PostgreSQL 10 s.
const endsWithinMs = 60_000

export type InstanceOptions = {
  dataDir?: string
  wrap?: (command: string[]) => string[]
  env?: Record<string, string>
  /** Where this process sees the data folder, when it lies in another mount namespace. */
  view?: string
}

export function anInstance(options: InstanceOptions = {}): Instance {
  const dataDir = options.dataDir ?? mkdtempSync('/tmp/hw-faults-')
  const port = nextPort++
  const logFile = `${dataDir}.log`
  const env = {
    ...process.env,
    NODE_OPTIONS: withoutBuild,
    HEADWATER_DATA_DIR: dataDir,
    HEADWATER_PORT: String(port),
    HEADWATER_LOG_LEVEL: 'info',
    ...options.env,
  }
  const url = `http://127.0.0.1:${port}`
  let child: ChildProcess | undefined
  let gone: Promise<number | null> = Promise.resolve(null)

  function launch(): ChildProcess {
    const output = openSync(logFile, 'a')
    const command = [nodeExecutable(), launcher, 'start']
    const [program, ...args] = options.wrap?.(command) ?? command
    const started = spawn(program as string, args, { env, stdio: ['ignore', output, output], detached: true })
    closeSync(output)
    gone = once(started, 'exit').then(([code]) => code as number | null)
    return started
  }

  const processes = () => (child?.pid === undefined ? [] : treeOf(child.pid))
  return {
    dataDir,
    url,
    start: async () => {
      child = launch()
      for (const deadline = Date.now() + 60_000; !(await isReady(url)); await sleep(50)) {
        if (child.exitCode !== null || Date.now() > deadline) throw new Error(`no start:\n${tail(logFile)}`)
      }
    },
    ended: () =>
      Promise.race([
        gone,
        sleep(endsWithinMs, undefined, { ref: false }).then(() => {
          const left = processes().map((one) => `${one.pid} ${one.role}`)
          throw new Error(`no end; left: ${left.join(', ')}\n${tail(logFile)}`)
        }),
      ]),
    processes,
    kill: (signal, wanted) => {
      // Listed before the first dies: orphans leave the tree.
      const pids = processes()
        .filter(wanted)
        .map((one) => one.pid)
      for (const pid of pids) signalTo(pid, signal)
      return pids
    },
    hw: (...args) => run([launcher, ...args], env),
    init: () => initialise(options.view ?? dataDir),
    log: () => readFileSync(logFile, 'utf8'),
    remove: () => {
      for (const { pid } of processes()) signalTo(pid, 'SIGKILL')
      if (process.env.HW_FAULTS_KEEP) return
      rmSync(dataDir, { recursive: true, force: true })
      for (const file of [logFile, `${dataDir}.ledger`]) rmSync(file, { force: true })
    },
  }
}

async function initialise(dataDir: string): Promise<Keys> {
  const link = await findServer(readConfig({ HEADWATER_DATA_DIR: dataDir }))
  if (!link) throw new Error('the server is not up')
  const owner = { email: 'owner@example.com', password: 'correct horse battery' }
  return callServer<Keys>(link, '/api/workspaces', {
    name: 'Faults',
    timezone: 'Asia/Shanghai',
    country: 'CN',
    ...owner,
  })
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5000) }).then(
    (reply) => reply.ok,
    () => false,
  )
}

async function run(args: string[], env: NodeJS.ProcessEnv) {
  const child = spawn(nodeExecutable(), args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => (out += chunk))
  child.stderr.on('data', (chunk) => (err += chunk))
  const [code] = await once(child, 'close')
  return { code: code as number | null, out, err }
}

/** Descendants of a process with what they are; Postgres and ClickHouse are in sessions of their own. */
export function treeOf(pid: number): Found[] {
  const parents = new Map(
    readdirSync('/proc')
      .map(Number)
      .filter((one) => one > 0)
      .map((one) => [one, parentOf(one)]),
  )
  const found: Found[] = []
  const visit = (one: number, above: Role | undefined) => {
    const role = roleOf(one, above)
    found.push({ pid: one, role })
    for (const [child, parent] of parents) if (parent === one) visit(child, role)
  }
  if (existsSync(`/proc/${pid}`)) visit(pid, undefined)
  return found
}

function roleOf(pid: number, above: Role | undefined): Role {
  const program = read(() => basename(readlinkSync(`/proc/${pid}/exe`)))
  if (program.startsWith('postgres')) return above === 'postmaster' ? 'backend' : 'postmaster'
  const command = read(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
  if (command.includes('ch/embedded/child')) return 'clickhouse'
  if (command.includes('app/collector/child')) return 'collector'
  return command.includes('src/main.ts') ? 'program' : 'launcher'
}

function parentOf(pid: number): number {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0)
}

/** A process may end while it is looked at. */
function read(work: () => string): string {
  try {
    return work()
  } catch {
    return ''
  }
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

const tail = (file: string) => readFileSync(file, 'utf8').split('\n').slice(-20).join('\n')
