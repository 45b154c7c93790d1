import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { AppError } from '#platform/errors.ts'
import type { Binaries } from '#platform/pg/embedded/binaries.ts'
import { launchAs, type RunAs } from '#platform/pg/embedded/run-as.ts'

export const superuser = 'postgres'

// `lc_ctype` must know more than ASCII, or pg_trgm finds nothing in Chinese text; the built-in C.UTF-8 is the same
// on every machine, so a data folder can move to one with another libc.
const initFlags = [
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--lc-collate=C',
  '--lc-ctype=C.UTF-8',
  '--lc-messages=C',
  '--data-checksums',
  `--username=${superuser}`,
  // The only door is a socket in a 0700 folder; TCP is not listened on, and would ask for a password.
  '--auth-local=trust',
  '--auth-host=scram-sha-256',
]

/** Makes the cluster in a folder aside and renames it, so `dir` either does not exist or is whole. */
export function initCluster(runAs: RunAs, binaries: Binaries, dir: string, durable: boolean): void {
  if (existsSync(join(dir, 'PG_VERSION'))) return
  removeHalfMade(dir)
  const draft = `${dir}.new-${process.pid}`
  mkdirSync(draft, { recursive: true, mode: 0o700 })
  if (runAs.how === 'user') chownSync(draft, runAs.uid, runAs.gid)
  runInitdb(runAs, binaries, draft, durable)
  if (existsSync(dir)) rmdirSync(dir)
  renameSync(draft, dir)
}

function runInitdb(runAs: RunAs, binaries: Binaries, dir: string, durable: boolean): void {
  const flags = durable ? initFlags : [...initFlags, '--no-sync']
  const { command, args, options } = launchAs(runAs, binaries.initdb, [...flags, '-D', dir])
  const result = spawnSync(command, args, {
    ...options,
    cwd: '/',
    env: engineEnv(binaries),
    encoding: 'utf8',
  })
  if (result.status === 0) return
  rmSync(dir, { recursive: true, force: true })
  const output = `${result.error?.message ?? ''}${result.stderr ?? ''}`.trim()
  throw new AppError('pg.init_failed', 'invalid', `PostgreSQL could not make its data folder: ${output}`)
}

function removeHalfMade(dir: string): void {
  const parent = dirname(dir)
  if (!existsSync(parent)) return
  for (const name of readdirSync(parent)) {
    if (name.startsWith(`${basename(dir)}.new-`)) rmSync(join(parent, name), { recursive: true, force: true })
  }
}

/** A plain environment: the caller's PG* and locale variables must not reach the engine. */
export function engineEnv(binaries: Binaries): Record<string, string> {
  const env: Record<string, string> = { PATH: process.env.PATH ?? '/usr/bin:/bin', TZ: 'UTC', LC_ALL: 'C' }
  if (binaries.libraryPath) env.LD_LIBRARY_PATH = binaries.libraryPath
  return env
}
