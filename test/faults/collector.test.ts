import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { processStart } from '#platform/process-lock.ts'
import { anInstance, type Instance, type Keys, type Role } from '#test/faults/instance.ts'
import type { Status } from '#test/faults/restartable-app.ts'

let instance: Instance
let keys: Keys
let sent = 0
beforeAll(async () => {
  instance = anInstance({ env: { HEADWATER_COLLECT_RATE: '50' } })
  await instance.start()
  keys = await instance.init()
}, 90_000)
afterAll(() => instance.remove())

// The machine may be busy with other tests.
const soon = { timeout: 20_000 }
const pidOf = (role: Role) => instance.processes().find((one) => one.role === role)?.pid

async function send(count: number): Promise<Response> {
  const batch = Array.from({ length: count }, () => ({
    type: 'track',
    event: 'Seen',
    userId: 'u1',
    messageId: `c-${sent++}`,
  }))
  const authorization = `Basic ${Buffer.from(`${keys.writeKey}:`).toString('base64')}`
  const init = { method: 'POST', headers: { authorization }, body: JSON.stringify({ batch }) }
  return fetch(`${instance.url}/v1/batch`, { ...init, signal: AbortSignal.timeout(15_000) })
}

async function get<T>(path: string): Promise<T> {
  const headers = { authorization: `Bearer ${keys.apiKey}` }
  return (await (await fetch(`${instance.url}${path}`, { headers })).json()) as T
}
const status = () => get<Status & { rate: number }>('/api/status')
const metric = async (name: string) =>
  Number(new RegExp(`^${name} (\\S+)`, 'm').exec(await (await fetch(`${instance.url}/metrics`)).text())?.[1])

test('status, metrics and live events know what the collector took in', async () => {
  expect((await send(3)).status).toBe(200)
  await expect.poll(status, soon).toMatchObject({ accepted: 3, projected: 3, rate: 3 / 60 })
  expect(await metric('headwater_collect_items_total')).toBe(3)
  expect(await metric('headwater_collector_process_resident_memory_bytes')).toBeGreaterThan(10_000_000)
  const live = await get<{ items: { messageId: string }[] }>('/api/events/live')
  expect(live.items.map((one) => one.messageId).sort()).toEqual(['c-0', 'c-1', 'c-2'])
})

test('the quota of a workspace and a revoked key hold there, too', async () => {
  const answers = await Promise.all([send(60), send(60)])
  expect(answers.map((one) => one.status).sort()).toEqual([200, 429])
  expect(answers.find((one) => one.status === 429)?.headers.has('retry-after')).toBe(true)
  const { items } = await get<{ items: { id: string; key: string }[] }>('/api/write-keys')
  const { id } = items.find((one) => one.key === keys.writeKey) as { id: string }
  const made = await fetch(`${instance.url}/api/write-keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${keys.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Second', kind: 'server' }),
  })
  const revoked = await fetch(`${instance.url}/api/write-keys/${id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${keys.apiKey}` },
  })
  expect([made.status, revoked.status]).toEqual([201, 204])
  await expect.poll(async () => (await send(0)).status, soon).toBe(401)
  keys = { ...keys, writeKey: ((await made.json()) as { key: string }).key }
})

test('events are taken in while the main program does nothing at all', async () => {
  const { accepted } = await status()
  const program = pidOf('program') as number
  process.kill(program, 'SIGSTOP')
  try {
    expect((await send(5)).status).toBe(200)
  } finally {
    process.kill(program, 'SIGCONT')
  }
  await expect.poll(status, soon).toMatchObject({ accepted: accepted + 5, projected: accepted + 5 })
})

test('a killed collector comes back on the same address', async () => {
  const before = pidOf('collector') as number
  process.kill(before, 'SIGKILL')
  const again = async () => (await send(1).catch(() => undefined))?.status
  await expect.poll(again, soon).toBe(200)
  expect(pidOf('collector')).not.toBe(before)
  expect((await fetch(`${instance.url}/readyz`)).status).toBe(200)
})

test('without its program it ends, too, and the next start removes the socket left behind', async () => {
  const link = () =>
    JSON.parse(readFileSync(join(instance.dataDir, 'run/server.json'), 'utf8')) as { socketPath: string }
  const { socketPath } = link()
  const collector = pidOf('collector') as number
  instance.kill('SIGKILL', (one) => one.role === 'program')
  await instance.ended()
  await expect.poll(() => processStart(collector), soon).toBeUndefined()
  expect(existsSync(dirname(socketPath))).toBe(true)
  await instance.start()
  await expect.poll(() => existsSync(dirname(socketPath)), soon).toBe(false)
  expect(dirname(link().socketPath).startsWith(tmpdir())).toBe(true)
  instance.kill('SIGTERM', (one) => one.role === 'launcher')
  expect(await instance.ended()).toBe(0)
  expect(readdirSync(tmpdir())).not.toContain(dirname(socketPath).split('/').at(-1))
}, 120_000)

test('by setting, the main process takes events in itself', async () => {
  const inside = anInstance({ env: { HEADWATER_COLLECTOR: 'inside' } })
  try {
    await inside.start()
    expect(inside.processes().map((one) => one.role)).not.toContain('collector')
    const { writeKey } = await inside.init()
    const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`
    const init = { method: 'POST', headers: { authorization }, body: '{"event":"Seen","userId":"u1"}' }
    expect((await fetch(`${inside.url}/v1/track`, init)).status).toBe(200)
  } finally {
    inside.remove()
  }
}, 90_000)
