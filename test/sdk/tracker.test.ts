import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'
import { snippetForKind, snippets } from '#web/snippets/snippet-texts.ts'
import { buildTracker } from '../../packages/tracker/build.ts'
import { until } from './browser-page.ts'
import { type FlakyProxy, type Step, startFlakyProxy } from './flaky-proxy.ts'
import { listen, outcomes, type StoredEvent, storedEvents } from './received.ts'
import { openSite, type Site } from './tracked-site.ts'

let app: TestApp
let base: string
let site: Site
beforeAll(async () => {
  await buildTracker()
  app = await startTestApp()
  base = await listen(app)
  site = await openSite()
})
afterAll(() => site?.close())

const proxies: FlakyProxy[] = []
afterAll(() => Promise.all(proxies.map((one) => one.close())))

async function behind(...script: Step[]): Promise<FlakyProxy> {
  const proxy = await startFlakyProxy(base, script)
  proxies.push(proxy)
  return proxy
}

/** The snippet of the settings, with options as attributes. */
const snippet = (ws: TestWorkspace, options = '', host = base) =>
  `<script async src="${host}/tracker.js" data-write-key="${ws.writeKey}" ${options}></script>`

const call = (page: Page, code: string) => page.evaluate(`(async () => { ${code} })()`)
const posts = (proxy: FlakyProxy) => proxy.seen.filter((one) => one.method === 'POST')
const ready = (page: Page) => page.waitForFunction('window.headwater?.flush')

const stored = (ws: TestWorkspace, count: number) =>
  until(async () => (await outcomes(ws)).stored >= count, `${count} stored events`)

type Seen = Omit<StoredEvent, 'properties' | 'context'> & { properties: Json; context: Json }
type Json = Record<string, unknown>

/** What came, by the time it happened. */
async function events(ws: TestWorkspace): Promise<Seen[]> {
  const rows = await storedEvents(app, ws)
  return rows
    .map((row) => ({ ...row, properties: JSON.parse(row.properties), context: JSON.parse(row.context) }))
    .sort((a, b) => a.time.localeCompare(b.time))
}

