import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const copy = mkdtempSync(join(tmpdir(), 'headwater-scaffold-'))
afterAll(() => rmSync(copy, { recursive: true, force: true }))

for (const name of ['src', 'test', 'tools', 'package.json', 'tsconfig.json', 'biome.json', 'ARCHITECTURE.md'])
  cpSync(join(root, name), join(copy, name), { recursive: true })
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))

const scaffold = (...args: string[]) =>
  spawnSync(process.execPath, ['tools/new-module.ts', ...args], { cwd: copy, encoding: 'utf8' })

test('a new module is whole: types, lint and the architecture accept it as it is', () => {
  const { status, stdout, stderr } = scaffold('campaigns')
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toContain('src/app/compose.ts')
  const files = readdirSync(join(copy, 'src/modules/campaigns'), { recursive: true, encoding: 'utf8' })
  expect(files.filter((file) => /\.\w+$/.test(file)).sort()).toMatchObject([
    'README.md',
    'contract.ts',
    'index.ts',
    'server/campaign-deps.ts',
    'server/campaign-store.ts',
    'server/campaigns.test.ts',
    'server/change-campaigns.ts',
    'server/list-campaigns.ts',
    expect.stringMatching(/^server\/migrations\/\d{8}-\d{4}-campaigns\.sql$/),
  ])
  const run = (tool: string, ...args: string[]) =>
    execFileSync(process.execPath, [join(root, 'node_modules', tool), ...args], { cwd: copy, stdio: 'pipe' })
  run('@biomejs/biome/bin/biome', 'check', 'src/modules/campaigns', 'src/app/module-map.ts')
  const tsconfig = ['--noEmit', '-p', 'tsconfig.json']
  const faults = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...tsconfig], {
    cwd: copy,
    encoding: 'utf8',
  }).stdout
  expect(faults.split('\n').filter((line) => line.includes('campaign'))).toEqual([])
}, 120_000)

test('its place is in the map and on the architecture page, and its migration comes last', () => {
  expect(readFileSync(join(copy, 'src/app/module-map.ts'), 'utf8')).toContain(
    '  campaigns: { tier: 2, uses: [] },',
  )
  expect(readFileSync(join(copy, 'ARCHITECTURE.md'), 'utf8')).toMatch(
    /\| 4 \|[\s\S]*\| 2 \| campaigns \| – \|\n\| 1 \|/,
  )
  const migrations = readdirSync(join(copy, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.sql') && file.includes('migrations/'))
    .map((file) => file.split('/').at(-1) as string)
  expect(migrations.sort().at(-1)).toMatch(/-campaigns\.sql$/)
})

test('what cannot be a module is refused in one sentence, with nothing written', () => {
  const before = readdirSync(join(copy, 'src/modules'))
  for (const [name, word] of [
    ['campaigns', 'already'],
    ['Camp', 'plural noun'],
    ['', 'plural noun'],
    ['staff', 'singular'],
  ] as const) {
    const { status, stderr } = scaffold(name)
    expect([name, status]).toEqual([name, 1])
    expect(stderr).toContain(word)
  }
  expect(readdirSync(join(copy, 'src/modules'))).toEqual(before)
  expect(scaffold('staff', '--singular', 'employee').status).toBe(0)
})
