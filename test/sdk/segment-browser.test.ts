import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'
import { openShop, type Shop, until } from './browser-page.ts'
import { type FlakyProxy, type Step, startFlakyProxy } from './flaky-proxy.ts'
import { listen, outcomes, received, storedEvents } from './received.ts'

let app: TestApp
let base: string
let shop: Shop
beforeAll(async () => {
  app = await startTestApp({ env: { HEADWATER_TRUST_PROXY: 'true' } })
  base = await listen(app)
  shop = await openShop()
})
afterAll(() => shop?.close())

const proxies: FlakyProxy[] = []
afterAll(() => Promise.all(proxies.map((one) => one.close())))

async function behind(...script: Step[]): Promise<FlakyProxy> {
  const proxy = await startFlakyProxy(base, script)
  proxies.push(proxy)
  return proxy
}

/** The start of the official package with nothing but our address. */
const load = (ws: TestWorkspace, proxy: FlakyProxy, strategy?: object) => {
  const options = strategy ? { integrations: { 'Segment.io': { deliveryStrategy: strategy } } } : {}
  return `window.analytics = AnalyticsBrowser.load(${JSON.stringify({ writeKey: ws.writeKey, cdnURL: proxy.url })}, ${JSON.stringify(options)});`
}

const batching = { strategy: 'batching', config: { size: 3, timeout: 300 } }

const stored = (ws: TestWorkspace, count: number) =>
  until(async () => (await outcomes(ws)).stored >= count, `${count} stored events`)

test.each([
  ['one request a call', undefined, ['/v1/i', '/v1/t', '/v1/p', '/v1/s', '/v1/g', '/v1/a']],
  ['in batches', batching, ['/v1/b']],
])(
  '%s: every call arrives once with its type, ids, traits and properties',
  async (_name, strategy, paths) => {
    const ws = await app.workspace()
    const proxy = await behind()
    const page = await shop.visit()
    await page.evaluate(`(async () => {
    ${load(ws, proxy, strategy)}
    await analytics.setAnonymousId('a1')
    analytics.identify('u1', { email: 'Ann@Example.com', plan: 'gold' })
    analytics.track('课程购买', { revenue: 99.5 })
    analytics.page('Site', 'Home', { banner: 'x' })
    analytics.screen('Lesson', { lesson: 3 })
    analytics.group('class-7', { teacher: 'Li' })
    analytics.alias('u1', 'old-u1')
  })()`)
    await stored(ws, 6)
    expect(await outcomes(ws)).toEqual({ stored: 6, duplicate: 0, conflict: 0, rejected: 0 })
    const events = (await storedEvents(app, ws)).map((one) => ({
      ...one,
      properties: JSON.parse(one.properties),
    }))
    const byType = Object.fromEntries(events.map((one) => [one.type, one]))
    expect(byType).toMatchObject({
      identify: { user_id: 'u1', anonymous_id: 'a1', properties: { email: 'Ann@Example.com', plan: 'gold' } },
      track: { event: '课程购买', user_id: 'u1', anonymous_id: 'a1', properties: { revenue: 99.5 } },
      page: {
        event: 'Page Viewed',
        user_id: 'u1',
        properties: { name: 'Home', category: 'Site', banner: 'x', url: shop.url, title: 'Shop' },
      },
      screen: { event: 'Screen Viewed', properties: { name: 'Lesson', lesson: 3 } },
      group: { properties: { groupId: 'class-7', teacher: 'Li' } },
      alias: { user_id: 'u1', properties: { previousId: 'old-u1', userId: 'u1' } },
    })
    expect(JSON.parse(byType.track!.context)).toMatchObject({
      page: { url: shop.url },
      userAgent: expect.stringContaining('Chrome'),
    })
    const asked = new Set(proxy.seen.filter((one) => one.method === 'OPTIONS').map((one) => one.url))
    for (const path of paths) expect(asked, 'the preflight of a cross-origin call').toContain(path)
    const posts = proxy.seen.filter((one) => one.method === 'POST' && !one.url.endsWith('/m'))
    expect(new Set(posts.map((one) => one.url))).toEqual(new Set(paths))
    expect(posts.every((one) => one.type.startsWith('text/plain'))).toBe(true)
  },
)

