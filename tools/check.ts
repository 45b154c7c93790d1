import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** `npm run check`: exactly what CI runs. Stops at the first step that fails. */
const steps: [name: string, script: string, ...args: string[]][] = [
  ['types of the server', 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'],
  ['types of the web UI', 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.web.json'],
  ['lint and format', 'node_modules/@biomejs/biome/bin/biome', 'ci', '--max-diagnostics=50'],
  ['tests', 'tools/run-tests.ts'],
]

for (const [name, script, ...args] of steps) {
  console.log(`— ${name}`)
  const { status } = spawnSync(process.execPath, [script, ...args], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
  })
  if (status !== 0) {
    console.error(`${name}: failed`)
    process.exit(status ?? 1)
  }
}
