import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openDataDir } from '#platform/data-dir.ts'
import { nodeExecutable } from '#platform/node-runtime.ts'

const folders: string[] = []
const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hw-data-dir-'))
  folders.push(folder)
  return join(folder, 'data')
}

const holderScript = `
  const { openDataDir } = await import('#platform/data-dir.ts')
  try { await openDataDir(process.argv[1]); console.log('held') }
  catch (error) { console.log(error.code, error.message) }
  setInterval(() => undefined, 1000)`

/** Another process that tries to open the folder; answers its first line and goes on living. */
async function openElsewhere(path: string): Promise<{ child: ChildProcess; answer: string }> {
  const child = spawn(nodeExecutable(), ['--input-type=module', '-e', holderScript, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: process.cwd(),
  })
  children.push(child)
  const [line] = await once(child.stdout, 'data')
  return { child, answer: String(line).trim() }
}

test('keeps the same instance key over restarts, readable by the owner only', async () => {
  const path = aFolder()
  const first = await openDataDir(path)
  first.release()
  const second = await openDataDir(path)
  second.release()
  expect(second.secrets.instanceKey).toBe(first.secrets.instanceKey)
  expect(Buffer.from(first.secrets.instanceKey, 'base64')).toHaveLength(32)
  expect(statSync(join(path, 'secrets.json')).mode & 0o777).toBe(0o600)
  expect(statSync(path).mode & 0o777).toBe(0o700)
})

test('refuses a damaged key file rather than making new keys', async () => {
  const path = aFolder()
  const dir = await openDataDir(path)
  dir.release()
  writeFileSync(join(path, 'secrets.json'), '{"instanceKey":"short"}')
  await expect(openDataDir(path)).rejects.toMatchObject({ code: 'data_dir.secrets_damaged' })
})

test('a second process is refused with the pid and path of the first, and enters after its SIGKILL', async () => {
  const path = aFolder()
  const { child } = await openElsewhere(path)
  await expect(openDataDir(path)).rejects.toMatchObject({
    code: 'data_dir.in_use',
    kind: 'conflict',
    details: { pid: child.pid, path },
  })
  child.kill('SIGKILL')
  await once(child, 'exit')
  const dir = await openDataDir(path)
  expect(JSON.parse(readFileSync(join(path, 'lock'), 'utf8')).pid).toBe(process.pid)
  dir.release()
})

test('a lock whose pid now belongs to another process is taken over', async () => {
  const path = aFolder()
  const dir = await openDataDir(path)
  const holder = JSON.parse(readFileSync(join(path, 'lock'), 'utf8'))
  dir.release()
  // Process 1 lives, but did not start when the recorded holder did.
  writeFileSync(join(path, 'lock'), JSON.stringify({ ...holder, pid: 1, start: '0' }))
  const next = await openDataDir(path)
  next.release()
})

test('a lock from before the last boot, and one cut off in the middle, are taken over', async () => {
  const path = aFolder()
  const dir = await openDataDir(path)
  const holder = JSON.parse(readFileSync(join(path, 'lock'), 'utf8'))
  dir.release()
  writeFileSync(join(path, 'lock'), JSON.stringify({ ...holder, boot: 'earlier' }))
  ;(await openDataDir(path)).release()
  writeFileSync(join(path, 'lock'), '{"pid":')
  ;(await openDataDir(path)).release()
})

test('a holder in another container counts as alive while it touches its lock', async () => {
  const path = aFolder()
  const dir = await openDataDir(path)
  const holder = JSON.parse(readFileSync(join(path, 'lock'), 'utf8'))
  dir.release()
  const lock = join(path, 'lock')
  writeFileSync(lock, JSON.stringify({ ...holder, space: 'another container' }))
  const beat = setInterval(() => utimesSync(lock, new Date(), new Date()), 100)
  await expect(openDataDir(path)).rejects.toMatchObject({ code: 'data_dir.in_use' })
  clearInterval(beat)
  ;(await openDataDir(path)).release()
})

test('of several processes that meet a stale lock at once, one wins', async () => {
  const path = aFolder()
  const { child } = await openElsewhere(path)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const answers = await Promise.all([1, 2, 3, 4].map(() => openElsewhere(path)))
  expect(answers.filter(({ answer }) => answer === 'held')).toHaveLength(1)
  expect(answers.filter(({ answer }) => answer.startsWith('data_dir.in_use'))).toHaveLength(3)
})
