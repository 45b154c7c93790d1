import { randomInt } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyBackup } from '#app/backup/read-backup.ts'
import { anInstance, type Instance, type Keys } from '#test/faults/instance.ts'
import { startClient, untilAcknowledged } from '#test/faults/ledger-client.ts'
import { readStored, untilSettled } from '#test/faults/stored-state.ts'

const folder = mkdtempSync('/tmp/hw-faults-backup-')
const file = join(folder, 'all.tar.gz')
const instances: Instance[] = []

afterAll(() => {
  for (const one of instances) one.remove()
  rmSync(folder, { recursive: true, force: true })
})

function newInstance(dataDir?: string): Instance {
  const one = anInstance(dataDir ? { dataDir } : {})
  instances.push(one)
  return one
}

async function stop(instance: Instance): Promise<void> {
  instance.kill('SIGTERM', (one) => one.role === 'launcher')
  expect(await instance.ended()).toBe(0)
}

const rules = [
  { event: 'Lesson Started', count: { op: 'gte', value: 2 } },
  { attr: 'email', op: 'exists' },
  { event: 'Page Seen' },
]

async function ask<T>(instance: Instance, keys: Keys, path: string, body?: unknown): Promise<T> {
  const reply = await fetch(`${instance.url}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${keys.apiKey}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  expect(reply.status).toBe(200)
  return (await reply.json()) as T
}

async function answers(instance: Instance, keys: Keys) {
  const people = await ask(instance, keys, '/api/profiles?limit=1000&sort=id')
  const counts = await Promise.all(
    rules.map((rule) => ask(instance, keys, '/api/segments/preview', { rule: { all: [rule] } })),
  )
  return { people, counts: counts.map((one) => (one as { count: number }).count) }
}

type Origin = { acknowledgedBefore: Set<string>; keys: Keys; sent: Set<string> }
let origin: Origin

beforeAll(async () => {
  const instance = newInstance()
  await instance.start()
  const keys = await instance.init()
  const ledger = join(folder, 'ledger')
  const client = startClient({ url: instance.url, writeKey: keys.writeKey, ledger, pauseMs: 10 })
  await untilAcknowledged(client, 1500)
  const acknowledgedBefore = client.acknowledged()
  const { code, out, err } = await instance.hw('backup', file)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(JSON.parse(out)).toMatchObject({ file })
  // Events kept coming in all the time.
  expect(client.acknowledged().size).toBeGreaterThan(acknowledgedBefore.size)
  await client.stop()
  await stop(instance)
  origin = { acknowledgedBefore, keys, sent: client.sent }
}, 180_000)

test('a backup under load, restored into a new folder, has every event acknowledged before it once', {
  timeout: 180_000,
}, async () => {
  const { keys, acknowledgedBefore, sent } = origin
  const dataDir = join(folder, 'restored')
  const instance = newInstance(dataDir)
  const restored = await instance.hw('restore', file)
  expect({ code: restored.code, out: JSON.parse(restored.out) }).toMatchObject({ code: 0, out: { dataDir } })
  await instance.start()
  // The keys of before work; nothing claims to be current before ClickHouse is rebuilt.
  await untilSettled(instance.url, keys)
  const before = await answers(instance, keys)
  expect(before.counts.every((count) => count > 0)).toBe(true)
  expect((await instance.hw('rebuild')).code).toBe(0)
  expect(await answers(instance, keys)).toEqual(before)
  await stop(instance)
  const stored = await readStored(dataDir)
  expect([...acknowledgedBefore].filter((id) => stored.rows.get(id) !== 1)).toEqual([])
  expect([...stored.rows.keys()].filter((id) => !sent.has(id))).toEqual([])
  expect(stored).toMatchObject({ eventsAgree: true, peopleAgree: true })
})

test('a person keeps the public id', { timeout: 120_000 }, async () => {
  const { keys } = origin
  const first = instances[0] as Instance
  const again = instances[1] as Instance
  const idOf = async (instance: Instance) => {
    await instance.start()
    const { items } = await ask<{ items: { id: string }[] }>(
      instance,
      keys,
      '/api/profiles?identifier=user_id:u7',
    )
    await stop(instance)
    return items.map((one) => one.id)
  }
  const ids = await idOf(first)
  expect(ids).toHaveLength(1)
  expect(await idOf(again)).toEqual(ids)
})

test('a folder that is not empty is refused and left alone', async () => {
  const target = mkdtempSync(join(folder, 'full-'))
  writeFileSync(join(target, 'note'), 'mine')
  const { code, err } = await anInstance({ dataDir: target }).hw('restore', file)
  expect(code).toBe(1)
  expect(err).toContain('is not empty')
  expect(readFileSync(join(target, 'note'), 'utf8')).toBe('mine')
})

test('20 of 20 flipped bytes are found before anything is restored, a cut-off file too', {
  timeout: 60_000,
}, async () => {
  const size = statSync(file).size
  const damagedFile = join(folder, 'damaged.tar.gz')
  for (let n = 0; n < 20; n++) {
    copyFileSync(file, damagedFile)
    const bytes = readFileSync(damagedFile)
    // The gzip header's time and system bytes carry nothing.
    const at = randomInt(10, size)
    bytes[at] = (bytes[at] as number) ^ (1 << randomInt(0, 8))
    writeFileSync(damagedFile, bytes)
    await expect(verifyBackup(damagedFile), `byte ${at}`).rejects.toMatchObject({ code: 'backup.damaged' })
  }
  writeFileSync(damagedFile, readFileSync(file).subarray(0, size - 400))
  await expect(verifyBackup(damagedFile)).rejects.toMatchObject({ code: 'backup.damaged' })
})

test('checksums find a change that gzip and tar cannot see', async () => {
  const bytes = gunzipSync(readFileSync(file))
  const at = bytes.indexOf('"instanceKey"')
  bytes[at + 20] = (bytes[at + 20] as number) ^ 1
  const changed = join(folder, 'changed.tar.gz')
  writeFileSync(changed, gzipSync(bytes, { level: 1 }))
  await expect(verifyBackup(changed)).rejects.toThrow(/secrets.json is changed/)
})

test('with DATABASE_URL one sentence says whose backup it is', async () => {
  const { code, err } = await anInstance({
    dataDir: join(folder, 'none'),
    env: { DATABASE_URL: 'postgres://h/x' },
  }).hw('backup', file)
  expect({ code, lines: err.trim().split('\n').length }).toEqual({ code: 1, lines: 1 })
  expect(err).toMatch(/DATABASE_URL .* provider/)
})
