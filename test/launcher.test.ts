import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { nodeExecutable } from '#platform/node-runtime.ts'

const folders: string[] = []
const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

// TypeScript syntax on purpose: only a Node that strips types runs it.
const program = `
  const args: string[] = process.argv.slice(2)
  process.on('SIGTERM', () => { console.log('stopped in order'); process.exit(7) })
  console.log(JSON.stringify({ args }))
  if (args[0] === 'wait') setInterval(() => undefined, 1000)
  else process.exit(3)`

/** A project that holds the launcher and a stand-in for the program. */
function aProject(): string {
  const root = mkdtempSync(join(tmpdir(), 'hw-launcher-'))
  folders.push(root)
  cpSync('bin', join(root, 'bin'), { recursive: true })
  mkdirSync(join(root, 'src'))
  mkdirSync(join(root, 'tools'))
  writeFileSync(join(root, 'package.json'), '{"type":"module"}')
  writeFileSync(join(root, 'src/main.ts'), program)
  writeFileSync(join(root, 'tools/check.ts'), "console.log('the check ran', ...process.argv.slice(2))")
  return root
}

function launch(root: string, ...args: string[]) {
  const child = spawn(nodeExecutable(), [join(root, 'bin/headwater.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  return child
}

test('hands the arguments over and passes the exit code on; start is the default', async () => {
  for (const [given, seen] of [
    [
      ['init', '--json'],
      ['init', '--json'],
    ],
    [[], ['start']],
  ] as const) {
    const child = launch(aProject(), ...given)
    const [line] = await once(child.stdout, 'data')
    expect(JSON.parse(String(line)).args).toEqual(seen)
    expect(await once(child, 'exit')).toEqual([3, null])
  }
})

test('tools of the repository are run themselves', async () => {
  const output = execFileSync(nodeExecutable(), [join(aProject(), 'bin/headwater.mjs'), 'check', 'fast'])
  expect(String(output)).toBe('the check ran fast\n')
})

test('a signal reaches the program, which stops in order', async () => {
  const child = launch(aProject(), 'wait')
  await once(child.stdout, 'data')
  child.kill('SIGTERM')
  const [line] = await once(child.stdout, 'data')
  expect(String(line)).toBe('stopped in order\n')
  expect(await once(child, 'exit')).toEqual([7, null])
})

test('the program stops in order when the launcher is killed outright', async () => {
  const child = launch(aProject(), 'wait')
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  const [line] = await once(child.stdout, 'data')
  expect(String(line)).toBe('stopped in order\n')
})

test('without Node 24 it says in one sentence how to get it', () => {
  // Pretends to be an older Node; the copied project has no pinned one.
  const root = aProject()
  const pretend = join(root, 'pretend.mjs')
  writeFileSync(
    pretend,
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } })",
  )
  const run = () =>
    execFileSync(nodeExecutable(), ['--import', pretend, join(root, 'bin/headwater.mjs')], { stdio: 'pipe' })
  expect(run).toThrow(/Headwater needs Node 24 .* https:\/\/nodejs\.org/)
})
