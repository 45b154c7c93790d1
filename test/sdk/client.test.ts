import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'
import { type Client, createClient, ProblemError } from '../../packages/client/src/client.ts'
import { listen } from './received.ts'

let app: TestApp
let base: string
let ws: TestWorkspace
let client: Client

beforeAll(async () => {
  app = await startTestApp()
  base = await listen(app)
  ws = await app.workspace()
  client = createClient({ baseUrl: base, apiKey: ws.apiKey })
})

const rule = { event: 'Lead Created' }

async function allOf<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of list) items.push(item)
  return items
}

test('a segment is made, read, walked through page by page, and removed', async () => {
  const people = Array.from({ length: 7 }, (_, at) => ({
    type: 'track',
    event: 'Lead Created',
    userId: `u${at}`,
  }))
  await ws.send(...people)
  await ws.settled()
  const made = await client.segments.create({ body: { name: 'Asked', rule } })
  expect((await client.segments.get({ id: made.id })).name).toBe('Asked')
  const page = await client.profiles.list({ limit: 3 })
  expect(page.items).toHaveLength(3)
  expect(page.next).toEqual(expect.any(String))
  const all = await allOf(client.profiles.list.each({ limit: 3, sort: 'id' }))
  expect(new Set(all.map((one) => one.id)).size).toBe(7)
  const { items } = await client.collect.names()
  expect(items).toMatchObject([{ name: 'Lead Created', count: 7 }])
  expect(await client.segments.remove({ id: made.id })).toBeUndefined()
})

test('a repeat with the same key gets the first answer, another name another segment', async () => {
  const once = { idempotencyKey: 'nightly-1' }
  const first = await client.segments.create({ body: { name: 'Nightly', rule } }, once)
  const again = await client.segments.create({ body: { name: 'Nightly', rule } }, once)
  expect(again.id).toBe(first.id)
  const taken = await client.segments
    .create({ body: { name: 'Nightly', rule } })
    .catch((error: unknown) => error)
  expect(taken).toBeInstanceOf(ProblemError)
  expect(taken).toMatchObject({ status: 409, code: 'segment.name_taken', requestId: expect.any(String) })
})

test('an answer that was lost on the way is asked for again: one segment, not two', async () => {
  let lost = 0
  const shaky = createClient({
    baseUrl: base,
    apiKey: ws.apiKey,
    wait: async () => undefined,
    fetch: async (address, init) => {
      const reply = await fetch(address, init)
      if (lost++ === 0) throw new TypeError('socket hang up')
      return reply
    },
  })
  const made = await shaky.segments.create({ body: { name: 'Lost and found', rule } })
  expect(lost).toBe(2)
  const found = await allOf(client.segments.list.each({ search: 'Lost and found' }))
  expect(found.map((one) => one.id)).toEqual([made.id])
})

test('faults of the request say where they are; a wrong key is told', async () => {
  const fault = await client.segments.create({ body: { name: '', rule } }).catch((error: unknown) => error)
  expect(fault).toMatchObject({ status: 422, code: 'request.invalid', problem: { path: '/body/name' } })
  const stranger = createClient({ baseUrl: base, apiKey: 'ak_nobody' })
  await expect(stranger.tags.list()).rejects.toMatchObject({ status: 401, code: 'access.unauthenticated' })
  await expect(client.segments.get({ id: 'seg_missing' })).rejects.toMatchObject({ status: 404 })
})

test('every route that the program serves is a function of the client', () => {
  const document = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8')) as {
    paths: Record<string, Record<string, { operationId: string; 'x-permission': string }>>
  }
  const operations = Object.values(document.paths).flatMap((item) => Object.values(item))
  const mine = operations.filter((one) => !one['x-permission'].startsWith('instance:'))
  expect(mine.length).toBeGreaterThan(60)
  const functions = client as unknown as Record<string, Record<string, unknown>>
  const absent = mine.filter(({ operationId }) => {
    const [module, name] = operationId.split('.') as [string, string]
    return typeof functions[module]?.[name] !== 'function'
  })
  expect(absent.map((one) => one.operationId)).toEqual([])
})
