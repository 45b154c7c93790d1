import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { AppError } from '#platform/errors.ts'
import type { Log } from '#platform/log.ts'
import { type Binaries, linkLibraries, programsIn } from '#platform/pg/embedded/binaries.ts'
import type { RunAs } from '#platform/pg/embedded/run-as.ts'

export type Place = { dir: string; binaries: Binaries }

type OtherUser = Extract<RunAs, { how: 'user' }>

// Readable by every account on Linux and kept over restarts, unlike /tmp.
const publicFolder = '/var/lib/headwater'

/**
 * Another account can enter neither root's home nor a 0700 clone. Where it cannot reach the data or the binaries,
 * they are placed below /var/lib/headwater, under a name made from the data folder's path.
 */
export function placeData(log: Log, runAs: RunAs, dir: string, binaries: Binaries): Place {
  if (runAs.how !== 'user') return { dir, binaries }
  return { dir: reachableDir(log, runAs, dir), binaries: reachableBinaries(log, runAs, binaries) }
}

function reachableDir(log: Log, user: OtherUser, dir: string): string {
  if (canReach(user, dirname(dir))) return dir
  const elsewhere = join(publicFolder, `${basename(dir)}-${shortHash(dir)}`)
  makePublicFolder(user)
  if (existsSync(dir) && readdirSync(dir).length > 0 && !existsSync(elsewhere)) {
    throw new AppError(
      'pg.data_unreachable',
      'invalid',
      `PostgreSQL must run as ${user.name} here, which cannot enter ${dir}; move the data folder to one it can enter.`,
    )
  }
  log.warn(
    { dir: elsewhere, user: user.name },
    'user namespaces are off: PostgreSQL keeps its data outside the data folder',
  )
  return elsewhere
}

function reachableBinaries(log: Log, user: OtherUser, binaries: Binaries): Binaries {
  if (canReach(user, binaries.postgres)) return binaries
  makePublicFolder(user)
  const native = join(publicFolder, `native-${packageVersion(binaries.native)}-${shortHash(binaries.native)}`)
  if (!existsSync(native)) copyWhole(binaries.native, native)
  linkLibraries(native, join(native, 'lib'))
  log.warn(
    { dir: native, user: user.name },
    'user namespaces are off: PostgreSQL runs from a copy of its programs',
  )
  return programsIn(native, undefined)
}

/** Part of the copy's name, so that an upgrade is not served by the copy of an older release. */
function packageVersion(native: string): string {
  const text = readFileSync(join(dirname(native), 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

function shortHash(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 12)
}

function copyWhole(source: string, target: string): void {
  const draft = `${target}.${process.pid}`
  // Links are resolved: their targets lie in the folder that cannot be entered.
  cpSync(source, draft, { recursive: true, dereference: true })
  renameSync(draft, target)
}

function makePublicFolder(user: OtherUser): void {
  let cause: unknown
  try {
    mkdirSync(publicFolder, { recursive: true, mode: 0o755 })
    chmodSync(publicFolder, 0o755)
  } catch (error) {
    cause = error
  }
  if (!canReach(user, publicFolder)) {
    throw new AppError(
      'pg.nowhere_to_run',
      'invalid',
      `PostgreSQL cannot run as root, and ${user.name} can enter neither the data folder nor ${publicFolder}: start Headwater as an ordinary user.`,
      { cause },
    )
  }
}

function canReach(user: OtherUser, path: string): boolean {
  const { uid, gid } = user
  return spawnSync('/bin/sh', ['-c', 'test -x "$0"', path], { uid, gid, stdio: 'ignore' }).status === 0
}
