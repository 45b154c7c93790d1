import { Analytics } from '@segment/analytics-node'
import { beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'
import { type Step, startFlakyProxy } from './flaky-proxy.ts'
import { listen, outcomes, received, storedEvents } from './received.ts'

let app: TestApp
let base: string
beforeAll(async () => {
  app = await startTestApp()
  base = await listen(app)
})

function open(ws: TestWorkspace, host: string, options: object = {}) {
  const failures: unknown[] = []
  const sdk = new Analytics({ writeKey: ws.writeKey, host, ...options })
  sdk.on('error', (error) => failures.push(error))
  return { sdk, failures }
}

test('every call arrives once with its type, ids, traits, properties and time', async () => {
  const ws = await app.workspace()
  const { sdk, failures } = open(ws, base)
  const timestamp = new Date('2026-03-01T10:00:00.123Z')
  const traits = { email: 'Ann@Example.com', plan: 'gold', age: 30 }
  sdk.identify({ userId: 'u1', anonymousId: 'a1', traits, timestamp })
  sdk.track({
    userId: 'u1',
    event: '课程购买',
    properties: { revenue: 99.5, items: [{ sku: 'a' }] },
    timestamp,
    messageId: 'mine',
  })
  sdk.page({
    anonymousId: 'a1',
    name: 'Home',
    category: 'Site',
    properties: { url: 'https://x/' },
    timestamp,
  })
  sdk.screen({ userId: 'u1', name: 'Lesson', properties: { lesson: 3 }, timestamp })
  sdk.group({ userId: 'u1', groupId: 'class-7', traits: { teacher: 'Li' }, timestamp })
  sdk.alias({ userId: 'u1', previousId: 'old-u1', timestamp })
  await sdk.closeAndFlush()
  expect(failures).toEqual([])
  expect(await outcomes(ws)).toEqual({ stored: 6, duplicate: 0, conflict: 0, rejected: 0 })
  const events = await storedEvents(app, ws)
  expect(
    events.map((one) => ({ ...one, time: Date.parse(one.time), properties: JSON.parse(one.properties) })),
  ).toMatchObject([
    {
      type: 'identify',
      event: 'identify',
      user_id: 'u1',
      anonymous_id: 'a1',
      properties: traits,
      time: +timestamp,
    },
    {
      type: 'track',
      event: '课程购买',
      user_id: 'u1',
      message_id: 'mine',
      properties: { revenue: 99.5, items: [{ sku: 'a' }] },
    },
    {
      type: 'page',
      event: 'Page Viewed',
      user_id: '',
      anonymous_id: 'a1',
      properties: { name: 'Home', url: 'https://x/' },
    },
    { type: 'screen', event: 'Screen Viewed', user_id: 'u1', properties: { name: 'Lesson', lesson: 3 } },
    { type: 'group', event: 'group', user_id: 'u1', properties: { groupId: 'class-7', teacher: 'Li' } },
    { type: 'alias', event: 'alias', user_id: 'u1', properties: { previousId: 'old-u1', userId: 'u1' } },
  ])
  expect(new Set(events.map((one) => Date.parse(one.time)))).toEqual(new Set([+timestamp]))
  const people = (await received(ws)).map((one) => one.profileId)
  expect(new Set(people).size).toBe(1)
  expect(people[0]).toMatch(/^per_/)
})

test('what its clients send without a time gets the time of the call', async () => {
  const ws = await app.workspace()
  const { sdk } = open(ws, base)
  const before = Date.now()
  sdk.track({ anonymousId: 'a1', event: 'Now' })
  await sdk.flush()
  await sdk.closeAndFlush()
  const [event] = await storedEvents(app, ws)
  expect(Date.parse(event!.time)).toBeGreaterThanOrEqual(before - 1)
  expect(Date.parse(event!.time)).toBeLessThanOrEqual(Date.now())
})

test('500 calls at once: all there, each once, in batches', async () => {
  const ws = await app.workspace()
  const { sdk } = open(ws, base, { maxEventsInBatch: 50 })
  for (let n = 0; n < 500; n++) sdk.track({ userId: `u${n % 20}`, event: 'Many', properties: { n } })
  await sdk.closeAndFlush()
  expect(await outcomes(ws)).toEqual({ stored: 500, duplicate: 0, conflict: 0, rejected: 0 })
  const seen = (await storedEvents(app, ws)).map((one) => (JSON.parse(one.properties) as { n: number }).n)
  expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, n) => n))
})

// Two batches of ten on their way at once; the script decides what happens to their requests, in order.
test.concurrent.for<[string, Step[], repeats: number]>([
  [
    '503 with Retry-After',
    [
      { status: 503, retryAfter: 1 },
      { status: 503, retryAfter: 1 },
    ],
    0,
  ],
  [
    '429 with Retry-After',
    [
      { status: 429, retryAfter: 1 },
      { status: 429, retryAfter: 1 },
    ],
    0,
  ],
  ['429 without', [{ status: 429 }], 0],
  ['500, 502 and 504', [{ status: 500 }, { status: 502 }, { status: 504 }], 0],
  ['a reset connection', ['reset', 'reset'], 0],
  ['no answer in time', ['no answer'], 0],
  ['an answer lost after the commit', ['answer lost', 'answer lost'], 20],
  [
    'everything in turn',
    [
      'reset',
      'answer lost',
      { status: 503, retryAfter: 1 },
      'answer lost',
      { status: 429, retryAfter: 1 },
      'no answer',
    ],
    20,
  ],
])(
  'through %s nothing is lost and nothing counts twice',
  async ([_name, script, repeats], { onTestFinished }) => {
    const ws = await app.workspace()
    const proxy = await startFlakyProxy(base, script)
    onTestFinished(proxy.close)
    const { sdk, failures } = open(ws, proxy.url, { maxEventsInBatch: 10, httpRequestTimeout: 2000 })
    for (let n = 0; n < 20; n++) sdk.track({ userId: 'u1', event: 'Kept', properties: { n } })
    await sdk.closeAndFlush({ timeout: 40_000 })
    expect(failures).toEqual([])
    expect(proxy.seen.slice(0, script.length).map((one) => one.step)).toEqual(script)
    expect(await outcomes(ws)).toEqual({ stored: 20, duplicate: repeats, conflict: 0, rejected: 0 })
    const seen = (await storedEvents(app, ws)).map((one) => (JSON.parse(one.properties) as { n: number }).n)
    expect(new Set(seen).size).toBe(20)
  },
)

test('a wrong write key is told to the caller, and nothing is stored', async () => {
  const ws = await app.workspace()
  const { sdk, failures } = open({ ...ws, writeKey: 'wk_wrong' }, base)
  sdk.track({ userId: 'u1', event: 'E' })
  await sdk.closeAndFlush()
  expect(failures).toHaveLength(1)
  expect(await outcomes(ws)).toMatchObject({ stored: 0 })
})