test('leaving the page loses nothing: one request a call, page after page', async () => {
  const ws = await app.workspace()
  const proxy = await behind()
  const page = await shop.visit()
  // The SDK's own option for calls made on the way out; without it the browser may cut them off.
  const keepalive = { strategy: 'standard', config: { keepalive: true } }
  for (let n = 0; n < 4; n++) {
    // Left while the call is under way. A page left before the SDK has made its request, as a busy browser may be, is
    // the SDK's own affair: what it had not yet queued is gone, whoever the server is.
    await page.evaluate(`(async () => {
      ${load(ws, proxy, keepalive)}
      await analytics
      const fetched = new Promise((resolve) => {
        const { fetch } = window
        window.fetch = (url, ...more) => {
          if (String(url).endsWith('/v1/t')) resolve()
          return fetch(url, ...more)
        }
      })
      analytics.track('Left', { n: ${n} })
      await fetched
    })()`)
    await page.goto(`${shop.url}?page=${n}`)
  }
  await page.evaluate(`(async () => { ${load(ws, proxy)} await analytics })()`)
  await stored(ws, 4)
  expect(
    (await storedEvents(app, ws)).map((one) => (JSON.parse(one.properties) as { n: number }).n).sort(),
  ).toEqual([0, 1, 2, 3])
})

test('leaving the page loses nothing: batches are sent on the way out', async () => {
  const ws = await app.workspace()
  const proxy = await behind()
  const page = await shop.visit()
  const slow = { strategy: 'batching', config: { size: 100, timeout: 60_000 } }
  await page.evaluate(`(async () => {
    ${load(ws, proxy, slow)}
    await analytics
    for (let n = 0; n < 5; n++) await analytics.track('Left', { n })
  })()`)
  expect((await outcomes(ws)).stored).toBe(0)
  await page.goto('about:blank')
  await stored(ws, 5)
  expect(await outcomes(ws)).toMatchObject({ stored: 5 })
})

test('the anonymous id is the same after a reload, and login joins what came before', async () => {
  const ws = await app.workspace()
  const proxy = await behind()
  const page = await shop.visit()
  await page.evaluate(`(async () => { ${load(ws, proxy)} await analytics.track('First') })()`)
  await stored(ws, 1)
  await page.reload()
  await page.evaluate(
    `(async () => { ${load(ws, proxy)} await analytics.track('Second'); await analytics.identify('u1') })()`,
  )
  await stored(ws, 3)
  const items = await received(ws)
  expect(new Set(items.map((one) => one.anonymousId)).size).toBe(1)
  expect(items[0]!.anonymousId).toMatch(/^[0-9a-f-]{36}$/)
  expect(new Set(items.map((one) => one.profileId)).size).toBe(1)
})

test.each<[string, object | undefined, Step[]]>([
  [
    'one request a call',
    undefined,
    [{ status: 503, retryAfter: 1 }, { status: 429, retryAfter: 1 }, 'reset', 'answer lost'],
  ],
  [
    'in batches',
    batching,
    [{ status: 503, retryAfter: 1 }, { status: 429, retryAfter: 1 }, 'reset', 'answer lost'],
  ],
])(
  '%s: through refusals, cuts and lost answers nothing is lost and nothing counts twice',
  async (_name, strategy, script) => {
    const ws = await app.workspace()
    const proxy = await behind(...script)
    const page = await shop.visit()
    await page.evaluate(`(async () => {
    ${load(ws, proxy, strategy)}
    await analytics
    for (let n = 0; n < 6; n++) analytics.track('Kept', { n })
  })()`)
    await stored(ws, 6)
    expect(proxy.seen.filter((one) => one.step !== 'pass').map((one) => one.step)).toEqual(script)
    expect(await outcomes(ws)).toMatchObject({ stored: 6, conflict: 0, rejected: 0 })
  },
)
