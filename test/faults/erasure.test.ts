import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anInstance, type Instance, type Keys } from '#test/faults/instance.ts'
import { readStored, untilSettled } from '#test/faults/stored-state.ts'

const folder = mkdtempSync('/tmp/hw-faults-erasure-')
const file = join(folder, 'all.tar.gz')
const instances: Instance[] = []
let keys: Keys

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

async function call<T>(instance: Instance, method: string, path: string) {
  const reply = await fetch(`${instance.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${keys.apiKey}` },
  })
  return { status: reply.status, body: (await reply.json()) as T }
}

async function send(instance: Instance, ...batch: Record<string, unknown>[]): Promise<void> {
  const reply = await fetch(`${instance.url}/v1/batch`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${keys.writeKey}:`).toString('base64')}`,
    },
    body: JSON.stringify({ batch }),
  })
  expect(reply.status).toBe(200)
  await untilSettled(instance.url, keys)
}

const lifeOf = (userId: string, round: number) => [
  { type: 'identify', userId, messageId: `${userId}-${round}-i`, traits: { email: `${userId}@example.org` } },
  ...Array.from({ length: 20 }, (_, at) => ({
    type: 'track',
    userId,
    anonymousId: `device-${userId}`,
    event: 'Seen',
    messageId: `${userId}-${round}-${at}`,
  })),
]

const personOf = async (instance: Instance, userId: string) =>
  (await call<{ items: { id: string }[] }>(instance, 'GET', `/api/profiles?identifier=user_id:${userId}`))
    .body.items[0]?.id

async function eventsOf(instance: Instance, userId: string): Promise<number | undefined> {
  const id = await personOf(instance, userId)
  if (!id) return undefined
  const { body } = await call<{ items: unknown[] }>(instance, 'GET', `/api/profiles/${id}/timeline?limit=100`)
  return body.items.length
}

async function erase(instance: Instance, userId: string): Promise<string> {
  const { status, body } = await call<{ job: string }>(
    instance,
    'DELETE',
    `/api/profiles/${await personOf(instance, userId)}`,
  )
  expect(status).toBe(202)
  return body.job
}

async function untilDone(instance: Instance): Promise<void> {
  for (const deadline = Date.now() + 60_000; ; await sleep(100)) {
    const { body } = await call<{ items: { state: string }[] }>(instance, 'GET', '/api/erasures')
    if (body.items.every((one) => one.state === 'done')) return
    if (Date.now() > deadline) throw new Error(`not erased: ${JSON.stringify(body)}`)
  }
}

beforeAll(async () => {
  const instance = newInstance()
  await instance.start()
  keys = await instance.init()
  await send(instance, ...lifeOf('ann', 1), ...lifeOf('bob', 1), ...lifeOf('cho', 1))
  await erase(instance, 'cho')
  await untilDone(instance)
  await send(instance, ...lifeOf('cho', 2))
  expect((await instance.hw('backup', file)).code).toBe(0)
}, 180_000)

test('an erasure that is killed again and again is carried out', { timeout: 240_000 }, async () => {
  const [instance] = instances as [Instance]
  await erase(instance, 'ann')
  for (const afterMs of [20, 80, 200]) {
    await sleep(afterMs)
    instance.kill('SIGKILL', () => true)
    await instance.ended()
    await instance.start()
    await untilSettled(instance.url, keys)
  }
  await untilDone(instance)
  expect(await eventsOf(instance, 'ann')).toBeUndefined()
  expect(await eventsOf(instance, 'bob')).toBe(20)
  expect(await eventsOf(instance, 'cho')).toBe(20)
  await stop(instance)
  const stored = await readStored(instance.dataDir)
  expect([...stored.rows.keys()].filter((id) => id.startsWith('ann') || id.startsWith('cho-1'))).toEqual([])
  expect([...stored.logged].filter((id) => id.startsWith('ann') || id.startsWith('cho-1'))).toEqual([])
  expect(stored).toMatchObject({ eventsAgree: true, peopleAgree: true })
})

test('a backup from before does not bring them back; who came again before it stays', {
  timeout: 240_000,
}, async () => {
  const [old] = instances as [Instance]
  const ledger = join(old.dataDir, 'erasures.ndjson')
  const given = join(folder, 'given')
  const found = join(folder, 'found')
  mkdirSync(found)
  copyFileSync(ledger, join(found, 'erasures.ndjson'))
  for (const [dataDir, more] of [
    [given, ['--erasures', ledger]],
    [found, []],
  ] as const) {
    const instance = newInstance(dataDir)
    const restored = await instance.hw('restore', file, ...more)
    expect({ code: restored.code, out: JSON.parse(restored.out) }).toMatchObject({
      code: 0,
      out: { dataDir, identifiersErased: 3 },
    })
    await instance.start()
    await untilSettled(instance.url, keys)
    expect(await eventsOf(instance, 'ann')).toBeUndefined()
    expect(await eventsOf(instance, 'bob')).toBe(20)
    expect(await eventsOf(instance, 'cho')).toBe(20)
    await stop(instance)
    const stored = await readStored(dataDir)
    expect([...stored.logged].filter((id) => id.startsWith('ann'))).toEqual([])
    expect(stored).toMatchObject({ eventsAgree: true, peopleAgree: true })
  }
})

test('a restore that fails leaves the ledger where it is', async () => {
  const dataDir = join(folder, 'failing')
  mkdirSync(dataDir)
  copyFileSync(join((instances[0] as Instance).dataDir, 'erasures.ndjson'), join(dataDir, 'erasures.ndjson'))
  const { code } = await anInstance({ dataDir }).hw('restore', join(folder, 'no-such-file'))
  expect(code).toBe(1)
  expect(readdirSync(dataDir)).toEqual(['erasures.ndjson'])
})
