import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { snippetForKind, snippets } from '#web/snippets/snippet-texts.ts'
import { outcomes } from './received.ts'
import { call, posts, ready, type Seen, stored, trackedApp } from './tracked-app.ts'

const app = trackedApp()

test('the script is served to every site, small, and asked for again only when it changed', async () => {
  const reply = await fetch(`${app.base}/tracker.js`, { headers: { origin: 'https://shop.example' } })
  expect(reply.status).toBe(200)
  expect(reply.headers.get('content-type')).toMatch('text/javascript')
  expect(reply.headers.get('access-control-allow-origin')).toBe('*')
  expect(reply.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  expect(reply.headers.get('content-encoding')).toBe('gzip')
  const tag = reply.headers.get('etag') as string
  expect(await reply.text()).toContain('data-hw-')
  const again = await fetch(`${app.base}/tracker.js`, { headers: { 'if-none-match': tag } })
  expect(again.status).toBe(304)
})

test('the variant for mini-programs can be fetched', async () => {
  const reply = await fetch(`${app.base}/tracker-mini-program.js`)
  expect(await reply.text()).toContain('getStorageSync')
})

test('a page of another origin may read how long to wait', async () => {
  const headers = { origin: 'https://shop.example' }
  const reply = await fetch(`${app.base}/v1/batch`, { method: 'POST', headers, body: '{"batch":[]}' })
  expect(reply.headers.get('access-control-expose-headers')).toBe('retry-after')
})

test('the snippet tells the page view with its context; calls made before it was there are kept', async () => {
  const ws = await app.workspace()
  const path = app.site.put(
    `<script>
      window.headwater = window.headwater || []
      headwater.push(['identify', 'u1', { email: 'ann@example.com' }], ['track', 'Early', { n: 1 }])
      headwater.push(['onReady', (state) => { window.ready = state }])
    </script>${app.snippet(ws)}`,
  )
  const page = await (await app.site.visitor()).newPage()
  await page.goto(app.site.at(`${path}/course?utm_source=baidu&utm_campaign=双十一&bd_vid=b1&gclid=g1#top`))
  await page.waitForFunction('window.ready')
  await call(page, `headwater.track('Late', { n: 2 }); headwater.group('c1', { name: 'Class' })`)
  await stored(ws, 5)
  const seen = await app.events(ws)
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
    ?.code({ origin: app.base, writeKey: ws.writeKey })
  const page = await (await app.site.visitor()).newPage()
  await page.goto(app.site.at(app.site.put(code as string)))
  await stored(ws, 2)
  expect((await app.events(ws)).map((one) => one.event).sort()).toEqual(['Course Viewed', 'Page Viewed'])
})

test('a single-page app: one view for each page shown, none twice', async () => {
  const ws = await app.workspace()
  const path = app.site.put(app.snippet(ws))
  const page = await (await app.site.visitor()).newPage()
  await page.goto(app.site.at(path))
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
  const views = (await app.events(ws)).map((one) => one.properties)
  expect(views.map((one) => new URL(String(one.url)).pathname + new URL(String(one.url)).hash)).toEqual([
    path,
    `${path}/a`,
    `${path}/b`,
    `${path}/a`,
    `${path}/a#/course/7`,
  ])
  expect(views[1]).toMatchObject({ title: 'A', referrer: app.site.at(path) })
})

test('a page fetched ahead counts when it is shown; one the browser kept whole counts again when it comes back', async () => {
  const ws = await app.workspace()
  const ahead = `<script>Object.defineProperty(document, 'prerendering', { value: true })</script>`
  const page = await (await app.site.visitor()).newPage()
  await page.goto(app.site.at(app.site.put(app.snippet(ws), ahead)))
  await ready(page)
  await call(page, 'await headwater.flush()')
  expect((await outcomes(ws)).stored).toBe(0)
  await call(page, `document.dispatchEvent(new Event('prerenderingchange'))`)
  await stored(ws, 1)
  await call(page, `dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))`)
  await call(page, `dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`)
  await stored(ws, 2)
  expect((await app.events(ws)).map((one) => one.type)).toEqual(['page', 'page'])
})

test('a page does not break by being watched: what cannot be told is warned about', async () => {
  const ws = await app.workspace()
  const page = await (await app.site.visitor()).newPage()
  const warnings: string[] = []
  page.on('console', (message) => warnings.push(message.text()))
  await page.goto(app.site.at(app.site.put(app.snippet(ws, 'data-pages="false"'))))
  await ready(page)
  await call(page, `const a = {}; a.a = a; headwater.track('Circle', a); headwater.track('After')`)
  await stored(ws, 1)
  expect((await app.events(ws)).map((one) => one.event)).toEqual(['After'])
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
  const path = app.site.put(body + app.snippet(ws, 'data-autocapture="clicks,forms" data-pages="false"'))
  const page = await (await app.site.visitor()).newPage()
  await page.goto(app.site.at(path))
  await ready(page)
  for (const id of ['buy', 'quiet', 'card', 'text', 'labelled', 'send'])
    await page.click(`#${id}`, { position: { x: 2, y: 2 } })
  await call(page, 'await headwater.flush()')
  const seen = await app.events(ws)
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
  const path = app.site.put(
    `<button id="a">A</button><button id="b" data-hw-event="B">B</button>
     <form onsubmit="return false"><button id="c">C</button></form>${app.snippet(ws, 'data-pages="false"')}`,
  )
  const page = await (await app.site.visitor()).newPage()
  await page.goto(app.site.at(path))
  await ready(page)
  for (const id of ['a', 'c', 'b']) await page.click(`#${id}`)
  await call(page, 'await headwater.flush()')
  expect((await app.events(ws)).map((one) => one.event)).toEqual(['B'])
})

const kept = (page: Page) =>
  page.evaluate(
    `document.cookie + Object.keys(localStorage).join() + Object.keys(sessionStorage).join()`,
  ) as Promise<string>

test('consent: nothing is kept or sent before it; granted, all is sent; denied, all is wiped', async () => {
  const ws = await app.workspace()
  const proxy = await app.behind()
  const path = app.site.put(
    app.snippet(ws, 'data-consent="required"', proxy.url),
    // Every cookie ever written, not only those that are left.
    `<script>
      window.writes = []
      const { set } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')
      const { get } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')
      Object.defineProperty(document, 'cookie', { get, set(text) { writes.push(text); set.call(document, text) } })
    </script>`,
  )
  const visitor = await app.site.visitor()
  const page = await visitor.newPage()
  await page.goto(app.site.at(`${path}?utm_source=s1`))
  await ready(page)
  await call(page, `headwater.track('Before'); await headwater.flush()`)
  await page.waitForTimeout(700)
  expect(await kept(page)).toBe('')
  expect(await page.evaluate('writes')).toEqual([])
  expect(posts(proxy)).toEqual([])

  await call(page, `headwater.consent('granted')`)
  await stored(ws, 2)
  const [view, before] = (await app.events(ws)) as [Seen, Seen]
  expect(before.context.campaign).toEqual({ source: 's1' })
  expect(await kept(page)).toContain(view.anonymous_id)

  await page.goto(app.site.at(path)) // remembered
  await stored(ws, 3)
  expect((await app.events(ws))[2]?.anonymous_id).toBe(view.anonymous_id)

  const other = await visitor.newPage()
  await other.goto(app.site.at(path))
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
  const path = app.site.put(app.snippet(ws))
  const page = await (await app.site.visitor()).newPage()
  await page.goto(app.site.at(path))
  await stored(ws, 1)
  await call(page, `headwater.consent('denied'); headwater.track('No')`)
  await page.reload()
  await ready(page)
  await call(page, `headwater.track('No'); await headwater.flush()`)
  expect(await kept(page)).toBe('hw_c=denied')
  await call(page, `headwater.consent('granted'); headwater.track('Yes')`)
  await stored(ws, 2)
  const [first, second] = (await app.events(ws)) as [Seen, Seen]
  expect(second.event).toBe('Yes')
  expect(second.anonymous_id).not.toBe(first.anonymous_id)
})

test('Global Privacy Control counts as a no, where the site says so', async () => {
  const ws = await app.workspace()
  const gpc = `<script>Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })</script>`
  const obeying = app.site.put(app.snippet(ws, 'data-respect-signals="on"'), gpc)
  const page = await (await app.site.visitor()).newPage()
  await page.goto(app.site.at(obeying))
  await ready(page)
  await call(page, `headwater.track('No'); await headwater.flush()`)
  expect(await kept(page)).toBe('')
  await page.goto(app.site.at(app.site.put(app.snippet(ws), gpc)))
  await stored(ws, 1)
  expect((await app.events(ws)).map((one) => one.event)).toEqual(['Page Viewed'])
})

test('cookieless: events arrive and nothing is kept', async () => {
  const ws = await app.workspace()
  const path = app.site.put(app.snippet(ws, 'data-persistence="none"'))
  const page = await (await app.site.visitor()).newPage()
  await page.goto(app.site.at(path))
  await ready(page)
  await call(page, `headwater.track('T')`)
  await stored(ws, 2)
  expect(await kept(page)).toBe('')
  expect(new Set((await app.events(ws)).map((one) => one.anonymous_id)).size).toBe(1)
})

test('subdomains are one site: the same visitor, session and campaign', async () => {
  const ws = await app.workspace()
  const path = app.site.put(app.snippet(ws))
  const page = await (await app.site.visitor()).newPage()
  await page.goto(app.site.at(`${path}?utm_source=douyin&clickid=c1`, 'www.school.localhost'))
  await stored(ws, 1)
  await page.goto(app.site.at(path, 'app.school.localhost'))
  await stored(ws, 2)
  await page.goto(app.site.at(path, 'other.localhost'))
  await stored(ws, 3)
  const [first, second, third] = (await app.events(ws)) as [Seen, Seen, Seen]
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
  const path = app.site.put(
    app.snippet(ws),
    `<script>
      Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })
      Object.defineProperty(document, 'cookie', { get: () => '', set() {} })
    </script>`,
  )
  const page = await (await app.site.visitor()).newPage()
  await page.goto(app.site.at(path))
  await ready(page)
  await call(page, `headwater.track('T')`)
  await stored(ws, 2)
  expect(new Set((await app.events(ws)).map((one) => one.anonymous_id)).size).toBe(1)
})
