import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Builds the script that pages load (`tracker.js`) and the modules that bundlers take. */
export async function buildTracker(outDir: string = at('./dist')): Promise<void> {
  mkdirSync(outDir, { recursive: true })
  // Put in place whole: the old ones may be served meanwhile, and another process may build the same.
  const fresh = mkdtempSync(join(outDir, '.new-'))
  try {
    await bundle(fresh, 'tracker', 'iife')
    await bundle(fresh, 'browser', 'es')
    await bundle(fresh, 'mini-program', 'es')
    for (const name of readdirSync(fresh)) renameSync(join(fresh, name), join(outDir, name))
  } finally {
    rmSync(fresh, { recursive: true })
  }
}

async function bundle(outDir: string, name: string, format: 'iife' | 'es'): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: at('.'),
    build: {
      outDir,
      emptyOutDir: false,
      // Safari 14, Chrome 85, Firefox 79 and what is newer; the tools of mini-programs lag behind.
      target: name === 'mini-program' ? 'es2018' : 'es2021',
      minify: format === 'iife' ? 'oxc' : false,
      lib: { entry: at(`./src/${name}.ts`), formats: [format], name: 'hw', fileName: () => `${name}.js` },
    },
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildTracker()
