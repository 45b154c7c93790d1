import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromiumPlaces } from '#platform/chromium/find-chromium.ts'
import { findChromium } from '#test/browser.ts'

/** `npm test`: builds the web UI, finds (or on Debian as root installs) Chromium, runs every test, ends with a count. */
async function main(args: readonly string[]): Promise<number> {
  if (args.length === 0) {
    const missing = provideChromium()
    if (missing) {
      console.error(missing)
      return 1
    }
    const built = await run('node_modules/vite/bin/vite.js', ['build', '--logLevel', 'warn'])
    if (built.code !== 0) return built.code
  }
  const { code, output } = await run('node_modules/vitest/vitest.mjs', ['run', ...args])
  console.log(summary(output))
  return code
}

/** Installs Debian's Chromium where that is possible; else says in one sentence how to get it. */
function provideChromium(): string | undefined {
  if (findChromium()) return undefined
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing chromium for the browser tests …')
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' })
    const fonts = ['fonts-noto-cjk']
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', ...fonts], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    if (findChromium()) return undefined
  }
  return `The browser tests need Chromium (looked at ${chromiumPlaces.join(', ')}): install it, e.g. with "apt-get install chromium", or set CHROMIUM_PATH.`
}

function run(script: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' },
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk
    process.stdout.write(chunk)
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => child.on('exit', (code) => resolve({ code: code ?? 1, output })))
}

/** vitest's `Tests  3 failed | 120 passed (123)` as the plain line CI reads; a file that never got to its tests fails as one. */
function summary(output: string): string {
  const line = output.split('\n').findLast((one) => /^\s*Tests\s/.test(one)) ?? ''
  const count = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0)
  const failed = count('failed') + Number(/Failed Suites (\d+)/.exec(output)?.[1] ?? 0)
  const skipped = count('skipped')
  return `${count('passed')} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`
}

process.exitCode = await main(process.argv.slice(2))
