import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#platform/errors.ts'
import type { Log } from '#platform/log.ts'
import { isPidAlive, processStart } from '#platform/process-lock.ts'

export const socketPrefix = 'headwater-pg-'

/** Stops a PostgreSQL that a killed Headwater left on this folder; two servers on one folder would destroy it. */
export async function stopLeftover(log: Log, dir: string): Promise<void> {
  const file = readPidFile(dir)
  const pids = serverPids(dir, file?.pid)
  if (pids.length > 0) {
    log.warn({ pids, dir }, 'stopping a PostgreSQL left behind by a killed Headwater')
    await stopAll(pids, dir)
  }
  if (file && pids.length === 0) await clearStalePidFile(dir, file.pid)
  if (file && basename(file.socketDir).startsWith(socketPrefix))
    rmSync(file.socketDir, { recursive: true, force: true })
}

/** SIGINT: roll back and checkpoint; SIGQUIT: stop now, recover from WAL later; SIGKILL for lone backends. */
async function stopAll(pids: number[], dir: string): Promise<void> {
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', 15_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ]
  for (const [signal, patience] of steps) {
    for (const pid of pids.filter(isPidAlive)) signalQuietly(pid, signal)
    const deadline = Date.now() + patience
    while (pids.some(isPidAlive) && Date.now() < deadline) await sleep(20)
    if (!pids.some(isPidAlive)) return
  }
  throw new AppError(
    'pg.leftover_stuck',
    'conflict',
    `A PostgreSQL on ${dir} (process ${pids[0]}) cannot be stopped.`,
  )
}

/**
 * PostgreSQL refuses to start while a process with the recorded number exists, whatever it is: after a restart of a
 * container that is often our own npm, and a killed server stays a zombie until someone reaps it. The file goes only
 * when that process is seen to be dead or something else, and nothing works in the folder.
 */
async function clearStalePidFile(dir: string, pid: number): Promise<void> {
  const deadline = Date.now() + 2_000
  while (isZombie(pid) && Date.now() < deadline) await sleep(20)
  const program = basename(linkOf(pid, 'exe'))
  const isOther = isZombie(pid) || (program !== '' && !program.startsWith('postgres'))
  if (isOther && serverPids(dir, pid).length === 0) rmSync(join(dir, 'postmaster.pid'), { force: true })
}

/** There is a process with this number, but it has ended: its start time cannot be read any more. */
function isZombie(pid: number): boolean {
  return process.platform === 'linux' && isPidAlive(pid) && processStart(pid) === undefined
}

function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Line 1 is the pid, line 5 the socket's folder (postmaster.pid, src/include/utils/pidfile.h). */
function readPidFile(dir: string): { pid: number; socketDir: string } | undefined {
  try {
    const lines = readFileSync(join(dir, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), socketDir: lines[4] ?? '' }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** The postmaster if it lives, else backends that have not yet noticed its death. */
function serverPids(dir: string, pid: number | undefined): number[] {
  if (process.platform === 'linux') {
    const found = processesWorkingIn(dir)
    return pid !== undefined && found.includes(pid) ? [pid] : found
  }
  return pid !== undefined && isPidAlive(pid) && commandLine(pid).includes(dir) ? [pid] : []
}

/** PostgreSQL's processes work in their data folder; a pid alone may have been given to someone else since. */
function processesWorkingIn(dir: string): number[] {
  const real = realpathOrSelf(dir)
  return readdirSync('/proc')
    .map(Number)
    .filter(
      (pid) => pid > 0 && linkOf(pid, 'cwd') === real && basename(linkOf(pid, 'exe')).startsWith('postgres'),
    )
}

function linkOf(pid: number, name: 'cwd' | 'exe'): string {
  try {
    return readlinkSync(`/proc/${pid}/${name}`)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(code)) return ''
    throw error
  }
}

function commandLine(pid: number): string {
  return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' })
}

function realpathOrSelf(dir: string): string {
  try {
    return realpathSync(dir)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return join(dirname(dir), basename(dir))
    throw error
  }
}
