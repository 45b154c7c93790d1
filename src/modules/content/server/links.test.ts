import { beforeAll, expect, test } from 'vitest'
import type { TrackedLink } from '#modules/content/contract/link.ts'
import type { Template } from '#modules/content/contract/template.ts'
import { systemCtx } from '#platform/context.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let ws: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  ws = await app.workspace()
})
const browser = { 'user-agent': 'Mozilla/5.0 (iPhone) Safari/604.1' }
const follow = (url: string, headers: Record<string, string> = browser, method: 'GET' | 'HEAD' = 'GET') =>
  app.server.inject({ method, url, headers })

test('a poster’s link leads on with its parameters and counts people alone', async () => {
  const { body } = await ws.call<TrackedLink>('POST', '/api/tracked-links', {
    name: 'Poster',
    target: 'https://a.example/x?utm_source=old&k=1#top',
    utm: { source: 'poster', medium: 'qr' },
  })
  const path = new URL(body.address).pathname
  const led = await follow(path)
  expect([led.statusCode, led.headers.location]).toEqual([
    302,
    'https://a.example/x?utm_source=poster&k=1&utm_medium=qr#top',
  ])
  await follow(path, browser, 'HEAD')
  await follow(path, { ...browser, 'sec-purpose': 'prefetch' })
  await follow(path, { 'user-agent': 'Googlebot/2.1' })
  const listed = await ws.call<{ items: TrackedLink[] }>('GET', '/api/tracked-links')
  expect(listed.body.items[0]?.visits).toBe(1)
  const picture = await app.server.inject({
    url: `/api/tracked-links/${body.id}/qr.svg`,
    headers: { authorization: `Bearer ${ws.apiKey}` },
  })
  expect(picture.body).toContain('<svg')
  expect((await ws.call('DELETE', `/api/tracked-links/${body.id}`)).status).toBe(204)
  expect((await follow(path)).statusCode).toBe(404)
})

test('links of a message lead where the version says; forged ones nowhere', async () => {
  const html =
    '<a href="https://a.example/one">1</a> <a href="https://b.example/{{ person.name }}">2</a> {{ links.unsubscribe }}'
  const made = await ws.call<Template>('POST', '/api/templates', {
    ...{ channel: 'email', name: 'linked', subject: 's', html },
  })
  const { rows } = await app.database.system((tx) =>
    tx.client.query('select num from platform.workspace where id = $1', [ws.id]),
  )
  const ctx = systemCtx({ num: rows[0].num, id: ws.id, timezone: 'UTC' }, app.clock.now(), 'test')
  const version = await app.database.read(ctx, (tx) => app.content.readTemplate(tx, ctx, made.body.id))
  const [sent] = await app.content.renderMany(version, [{ message: 'msg_9', person: { name: 'Bo' } }], {
    ...{ workspace: { name: 'W', timezone: 'UTC' }, linkBase: 'https://hw.example' },
  })
  const written = String(sent && 'body' in sent ? sent.body.html : '')
  const [one, two] = [...written.matchAll(/href="https:\/\/hw\.example([^"]+)"/g)].map(([, path]) =>
    String(path).replaceAll('&amp;', '&'),
  )
  expect((await follow(one ?? '')).headers.location).toBe('https://a.example/one')
  expect((await follow(two ?? '')).headers.location).toBe('https://b.example/Bo')
  const forged = [
    `${one}?to=https://evil.example/`,
    two?.replace('b.example', 'evil.example') ?? '',
    two?.split('?')[0] ?? '',
    one?.replace('msg_9', 'msg_8') ?? '',
    '/l/nothing',
  ]
  for (const path of forged) expect([path, (await follow(path)).statusCode]).toEqual([path, 404])
})
