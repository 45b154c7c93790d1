import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AppError } from '#platform/errors.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const built = join(root, 'dist/web/index.html')
const vite = join(root, 'node_modules/vite/bin/vite.js')

/** Builds the web UI where its sources are newer than what was built; an installation without sources or Vite has it built. */
export function buildWebIfStale(): void {
  const isThere = existsSync(built)
  if (!existsSync(vite)) {
    if (isThere) return
    throw new AppError(
      'web.not_built',
      'conflict',
      'The web UI is not built and Vite is not installed; run "npm ci" first.',
    )
  }
  if (isThere && statSync(built).mtimeMs > newestSource()) return
  process.stderr.write('Building the web UI …\n')
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0)
    throw new AppError('web.build_failed', 'conflict', 'The web UI could not be built; see the lines above.')
}

function newestSource(): number {
  const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true }).filter(
    (entry) =>
      entry.isFile() &&
      /\.(tsx?|css|svg)$/.test(entry.name) &&
      /\/(ui|web)(\/|$)|contract\.ts$/.test(join(entry.parentPath, entry.name)),
  )
  return Math.max(...files.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs))
}