test('the script is served to every site, small, and asked for again only when it changed', async () => {
  const reply = await fetch(`${base}/tracker.js`, { headers: { origin: 'https://shop.example' } })
  expect(reply.status).toBe(200)
  expect(reply.headers.get('content-type')).toMatch('text/javascript')
  expect(reply.headers.get('access-control-allow-origin')).toBe('*')
  expect(reply.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  expect(reply.headers.get('content-encoding')).toBe('gzip')
  const tag = reply.headers.get('etag') as string
  expect(await reply.text()).toContain('data-hw-')
  const again = await fetch(`${base}/tracker.js`, { headers: { 'if-none-match': tag } })
  expect(again.status).toBe(304)
})

test('the variant for mini-programs can be fetched', async () => {
  const reply = await fetch(`${base}/tracker-mini-program.js`)
  expect(await reply.text()).toContain('getStorageSync')
})

test('a page of another origin may read how long to wait', async () => {
  const headers = { origin: 'https://shop.example' }
  const reply = await fetch(`${base}/v1/batch`, { method: 'POST', headers, body: '{"batch":[]}' })
  expect(reply.headers.get('access-control-expose-headers')).toBe('retry-after')
})

test('the snippet tells the page view with its context; calls made before it was there are kept', async () => {
  const ws = await app.workspace()
  const path = site.put(
    `<script>
      window.headwater = window.headwater || []
      headwater.push(['identify', 'u1', { email: 'ann@example.com' }], ['track', 'Early', { n: 1 }])
      headwater.push(['onReady', (state) => { window.ready = state }])
    </script>${snippet(ws)}`,
  )
  const page = await (await site.visitor()).newPage()
  await page.goto(site.at(`${path}/course?utm_source=baidu&utm_campaign=双十一&bd_vid=b1&gclid=g1#top`))
  await page.waitForFunction('window.ready')
  await call(page, `headwater.track('Late', { n: 2 }); headwater.group('c1', { name: 'Class' })`)
  await stored(ws, 5)
  const seen = await events(ws)
  expect(seen.map((one) => [one.type, one.event])).toEqual([
    ['identify', 'identify'],
    ['track', 'Early'],
    ['page', 'Page Viewed'],
    ['track', 'Late'],
    ['group', 'group'],
  ])
  expect(new Set(seen.map((one) => one.anonymous_id)).size).toBe(1)
  expect(seen.every((one) => one.user_id === 'u1')).toBe(true)
  const [, , view, late] = seen as [Seen, Seen, Seen, Seen]
  expect(view.properties).toMatchObject({ path: `${path}/course`, title: 'Shop', referrer: '' })
  expect(view.context).toMatchObject({
    page: { url: page.url(), search: new URL(page.url()).search },
    campaign: { source: 'baidu', name: '双十一' },
    clickIds: { bd_vid: 'b1', gclid: 'g1' },
    locale: 'zh-CN',
    timezone: 'Asia/Shanghai',
    screen: { width: 1280, height: 720, density: 1 },
    userAgent: expect.stringContaining('Chrome'),
    sessionId: expect.any(Number),
  })
  expect(late.context.sessionId).toBe(view.context.sessionId)
  expect(await page.evaluate('window.ready')).toEqual({ anonymousId: view.anonymous_id, userId: 'u1' })
  expect(await outcomes(ws)).toEqual({ stored: 5, duplicate: 0, conflict: 0, rejected: 0 })
})

test('the snippet of the settings works as it stands there', async () => {
  const ws = await app.workspace()
  const code = snippets
    .find((one) => one.id === snippetForKind('web'))
    ?.code({ origin: base, writeKey: ws.writeKey })
  const page = await (await site.visitor()).newPage()
  await page.goto(site.at(site.put(code as string)))
  await stored(ws, 2)
  expect((await events(ws)).map((one) => one.event).sort()).toEqual(['Course Viewed', 'Page Viewed'])
})

test('a single-page app: one view for each page shown, none twice', async () => {
  const ws = await app.workspace()
  const path = site.put(snippet(ws))
  const page = await (await site.visitor()).newPage()
  await page.goto(site.at(path))
  await ready(page)
  const go = async (code: string) => {
    await call(page, code)
    await page.waitForTimeout(80)
  }
  await go(`history.pushState({}, '', '${path}/a'); document.title = 'A'`)
  await go(`history.replaceState({ scroll: 3 }, '', '${path}/a')`) // the same page: state only
  await go(`history.pushState({}, '', '${path}/x'); history.replaceState({}, '', '${path}/b')`) // a redirect
  await go(`location.hash = 'section'`) // a place on the page
  await go(`history.go(-2)`) // back to a
  await go(`location.hash = '#/course/7'`) // routing by hash
  await stored(ws, 5)
  const views = (await events(ws)).map((one) => one.properties)
  expect(views.map((one) => new URL(String(one.url)).pathname + new URL(String(one.url)).hash)).toEqual([
    path,
    `${path}/a`,
    `${path}/b`,
    `${path}/a`,
    `${path}/a#/course/7`,
  ])
  expect(views[1]).toMatchObject({ title: 'A', referrer: site.at(path) })
})

test('a page fetched ahead counts when it is shown; one the browser kept whole counts again when it comes back', async () => {
  const ws = await app.workspace()
  const ahead = `<script>Object.defineProperty(document, 'prerendering', { value: true })</script>`
  const page = await (await site.visitor()).newPage()
  await page.goto(site.at(site.put(snippet(ws), ahead)))
  await ready(page)
  await call(page, 'await headwater.flush()')
  expect((await outcomes(ws)).stored).toBe(0)
  await call(page, `document.dispatchEvent(new Event('prerenderingchange'))`)
  await stored(ws, 1)
  await call(page, `dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))`)
  await call(page, `dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`)
  await stored(ws, 2)
  expect((await events(ws)).map((one) => one.type)).toEqual(['page', 'page'])
})

test('a page does not break by being watched: what cannot be told is warned about', async () => {
  const ws = await app.workspace()
  const page = await (await site.visitor()).newPage()
  const warnings: string[] = []
  page.on('console', (message) => warnings.push(message.text()))
  await page.goto(site.at(site.put(snippet(ws, 'data-pages="false"'))))
  await ready(page)
  await call(page, `const a = {}; a.a = a; headwater.track('Circle', a); headwater.track('After')`)
  await stored(ws, 1)
  expect((await events(ws)).map((one) => one.event)).toEqual(['After'])
  expect(warnings.join()).toMatch(/headwater: track: TypeError/)
})

test('clicks and forms: by choice, as marked, never what nobody may know', async () => {
  const ws = await app.workspace()
  const body = `
    <button id="buy" data-hw-prop-course-level="B2"> Buy   <b>now</b></button>
    <button id="quiet" data-hw-ignore>Quiet</button>
    <div id="card" data-hw-event="Card Opened">Card</div>
    <p id="text">Text</p>
    <label id="labelled" role="button"><input value="typed secret">Label</label>
    <form id="lead" name="lead" data-hw-identify onsubmit="return false">
      <input name="email" data-hw-trait="email" value="li@example.com">
      <input name="phone" value="13800138000">
      <input name="wish" data-hw-field="wish" value="IELTS">
      <input name="number" data-hw-field="number" value="4111 1111 1111 1111">
      <input name="password" type="password" data-hw-trait="password" value="hidden-1">
      <input name="csrf" type="hidden" data-hw-field="csrf" value="hidden-2">
      <input name="cc" autocomplete="cc-number" data-hw-field="cc" value="hidden-3">
      <input name="agree" type="checkbox" data-hw-field="agree">
      <button id="send">Send</button>
    </form>`
  const path = site.put(body + snippet(ws, 'data-autocapture="clicks,forms" data-pages="false"'))
  const page = await (await site.visitor()).newPage()
  await page.goto(site.at(path))
  await ready(page)
  for (const id of ['buy', 'quiet', 'card', 'text', 'labelled', 'send'])
    await page.click(`#${id}`, { position: { x: 2, y: 2 } })
  await call(page, 'await headwater.flush()')
  const seen = await events(ws)
  const clicks = seen.filter((one) => one.event !== 'Form Submitted' && one.type === 'track')
  expect(clicks.map((one) => [one.event, one.properties.id])).toEqual([
    ['Element Clicked', 'buy'],
    ['Card Opened', 'card'],
    ['Element Clicked', 'labelled'],
    ['Element Clicked', 'send'],
  ])
  expect(clicks[0]?.properties).toEqual({ tag: 'button', text: 'Buy now', id: 'buy', course_level: 'B2' })
  const identified = seen.find((one) => one.type === 'identify')
  expect(identified?.properties).toEqual({ email: 'li@example.com' })
  expect(seen.find((one) => one.event === 'Form Submitted')?.properties).toEqual({
    tag: 'form',
    id: 'lead',
    name: 'lead',
    fields: ['email', 'phone', 'wish', 'number', 'agree'],
    wish: 'IELTS',
  })
  expect(JSON.stringify(seen)).not.toMatch(/hidden-|4111|13800138000|typed secret/)
})

test('without being asked for, only marked elements are captured', async () => {
  const ws = await app.workspace()
  const path = site.put(
    `<button id="a">A</button><button id="b" data-hw-event="B">B</button>
     <form onsubmit="return false"><button id="c">C</button></form>${snippet(ws, 'data-pages="false"')}`,
  )
  const page = await (await site.visitor()).newPage()
  await page.goto(site.at(path))
  await ready(page)
  for (const id of ['a', 'c', 'b']) await page.click(`#${id}`)
  await call(page, 'await headwater.flush()')
  expect((await events(ws)).map((one) => one.event)).toEqual(['B'])
})

test('offline: what happened is kept, over a closed tab too, and sent once when the network is back', async () => {
  const ws = await app.workspace()
  const path = site.put(snippet(ws))
  const visitor = await site.visitor()
  const page = await visitor.newPage()
  await page.goto(site.at(path))
  await stored(ws, 1)
  await visitor.setOffline(true)
  await call(page, `for (let n = 0; n < 30; n++) headwater.track('Offline', { n }); await headwater.flush()`)
  await page.close()
  expect((await outcomes(ws)).stored).toBe(1)
  await visitor.setOffline(false)
  const second = await visitor.newPage()
  await second.goto(site.at(path))
  await stored(ws, 32)
  await visitor.setOffline(true)
  await call(second, `headwater.track('Offline again'); await headwater.flush()`)
  await visitor.setOffline(false) // the page hears `online`
  await stored(ws, 33)
  const offline = (await events(ws)).filter((one) => one.event === 'Offline')
  expect(offline.map((one) => one.properties.n)).toEqual(Array.from({ length: 30 }, (_, n) => n))
  expect(await outcomes(ws)).toEqual({ stored: 33, duplicate: 0, conflict: 0, rejected: 0 })
})

test('refused for now: waits as long as the server says, over reloads, and loses nothing', async () => {
  const ws = await app.workspace()
  const steps: Step[] = [
    { status: 503, retryAfter: 2 },
    { status: 429, retryAfter: 1 },
    { status: 500 },
    'reset',
  ]
  const proxy = await behind(...steps)
  const path = site.put(snippet(ws, '', proxy.url))
  const page = await (await site.visitor()).newPage()
  await page.goto(site.at(path))
  await until(async () => posts(proxy).length === 1, 'the first request')
  // The answer is heard a moment after the proxy gave it.
  await page.waitForFunction(`Object.keys(localStorage).some((key) => key.endsWith('!p'))`)
  await page.reload()
  await ready(page)
  await call(page, `headwater.track('After the reload'); await headwater.flush()`)
  expect(posts(proxy)).toHaveLength(1)
  await stored(ws, 3)
  expect(posts(proxy).map((one) => one.step)).toEqual([...steps, 'pass'])
  expect(await outcomes(ws)).toEqual({ stored: 3, duplicate: 0, conflict: 0, rejected: 0 })
})

test('reloaded while a request is under way: sent again, stored once', async () => {
  const ws = await app.workspace()
  const proxy = await behind('answer lost', 'no answer')
  const path = site.put(snippet(ws, '', proxy.url))
  const page = await (await site.visitor()).newPage()
  await page.goto(site.at(path))
  await until(async () => posts(proxy).length === 2, 'the second request')
  await page.reload()
  await until(async () => {
    await ready(page)
    await call(page, 'await headwater.flush()')
    return page.evaluate(
      `Object.keys(localStorage).every((key) => !/^hw\\..*\\.\\d/.test(key))`,
    ) as Promise<boolean>
  }, 'an empty queue')
  expect(await outcomes(ws)).toMatchObject({ stored: 2, conflict: 0, rejected: 0 })
})

test('refused for good: dropped and told, not sent again', async () => {
  const proxy = await behind()
  const path = site.put(`<script async src="${proxy.url}/tracker.js"></script>`)
  const page = await (await site.visitor()).newPage()
  await page.goto(site.at(path))
  await ready(page)
  await call(
    page,
    `headwater.init({ writeKey: 'wk_unknown', host: '${proxy.url}', onDrop: (drop) => { window.dropped = drop } })
     headwater.track('Lost'); await headwater.flush()`,
  )
  expect(await page.evaluate('window.dropped')).toEqual({ reason: 'refused', status: 401, messages: 2 })
  expect(await page.evaluate('Object.keys(localStorage).length')).toBe(0)
  expect(posts(proxy)).toHaveLength(1)
})

test.each([
  ['web locks', ''],
  ['a lease in the storage', `Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })`],
])('two tabs share a queue and send nothing twice: %s', async (_name, prelude) => {
  const ws = await app.workspace()
  const proxy = await behind({ status: 503 })
  const path = site.put(snippet(ws, 'data-pages="false"', proxy.url), `<script>${prelude}</script>`)
  const visitor = await site.visitor()
  const tabs = [await visitor.newPage(), await visitor.newPage()]
  for (const tab of tabs) await tab.goto(site.at(path))
  await Promise.all(tabs.map(ready))
  await Promise.all(
    tabs.map((tab, t) =>
      call(
        tab,
        `for (let n = 0; n < 60; n++) { headwater.track('T', { n, t: ${t} }); headwater.flush(); await new Promise((r) => setTimeout(r, 5)) }`,
      ),
    ),
  )
  await stored(ws, 120)
  expect(await outcomes(ws)).toEqual({ stored: 120, duplicate: 0, conflict: 0, rejected: 0 })
  const ids = (await events(ws)).map((one) => one.anonymous_id)
  expect(new Set(ids).size).toBe(1)
})

test('leaving for another site: the last calls are handed to the browser', async () => {
  const ws = await app.workspace()
  const path = site.put(snippet(ws, 'data-pages="false" data-flush-ms="60000"'))
  const visitor = await site.visitor()
  const page = await visitor.newPage()
  await page.goto(site.at(path))
  await ready(page)
  // 90 kB: more than a beacon takes at once.
  await call(
    page,
    `for (let n = 0; n < 30; n++) headwater.track('Left', { n, text: 'x'.repeat(3000) })
     location.href = '${site.at(path, 'elsewhere.localhost')}'`,
  )
  await page.waitForURL(/elsewhere/)
  await until(async () => (await outcomes(ws)).stored > 10, 'what fits into a beacon')
  await page.goto(site.at(path)) // the rest is there still
  await stored(ws, 30)
  const { stored: count, conflict, rejected } = await outcomes(ws)
  expect({ count, conflict, rejected }).toEqual({ count: 30, conflict: 0, rejected: 0 })
})

test('going on to the next page of the site: it takes the queue over, nothing is sent twice', async () => {
  const ws = await app.workspace()
  const path = site.put(`<a id="next" href="?next">Next</a>${snippet(ws, 'data-autocapture="clicks"')}`)
  const page = await (await site.visitor()).newPage()
  await page.goto(site.at(path))
  await stored(ws, 1)
  for (let n = 0; n < 3; n++) {
    await ready(page)
    // An answer the page does not live to hear is a message sent twice, by promise ("at least once, stored once").
    await page.waitForFunction(`!Object.keys(localStorage).some((name) => /\\.(\\d|!l)/.test(name))`)
    await page.click('#next')
    await page.waitForLoadState()
  }
  await stored(ws, 7)
  expect(await outcomes(ws)).toEqual({ stored: 7, duplicate: 0, conflict: 0, rejected: 0 })
})

const kept = (page: Page) =>
  page.evaluate(
    `document.cookie + Object.keys(localStorage).join() + Object.keys(sessionStorage).join()`,
  ) as Promise<string>

test('consent: nothing is kept or sent before it; granted, all is sent; denied, all is wiped', async () => {
  const ws = await app.workspace()
  const proxy = await behind()
  const path = site.put(
    snippet(ws, 'data-consent="required"', proxy.url),
    // Every cookie ever written, not only those that are left.
    `<script>
      window.writes = []
      const { set } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')
      const { get } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')
      Object.defineProperty(document, 'cookie', { get, set(text) { writes.push(text); set.call(document, text) } })
    </script>`,
  )
  const visitor = await site.visitor()
  const page = await visitor.newPage()
  await page.goto(site.at(`${path}?utm_source=s1`))
  await ready(page)
  await call(page, `headwater.track('Before'); await headwater.flush()`)
  await page.waitForTimeout(700)
  expect(await kept(page)).toBe('')
  expect(await page.evaluate('writes')).toEqual([])
  expect(posts(proxy)).toEqual([])

  await call(page, `headwater.consent('granted')`)
  await stored(ws, 2)
  const [view, before] = (await events(ws)) as [Seen, Seen]
  expect(before.context.campaign).toEqual({ source: 's1' })
  expect(await kept(page)).toContain(view.anonymous_id)

  await page.goto(site.at(path)) // remembered
  await stored(ws, 3)
  expect((await events(ws))[2]?.anonymous_id).toBe(view.anonymous_id)

  const other = await visitor.newPage()
  await other.goto(site.at(path))
  await stored(ws, 4)
  await call(page, `headwater.consent('denied'); headwater.track('No')`)
  await call(other, `headwater.track('No, here too')`)
  expect(await kept(page)).toBe('')
  await page.reload()
  await page.waitForTimeout(700)
  expect(await kept(page)).toBe('')
  expect((await outcomes(ws)).stored).toBe(4)
})

test('without asking: a "no" is remembered, and only that', async () => {
  const ws = await app.workspace()
  const path = site.put(snippet(ws))
  const page = await (await site.visitor()).newPage()
  await page.goto(site.at(path))
  await stored(ws, 1)
  await call(page, `headwater.consent('denied'); headwater.track('No')`)
  await page.reload()
  await ready(page)
  await call(page, `headwater.track('No'); await headwater.flush()`)
  expect(await kept(page)).toBe('hw_c=denied')
  await call(page, `headwater.consent('granted'); headwater.track('Yes')`)
  await stored(ws, 2)
  const [first, second] = (await events(ws)) as [Seen, Seen]
  expect(second.event).toBe('Yes')
  expect(second.anonymous_id).not.toBe(first.anonymous_id)
})

test('Global Privacy Control counts as a no, where the site says so', async () => {
  const ws = await app.workspace()
  const gpc = `<script>Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })</script>`
  const obeying = site.put(snippet(ws, 'data-respect-signals="on"'), gpc)
  const page = await (await site.visitor()).newPage()
  await page.goto(site.at(obeying))
  await ready(page)
  await call(page, `headwater.track('No'); await headwater.flush()`)
  expect(await kept(page)).toBe('')
  await page.goto(site.at(site.put(snippet(ws), gpc)))
  await stored(ws, 1)
  expect((await events(ws)).map((one) => one.event)).toEqual(['Page Viewed'])
})

test('cookieless: events arrive and nothing is kept', async () => {
  const ws = await app.workspace()
  const path = site.put(snippet(ws, 'data-persistence="none"'))
  const page = await (await site.visitor()).newPage()
  await page.goto(site.at(path))
  await ready(page)
  await call(page, `headwater.track('T')`)
  await stored(ws, 2)
  expect(await kept(page)).toBe('')
  expect(new Set((await events(ws)).map((one) => one.anonymous_id)).size).toBe(1)
})

test('subdomains are one site: the same visitor, session and campaign', async () => {
  const ws = await app.workspace()
  const path = site.put(snippet(ws))
  const page = await (await site.visitor()).newPage()
  await page.goto(site.at(`${path}?utm_source=douyin&clickid=c1`, 'www.school.localhost'))
  await stored(ws, 1)
  await page.goto(site.at(path, 'app.school.localhost'))
  await stored(ws, 2)
  await page.goto(site.at(path, 'other.localhost'))
  await stored(ws, 3)
  const [first, second, third] = (await events(ws)) as [Seen, Seen, Seen]
  expect(second.anonymous_id).toBe(first.anonymous_id)
  expect(second.context).toMatchObject({
    sessionId: first.context.sessionId,
    campaign: { source: 'douyin' },
    clickIds: { clickid: 'c1' },
    touch: { first: { campaign: { source: 'douyin' } }, last: { clickIds: { clickid: 'c1' } } },
  })
  expect(third.anonymous_id).not.toBe(first.anonymous_id)
  expect(third.context.campaign).toBeUndefined()
})

test('where the browser forbids storage, events arrive all the same', async () => {
  const ws = await app.workspace()
  const path = site.put(
    snippet(ws),
    `<script>
      Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })
      Object.defineProperty(document, 'cookie', { get: () => '', set() {} })
    </script>`,
  )
  const page = await (await site.visitor()).newPage()
  await page.goto(site.at(path))
  await ready(page)
  await call(page, `headwater.track('T')`)
  await stored(ws, 2)
  expect(new Set((await events(ws)).map((one) => one.anonymous_id)).size).toBe(1)
})
