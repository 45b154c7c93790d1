import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AppError } from '#platform/errors.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const built = join(root, 'dist/web/index.html')
const tracker = join(root, 'packages/tracker')
const builtTracker = join(tracker, 'dist/tracker.js')
const vite = join(root, 'node_modules/vite/bin/vite.js')

/**
 * Builds the web UI and the tracker where their sources are newer than what was built; an installation without sources or
 * Vite has them built.
 */
export function buildWebIfStale(): void {
  const isThere = existsSync(built) && existsSync(builtTracker)
  if (!existsSync(vite)) {
    if (isThere) return
    throw new AppError(
      'web.not_built',
      'conflict',
      'The web UI is not built and Vite is not installed; run "npm ci" first.',
    )
  }
  if (isThere && isNewer(built, webSources()) && isNewer(builtTracker, trackerSources())) return
  process.stderr.write('Building the web UI …\n')
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0)
    throw new AppError('web.build_failed', 'conflict', 'The web UI could not be built; see the lines above.')
}

const isNewer = (file: string, sources: string[]) =>
  statSync(file).mtimeMs > Math.max(...sources.map((source) => statSync(source).mtimeMs))

const webSources = () =>
  filesIn(join(root, 'src')).filter(
    (file) => /\.(tsx?|css|svg)$/.test(file) && /\/(ui|web)(\/|$)|contract\.ts$/.test(file),
  )

const trackerSources = () => filesIn(join(tracker, 'src'))

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
