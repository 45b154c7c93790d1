import { randomUUID } from 'node:crypto'
import {
  linkSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:net'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Who holds a lock. `start` tells a reused pid from the holder, `boot` a restart of the machine. */
export type LockHolder = { pid: number; start: string; boot: string; space: string; token: string }

export type ProcessLock = { release(): void }
export type LockResult = { lock: ProcessLock } | { holder: LockHolder }

// A holder in another container or on another host cannot be looked up by pid; it shows life by touching its
// file this often, and is taken for dead after three missed beats.
const heartbeatMs = 2000

/** Takes the lock file or says who holds it. Dies with the process: nothing needs to be removed after SIGKILL. */
export async function takeProcessLock(path: string): Promise<LockResult> {
  const me = describeSelf()
  const leaveTakeover = await enterTakeover(path)
  try {
    if (createLockFile(path, me)) return { lock: holdLock(path, me) }
    const holder = readHolder(path)
    if (holder && (await isHolderAlive(path, holder))) return { holder }
    replaceStaleLock(path, holder)
    if (createLockFile(path, me)) return { lock: holdLock(path, me) }
    return { holder: readHolder(path) ?? me }
  } finally {
    leaveTakeover()
  }
}

/** Start time of a process in clock ticks since boot; undefined when it is gone (or there is no /proc). */
export function processStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command name is in parentheses and may hold spaces and parentheses itself: count from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch (error) {
    return ignoreMissing(error)
  }
}

/** True while a process with this number exists, whoever owns it. */
export function isPidAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function describeSelf(): LockHolder {
  return {
    pid: process.pid,
    start: processStart(process.pid) ?? '',
    boot: readText('/proc/sys/kernel/random/boot_id'),
    space: `${hostname()} ${readLink('/proc/self/ns/pid')}`,
    token: randomUUID(),
  }
}

/** Linking a finished file is atomic: a reader never sees half a lock. */
function createLockFile(path: string, me: LockHolder): boolean {
  const draft = `${path}.${me.token}`
  writeFileSync(draft, JSON.stringify(me), { mode: 0o600 })
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function readHolder(path: string): LockHolder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LockHolder
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    return ignoreMissing(error)
  }
}

async function isHolderAlive(path: string, holder: LockHolder): Promise<boolean> {
  const me = describeSelf()
  if (holder.space !== me.space) return isHeartBeating(path)
  if (holder.boot !== me.boot) return false
  if (holder.start === '') return isPidAlive(holder.pid)
  return processStart(holder.pid) === holder.start
}

async function isHeartBeating(path: string): Promise<boolean> {
  const before = statSync(path).mtimeMs
  const deadline = Date.now() + heartbeatMs * 3
  while (Date.now() < deadline) {
    await sleep(200)
    const now = statSync(path, { throwIfNoEntry: false })?.mtimeMs
    if (now === undefined) return false
    if (now !== before) return true
  }
  return false
}

/** Moves the dead holder's file away, and puts it back when it turns out to be another, living one. */
function replaceStaleLock(path: string, judged: LockHolder | undefined): void {
  const aside = `${path}.${randomUUID()}`
  try {
    renameSync(path, aside)
  } catch (error) {
    ignoreMissing(error)
    return
  }
  const moved = readHolder(aside)
  if (moved && moved.token !== judged?.token) linkSync(aside, path)
  rmSync(aside, { force: true })
}

function holdLock(path: string, me: LockHolder): ProcessLock {
  const beat = setInterval(() => touch(path, me), heartbeatMs)
  beat.unref()
  return {
    release: () => {
      clearInterval(beat)
      if (readHolder(path)?.token === me.token) rmSync(path, { force: true })
    },
  }
}

function touch(path: string, me: LockHolder): void {
  if (readHolder(path)?.token !== me.token) return
  const now = new Date()
  utimesSync(path, now, now)
}

// Judging and replacing a stale file are two steps. On Linux an abstract socket, which the kernel frees when its
// process dies, lets one process at a time do both; elsewhere the token check in `replaceStaleLock` stands alone.
async function enterTakeover(path: string): Promise<() => void> {
  if (process.platform !== 'linux') return () => undefined
  const folder = statSync(dirname(path), { bigint: true })
  const name = `\0headwater-lock-${folder.dev}-${folder.ino}`
  // The longest critical section waits for three heartbeats; who holds the name longer is not one of us.
  const deadline = Date.now() + heartbeatMs * 6
  while (Date.now() < deadline) {
    const server = await listenOn(name)
    if (server) return () => server.close()
    await sleep(20)
  }
  return () => undefined
}

function listenOn(name: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    )
    server.listen({ path: name }, () => resolve(server)).unref()
  })
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    return ignoreMissing(error) ?? ''
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path)
  } catch (error) {
    return ignoreMissing(error) ?? ''
  }
}

function ignoreMissing(error: unknown): undefined {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT' || code === 'ESRCH' || code === 'ENOTDIR' || code === 'EACCES') return undefined
  throw error
}
