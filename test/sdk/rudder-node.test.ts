import RudderAnalytics from '@rudderstack/rudder-sdk-node'
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

type Options = NonNullable<ConstructorParameters<typeof RudderAnalytics>[1]>

/** `done` resolves when the package has answered every call's callback. */
function open(ws: TestWorkspace, dataPlaneUrl: string, options: Options = {}) {
  const failures: unknown[] = []
  const sdk = new RudderAnalytics(ws.writeKey, {
    dataPlaneUrl,
    logLevel: 'none',
    flushInterval: 100,
    ...options,
  } as Options)
  const waiting: Promise<void>[] = []
  const callback = () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    waiting.push(promise)
    return (error?: unknown) => {
      if (error) failures.push(error)
      resolve()
    }
  }
  return { sdk, failures, callback, done: () => Promise.all(waiting) }
}

test.each([true, false])(
  'every call arrives once with its type, ids, traits, properties and time (gzip: %s)',
  async (gzip) => {
    const ws = await app.workspace()
    const { sdk, failures, callback, done } = open(ws, base, { gzip })
    const timestamp = new Date('2026-03-01T10:00:00.123Z')
    const traits = { email: 'Ann@Example.com', plan: 'gold' }
    sdk.identify({ userId: 'u1', anonymousId: 'a1', traits, timestamp }, callback())
    sdk.track(
      {
        userId: 'u1',
        event: '课程购买',
        properties: { revenue: 99.5 },
        timestamp,
      },
      callback(),
    )
    sdk.page({ anonymousId: 'a1', name: 'Home', properties: { url: 'https://x/' }, timestamp }, callback())
    sdk.screen({ userId: 'u1', name: 'Lesson', properties: { lesson: 3 }, timestamp }, callback())
    sdk.group({ userId: 'u1', groupId: 'class-7', traits: { teacher: 'Li' }, timestamp }, callback())
    sdk.alias({ userId: 'u1', previousId: 'old-u1', timestamp }, callback())
    await sdk.flush()
    await done()
    expect(failures).toEqual([])
    expect(await outcomes(ws)).toEqual({ stored: 6, duplicate: 0, conflict: 0, rejected: 0 })
    const events = await storedEvents(app, ws)
    expect(events.map((one) => ({ ...one, properties: JSON.parse(one.properties) }))).toMatchObject([
      { type: 'identify', user_id: 'u1', anonymous_id: 'a1', properties: traits },
      { type: 'track', event: '课程购买', user_id: 'u1', properties: { revenue: 99.5 } },
      {
        type: 'page',
        event: 'Page Viewed',
        user_id: '',
        anonymous_id: 'a1',
        properties: { name: 'Home', url: 'https://x/' },
      },
      { type: 'screen', event: 'Screen Viewed', user_id: 'u1', properties: { name: 'Lesson', lesson: 3 } },
      { type: 'group', user_id: 'u1', properties: { groupId: 'class-7', teacher: 'Li' } },
      { type: 'alias', user_id: 'u1', properties: { previousId: 'old-u1', userId: 'u1' } },
    ])
    expect(new Set(events.map((one) => Date.parse(one.time)))).toEqual(new Set([+timestamp]))
    expect(new Set((await received(ws)).map((one) => one.profileId)).size).toBe(1)
  },
)

// The package sends its batches one after the other: the script plays on the first of two.
test.concurrent.for<[string, Step[], repeats: number]>([
  [
    '503 with Retry-After',
    [
      { status: 503, retryAfter: 1 },
      { status: 503, retryAfter: 1 },
    ],
    0,
  ],
  ['429 with Retry-After', [{ status: 429, retryAfter: 1 }], 0],
  ['500 and 502', [{ status: 500 }, { status: 502 }], 0],
  ['a reset connection', ['reset', 'reset'], 0],
  ['an answer lost after the commit', ['answer lost', 'answer lost'], 2],
  [
    'everything in turn',
    ['reset', 'answer lost', { status: 503, retryAfter: 1 }, 'answer lost', { status: 429, retryAfter: 1 }],
    2,
  ],
])(
  'through %s nothing is lost and nothing counts twice',
  async ([_name, script, repeats], { onTestFinished }) => {
    const ws = await app.workspace()
    const proxy = await startFlakyProxy(base, script)
    onTestFinished(proxy.close)
    const { sdk, failures, callback, done } = open(ws, proxy.url, { flushAt: 10, retryCount: 6 })
    for (let n = 0; n < 21; n++) sdk.track({ userId: 'u1', event: 'Kept', properties: { n } }, callback())
    await sdk.flush()
    await done()
    expect(failures).toEqual([])
    expect(proxy.seen.slice(0, script.length).map((one) => one.step)).toEqual(script)
    const { stored, duplicate, ...others } = await outcomes(ws)
    expect({ stored, ...others }).toEqual({ stored: 21, conflict: 0, rejected: 0 })
    expect(duplicate > 0).toBe(repeats > 0)
    const seen = (await storedEvents(app, ws)).map((one) => (JSON.parse(one.properties) as { n: number }).n)
    expect(new Set(seen).size).toBe(21)
  },
)
