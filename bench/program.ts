import { fork, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LoadOrder, LoadResult } from '#bench/load.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

export type Cpu = { main: number; collector: number; clickhouse: number; postgres: number }

export type Program = {
  url: string
  writeKey: string
  apiKey: string
  folder: string
  get<T>(path: string): Promise<T>
  post<T>(path: string, body: unknown): Promise<T>
  /** Waits until everything accepted is visible everywhere; answers the seconds it took. */
  settled(): Promise<number>
  /** Memory of the whole process tree, MB. */
  memory(): number
  /** CPU time the process tree has used so far, s. */
  cpu(): number
  /** The same, by part. */
  cpuByPart(): Cpu
  stop(): Promise<void>
}

/** The real program in a process tree and a data folder of its own. */
export async function startProgram(env: Record<string, string> = {}): Promise<Program & { readyMs: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'headwater-bench-'))
  const port = await freePort()
  const all = {
    ...process.env,
    HEADWATER_DATA_DIR: folder,
    HEADWATER_PORT: String(port),
    HEADWATER_LOG_LEVEL: 'warn',
    ...env,
  }
  const keys = await initialise(all)
  const started = performance.now()
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/main.ts', 'start'], {
    cwd: root,
    env: all,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = `http://127.0.0.1:${port}`
  await waitFor(() =>
    fetch(`${url}/readyz`).then(
      (reply) => reply.ok,
      () => false,
    ),
  )
  const readyMs = performance.now() - started
  const call = async <T>(path: string, init?: RequestInit) => {
    const reply = await fetch(url + path, {
      ...init,
      headers: { authorization: `Bearer ${keys.apiKey}`, 'content-type': 'application/json' },
    })
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as T
  }
  const get = <T>(path: string) => call<T>(path)
  return {
    ...keys,
    url,
    folder,
    readyMs,
    get,
    post: <T>(path: string, body: unknown) => call<T>(path, { method: 'POST', body: JSON.stringify(body) }),
    settled: async () => {
      const from = performance.now()
      await waitFor(async () => {
        const { accepted, projected } = await get<{ accepted: number; projected: number }>('/api/status')
        return accepted === projected
      }, 1_800_000)
      return (performance.now() - from) / 1000
    },
    memory: () => memoryOf(child.pid as number),
    cpu: () => Object.values(cpuOf(child.pid as number)).reduce((sum, one) => sum + one, 0),
    cpuByPart: () => cpuOf(child.pid as number),
    stop: async () => {
      child.kill('SIGTERM')
      await new Promise((resolve) => child.once('exit', resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function initialise(env: Record<string, string | undefined>): Promise<{ writeKey: string; apiKey: string }> {
  const args = [
    'src/main.ts',
    'init',
    '--workspace',
    'Bench',
    '--email',
    'bench@example.com',
    '--password',
    'bench-password',
    '--json',
  ]
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: root,
    env: env as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  return new Promise((resolve) =>
    child.on('exit', () => resolve(JSON.parse(output.trim().split('\n').at(-1) as string))),
  )
}

/** Load from a process of its own. */
export function load(order: LoadOrder): Promise<LoadResult> {
  const child = fork(fileURLToPath(new URL('load.ts', import.meta.url)), ['load'], { cwd: root })
  return new Promise((resolve) => {
    child.once('message', (result: LoadResult) => {
      child.kill()
      resolve(result)
    })
    child.send(order)
  })
}

export async function waitFor(ask: () => Promise<boolean>, withinMs = 60_000): Promise<void> {
  const until = Date.now() + withinMs
  while (!(await ask())) {
    if (Date.now() > until) throw new Error('waited too long')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

/** Sum over the process and its descendants; a page shared by several counts once (proportional set size, Linux). */
function memoryOf(pid: number): number {
  const own =
    Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024
  return own + childrenOf(pid).reduce((sum, child) => sum + memoryOf(child), 0)
}

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)

/** CPU time a process and its descendants have used so far, s, by part. */
export function cpuOf(pid: number): Cpu {
  const cpu: Cpu = { main: 0, collector: 0, clickhouse: 0, postgres: 0 }
  const visit = (one: number) => {
    const stat = readFileSync(`/proc/${one}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // User and system time, in ticks of 10 ms; those of children that have ended count with their parent.
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
    cpu[partOf(one)] += ticks / 100
    childrenOf(one).forEach(visit)
  }
  visit(pid)
  return cpu
}

function partOf(pid: number): keyof Cpu {
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  if (command.includes('app/collector/child')) return 'collector'
  if (command.includes('ch/embedded/child')) return 'clickhouse'
  return command.startsWith('postgres') || command.includes('/postgres\0') ? 'postgres' : 'main'
}

/** Microseconds of CPU per event, by part. */
export function cpuPerEvent(before: Cpu, after: Cpu, events: number): Record<string, number> {
  const parts = Object.keys(after) as (keyof Cpu)[]
  return Object.fromEntries(
    parts.map((part) => [`CPU of ${part}, µs per event`, ((after[part] - before[part]) * 1e6) / events]),
  )
}
