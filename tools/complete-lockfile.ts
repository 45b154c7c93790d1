import { readFileSync, writeFileSync } from 'node:fs'

type Entry = { optionalDependencies?: Record<string, string>; dev?: boolean }
type Lockfile = { packages: Record<string, Entry> }

/**
 * Adds the platform packages that npm left out of package-lock.json because the registry it asked did not have them:
 * without the entries `npm ci` refuses the lockfile on every machine. On other platforms they are never fetched.
 */
function complete(lock: Lockfile): string[] {
  const added: string[] = []
  for (const [path, entry] of Object.entries(lock.packages))
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const os = /android|darwin|freebsd|linux|win32/.exec(name)?.[0]
      const cpu = /arm64|x64|ia32|arm\b/.exec(name)?.[0]
      if (
        !os ||
        !cpu ||
        lock.packages[`node_modules/${name}`] ||
        lock.packages[`${path}/node_modules/${name}`]
      )
        continue
      const libc = name.includes('musl') ? 'musl' : name.includes('gnu') ? 'glibc' : undefined
      const platform = { cpu: [cpu], optional: true, os: [os], ...(libc ? { libc: [libc] } : {}) }
      lock.packages[`node_modules/${name}`] = Object.assign(
        { version, ...(entry.dev ? { dev: true } : {}) },
        platform,
      )
      added.push(name)
    }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1))
  lock.packages = Object.fromEntries(sorted)
  return added
}

const file = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(file, 'utf8')) as Lockfile
const added = complete(lock)
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(added.length === 0 ? 'The lockfile is complete.' : `Added ${added.join(', ')}.`)
