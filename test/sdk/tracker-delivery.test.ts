import { expect, test } from 'vitest'
import { until } from './browser-page.ts'
import type { Step } from './flaky-proxy.ts'
import { outcomes } from './received.ts'
import { call, posts, ready, stored, trackedApp } from './tracked-app.ts'

// What the tracker promises of its queue: at least once, stored once, whatever line, tab or page goes away.
const app = trackedApp()

test('offline: what happened is kept, over a closed tab too, and sent once when the network is back', async () => {
  const ws = await app.workspace()
  const path = app.site.put(app.snippet(ws))
  const visitor = await app.site.visitor()
  const page = await visitor.newPage()
  await page.goto(app.site.at(path))
  await stored(ws, 1)
  await visitor.setOffline(true)
  await call(page, `for (let n = 0; n < 30; n++) headwater.track('Offline', { n }); await headwater.flush()`)
  await page.close()
  expect((await outcomes(ws)).stored).toBe(1)
  await visitor.setOffline(false)
  const second = await visitor.newPage()
  await second.goto(app.site.at(path))
  await stored(ws, 32)
  await visitor.setOffline(true)
  await call(second, `headwater.track('Offline again'); await headwater.flush()`)
  await visitor.setOffline(false) // the page hears `online`
  await stored(ws, 33)
  const offline = (await app.events(ws)).filter((one) => one.event === 'Offline')
  expect(offline.map((one) => one.properties.n)).toEqual(Array.from({ length: 30 }, (_, n) => n))
  expect(await outcomes(ws)).toEqual({ stored: 33, duplicate: 0, conflict: 0, rejected: 0 })
})

test('refused for now: waits as long as the server says, over reloads, and loses nothing', async () => {
  const ws = await app.workspace()
  const steps: Step[] = [
    { status: 503, retryAfter: 6 },
    { status: 429, retryAfter: 1 },
    { status: 500 },
    'reset',
  ]
  const proxy = await app.behind(...steps)
  const path = app.site.put(app.snippet(ws, '', proxy.url))
  const page = await (await app.site.visitor()).newPage()
  await page.goto(app.site.at(path))
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
  const proxy = await app.behind('answer lost', 'no answer')
  const path = app.site.put(app.snippet(ws, '', proxy.url))
  const page = await (await app.site.visitor()).newPage()
  await page.goto(app.site.at(path))
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
  const proxy = await app.behind()
  const path = app.site.put(`<script async src="${proxy.url}/tracker.js"></script>`)
  const page = await (await app.site.visitor()).newPage()
  await page.goto(app.site.at(path))
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
  const proxy = await app.behind({ status: 503 })
  const path = app.site.put(app.snippet(ws, 'data-pages="false"', proxy.url), `<script>${prelude}</script>`)
  const visitor = await app.site.visitor()
  const tabs = [await visitor.newPage(), await visitor.newPage()]
  for (const tab of tabs) await tab.goto(app.site.at(path))
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
  const ids = (await app.events(ws)).map((one) => one.anonymous_id)
  expect(new Set(ids).size).toBe(1)
})

test('leaving for another site: the last calls are handed to the browser', async () => {
  const ws = await app.workspace()
  const path = app.site.put(app.snippet(ws, 'data-pages="false" data-flush-ms="60000"'))
  const visitor = await app.site.visitor()
  const page = await visitor.newPage()
  await page.goto(app.site.at(path))
  await ready(page)
  // 90 kB: more than a beacon takes at once.
  await call(
    page,
    `for (let n = 0; n < 30; n++) headwater.track('Left', { n, text: 'x'.repeat(3000) })
     location.href = '${app.site.at(path, 'elsewhere.localhost')}'`,
  )
  await page.waitForURL(/elsewhere/)
  await until(async () => (await outcomes(ws)).stored > 10, 'what fits into a beacon')
  await page.goto(app.site.at(path)) // the rest is there still
  await stored(ws, 30)
  const { stored: count, conflict, rejected } = await outcomes(ws)
  expect({ count, conflict, rejected }).toEqual({ count: 30, conflict: 0, rejected: 0 })
})

test('going on to the next page of the site: it takes the queue over, nothing is sent twice', async () => {
  const ws = await app.workspace()
  const path = app.site.put(
    `<a id="next" href="?next">Next</a>${app.snippet(ws, 'data-autocapture="clicks"')}`,
  )
  const page = await (await app.site.visitor()).newPage()
  await page.goto(app.site.at(path))
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
