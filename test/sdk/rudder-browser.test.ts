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

/** The start of the official package; resolves when it is ready. */
const load = (ws: TestWorkspace, proxy: FlakyProxy, options: object = {}) => `
  window.rudder = new RudderAnalytics()
  rudder.load(${JSON.stringify(ws.writeKey)}, ${JSON.stringify(proxy.url)}, ${JSON.stringify({ configUrl: proxy.url, logLevel: 'ERROR', ...options })})
  await new Promise((resolve) => rudder.ready(resolve));`

const stored = (ws: TestWorkspace, count: number) =>
  until(async () => (await outcomes(ws)).stored >= count, `${count} stored events`)

const beacon = {
  transportMode: 'beacon',
  useBeacon: true,
  beaconQueueOptions: { maxItems: 10, flushQueueInterval: 300 },
}

test.each([
  ['one request a call', {}, ['/v1/identify', '/v1/track', '/v1/page', '/v1/group', '/v1/alias']],
  [
    'in batches',
    { queueOptions: { batch: { enabled: true, maxItems: 10, flushInterval: 300 } } },
    ['/v1/batch'],
  ],
  ['by beacon', beacon, ['/beacon/v1/batch']],
])('%s: every call arrives once with its type, ids, traits and properties', async (_name, options, paths) => {
  const ws = await app.workspace()
  const proxy = await behind()
  const page = await shop.visit()
  await page.evaluate(`(async () => {
    ${load(ws, proxy, options)}
    rudder.setAnonymousId('a1')
    rudder.identify('u1', { email: 'Ann@Example.com', plan: 'gold' })
    rudder.track('课程购买', { revenue: 99.5 })
    rudder.page('Site', 'Home', { banner: 'x' })
    rudder.group('class-7', { teacher: 'Li' })
    rudder.alias('u1', 'old-u1')
  })()`)
  await stored(ws, 5)
  expect(await outcomes(ws)).toEqual({ stored: 5, duplicate: 0, conflict: 0, rejected: 0 })
  const events = (await storedEvents(app, ws)).map((one) => ({
    ...one,
    properties: JSON.parse(one.properties),
  }))
  expect(Object.fromEntries(events.map((one) => [one.type, one]))).toMatchObject({
    identify: { user_id: 'u1', anonymous_id: 'a1', properties: { email: 'Ann@Example.com', plan: 'gold' } },
    track: { event: '课程购买', user_id: 'u1', anonymous_id: 'a1', properties: { revenue: 99.5 } },
    page: {
      event: 'Page Viewed',
      user_id: 'u1',
      properties: { name: 'Home', category: 'Site', banner: 'x', url: shop.url },
    },
    group: { properties: { groupId: 'class-7', teacher: 'Li' } },
    alias: { user_id: 'u1', properties: { previousId: 'old-u1', userId: 'u1' } },
  })
  const posts = proxy.seen.filter((one) => one.method === 'POST').map((one) => one.url.split('?')[0])
  expect(new Set(posts)).toEqual(new Set(paths))
  expect(proxy.seen.some((one) => one.method === 'GET' && one.url.startsWith('/sourceConfig/'))).toBe(true)
  const asked = new Set(
    proxy.seen.filter((one) => one.method === 'OPTIONS').map((one) => one.url.split('?')[0]),
  )
  // A beacon is a simple request: text without headers of its own.
  for (const path of paths) expect(asked.has(path), path).toBe(!path.startsWith('/beacon'))
})

test('leaving the page loses nothing: what was not sent is sent from the next page', async () => {
  const ws = await app.workspace()
  const proxy = await behind()
  const page = await shop.visit()
  for (let n = 0; n < 4; n++) {
    await page.evaluate(`(async () => { ${load(ws, proxy)} rudder.track('Left', { n: ${n} }) })()`)
    await page.goto(`${shop.url}?page=${n}`)
  }
  await page.evaluate(`(async () => { ${load(ws, proxy)} })()`)
  await stored(ws, 4)
  const seen = (await storedEvents(app, ws)).map((one) => (JSON.parse(one.properties) as { n: number }).n)
  expect(seen.sort()).toEqual([0, 1, 2, 3])
})

test('leaving the page loses nothing: beacons are sent on the way out', async () => {
  const ws = await app.workspace()
  const proxy = await behind()
  const page = await shop.visit()
  const slow = { ...beacon, beaconQueueOptions: { maxItems: 100, flushQueueInterval: 60_000 } }
  await page.evaluate(`(async () => {
    ${load(ws, proxy, slow)}
    for (let n = 0; n < 5; n++) rudder.track('Left', { n })
  })()`)
  await page.goto('about:blank')
  await stored(ws, 5)
  expect(await outcomes(ws)).toMatchObject({ stored: 5, conflict: 0 })
})

test('the anonymous id is the same after a reload, and login joins what came before', async () => {
  const ws = await app.workspace()
  const proxy = await behind()
  const page = await shop.visit()
  await page.evaluate(`(async () => { ${load(ws, proxy)} rudder.track('First') })()`)
  await stored(ws, 1)
  await page.reload()
  await page.evaluate(`(async () => { ${load(ws, proxy)} rudder.track('Second'); rudder.identify('u1') })()`)
  await stored(ws, 3)
  const items = await received(ws)
  expect(new Set(items.map((one) => one.anonymousId)).size).toBe(1)
  expect(items[0]!.anonymousId).toMatch(/^[0-9a-f-]{36}$/)
  expect(new Set(items.map((one) => one.profileId)).size).toBe(1)
})

test('through refusals, cuts and lost answers nothing is lost and nothing counts twice', async () => {
  const ws = await app.workspace()
  const script: Step[] = [
    { status: 503, retryAfter: 1 },
    { status: 429, retryAfter: 1 },
    'reset',
    'answer lost',
  ]
  const proxy = await behind(...script)
  const page = await shop.visit()
  await page.evaluate(`(async () => {
    ${load(ws, proxy, { queueOptions: { minRetryDelay: 200, maxRetryDelay: 1000 } })}
    for (let n = 0; n < 6; n++) rudder.track('Kept', { n })
  })()`)
  await stored(ws, 6)
  expect(proxy.seen.filter((one) => one.step !== 'pass').map((one) => one.step)).toEqual(script)
  expect(await outcomes(ws)).toMatchObject({ stored: 6, conflict: 0, rejected: 0 })
})
