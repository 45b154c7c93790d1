import { gzipSync } from 'node:zlib'
import type { InjectOptions } from 'fastify'
import { beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'
import { basic, listen, outcomes, received, storedEvents } from './received.ts'

let app: TestApp
let base: string
beforeAll(async () => {
  app = await startTestApp()
  base = await listen(app)
})

type Sent = { url?: string; body?: string | Buffer; headers?: Record<string, string> }

const send = (ws: TestWorkspace, { url = '/v1/batch', body, headers }: Sent) => {
  const options: InjectOptions = {
    method: 'POST',
    url,
    headers: { authorization: basic(ws.writeKey), ...headers },
  }
  return app.server.inject(body === undefined ? options : { ...options, payload: body })
}

const track = (messageId: string, more: object = {}) => ({
  type: 'track',
  event: 'E',
  userId: 'u1',
  messageId,
  ...more,
})
const batch = (...items: unknown[]) => JSON.stringify({ batch: items })

test('each call type has its path, its short path, and its place in a batch', async () => {
  const ws = await app.workspace()
  const call = { userId: 'u1', event: 'E', name: 'Home', groupId: 'g1', previousId: 'p1' }
  for (const type of ['identify', 'track', 'page', 'screen', 'group', 'alias']) {
    const body = (messageId: string) => JSON.stringify({ ...call, messageId: `${type}-${messageId}` })
    for (const url of [`/v1/${type}`, `/v1/${type[0]}`, `//v1/${type}`, `/v1/${type}/`])
      expect((await send(ws, { url, body: body(url) })).statusCode, url).toBe(200)
    for (const url of ['/v1/batch', '/v1/b', '/v1/import', '//v1/batch', '/v1/import/', '/beacon/v1/batch'])
      expect(
        (await send(ws, { url, body: batch({ ...call, type, messageId: `${type}-${url}` }) })).statusCode,
        url,
      ).toBe(200)
  }
  expect(await outcomes(ws)).toEqual({ stored: 60, duplicate: 0, conflict: 0, rejected: 0 })
  const names = Map.groupBy(await storedEvents(app, ws), (one) => `${one.type}: ${one.event}`)
  expect([...names].map(([name, events]) => [name, events.length])).toEqual([
    ['identify: identify', 10],
    ['track: E', 10],
    ['page: Page Viewed', 10],
    ['screen: Screen Viewed', 10],
    ['group: group', 10],
    ['alias: alias', 10],
  ])
})

test('the path decides the type, not a field of the body', async () => {
  const ws = await app.workspace()
  await send(ws, { url: '/v1/track', body: JSON.stringify({ ...track('m1'), type: 'identify' }) })
  expect((await received(ws)).map((one) => one.type)).toEqual(['track'])
})

test('the body is read by its content: any media type, gzip by its magic number, with and without header', async () => {
  const ws = await app.workspace()
  const types = [
    'application/json',
    'application/json;charset=UTF-8',
    'text/plain',
    'text/plain;charset=UTF-8',
    'application/x-www-form-urlencoded',
    'application/octet-stream',
    'multipart/form-data',
    'application/json; charset=',
    'nonsense',
    '',
  ]
  for (const [n, type] of types.entries())
    expect(
      (await send(ws, { body: batch(track(`type-${n}`)), headers: { 'content-type': type } })).statusCode,
      type,
    ).toBe(200)
  const zipped = (id: string) => gzipSync(batch(track(id)))
  expect((await send(ws, { body: zipped('z1') })).statusCode).toBe(200)
  expect(
    (
      await send(ws, {
        body: zipped('z2'),
        headers: { 'content-encoding': 'gzip', 'content-type': 'application/json' },
      })
    ).statusCode,
  ).toBe(200)
  expect(
    (await send(ws, { body: batch(track('z3')), headers: { 'content-encoding': 'gzip' } })).statusCode,
  ).toBe(200) // a lie
  expect((await send(ws, { body: `\ufeff${batch(track('mark'))}` })).statusCode).toBe(200)
  expect((await outcomes(ws)).stored).toBe(types.length + 4)
})

const codeOf = (reply: { json(): unknown }) => (reply.json() as { code: string }).code

test.each<[string, Sent, number, string]>([
  ['bad JSON', { body: '{"batch":[' }, 400, 'collect.bad_json'],
  ['no body', {}, 400, 'collect.bad_json'],
  ['bad gzip', { body: Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]) }, 400, 'collect.bad_gzip'],
  ['half a gzip', { body: gzipSync(batch(track('m'))).subarray(0, 30) }, 400, 'collect.bad_gzip'],
  ['a list', { body: '[]' }, 400, 'collect.not_an_object'],
  ['a number', { body: '1' }, 400, 'collect.not_an_object'],
  ['null', { body: 'null', url: '/v1/track' }, 400, 'collect.not_an_object'],
  ['no batch', { body: '{}' }, 400, 'collect.no_batch'],
  ['a batch that is an object', { body: '{"batch":{}}' }, 400, 'collect.no_batch'],
  ['4 MB and a byte', { body: batch('x'.repeat(4 * 1024 * 1024 - 13)) }, 413, 'request.too_large'],
  [
    '4 MB and a byte, zipped',
    { body: gzipSync(batch('x'.repeat(4 * 1024 * 1024 - 13))) },
    413,
    'collect.too_large',
  ],
  ['a gzip bomb', { body: gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20)) }, 413, 'collect.too_large'],
  ['a million items', { body: `{"batch":[${'0,'.repeat(1_000_000)}0]}` }, 413, 'collect.too_many_items'],
])('%s is refused, and nothing of it counts', async (_name, sent, status, code) => {
  const ws = await app.workspace()
  const reply = await send(ws, sent)
  expect([reply.statusCode, codeOf(reply)]).toEqual([status, code])
  expect((await ws.call('GET', '/api/status')).body).toMatchObject({ accepted: 0, projected: 0 })
})

test('exactly 4 MB is taken', async () => {
  const ws = await app.workspace()
  const body = batch('x'.repeat(4 * 1024 * 1024 - 14))
  expect(Buffer.byteLength(body)).toBe(4 * 1024 * 1024)
  expect((await send(ws, { body })).statusCode).toBe(200)
  expect((await outcomes(ws)).rejected).toBe(1)
})

test('an empty batch is fine and counts nothing, but its key must be good', async () => {
  const ws = await app.workspace()
  expect((await send(ws, { body: '{"batch":[]}' })).statusCode).toBe(200)
  expect(
    (await send(ws, { body: '{"batch":[]}', headers: { authorization: basic('wk_unknown') } })).statusCode,
  ).toBe(401)
  expect((await ws.call('GET', '/api/status')).body).toMatchObject({ accepted: 0 })
})

test('the write key comes as Basic, Bearer, in the body or in the query', async () => {
  const ws = await app.workspace()
  const key = ws.writeKey
  const post = async (id: string, headers: Record<string, string>, more: object = {}, query = '') => {
    const payload = JSON.stringify({ batch: [track(id)], ...more })
    return (await app.server.inject({ method: 'POST', url: `/v1/batch${query}`, headers, payload }))
      .statusCode
  }
  expect(await post('basic', { authorization: basic(key) })).toBe(200)
  expect(await post('lower case', { authorization: basic(key).replace('Basic', 'basic') })).toBe(200)
  expect(await post('no colon', { authorization: `Basic ${Buffer.from(key).toString('base64')}` })).toBe(200)
  expect(
    await post('password', { authorization: `Basic ${Buffer.from(`${key}:secret`).toString('base64')}` }),
  ).toBe(200)
  expect(await post('bearer', { authorization: `Bearer ${key}` })).toBe(200)
  expect(await post('body', {}, { writeKey: key })).toBe(200)
  expect(await post('query', {}, {}, `?writeKey=${key}`)).toBe(200)
  expect(
    await post('OAuth token and body', { authorization: 'Bearer token-of-oauth' }, { writeKey: key }),
  ).toBe(200)
  expect(await post('empty Basic and body', { authorization: basic('') }, { writeKey: key })).toBe(200)
  expect((await outcomes(ws)).stored).toBe(9)
  expect(await post('none', {})).toBe(401)
  expect(await post('unknown', { authorization: basic('wk_unknown') })).toBe(401)
  expect(await post('strange', { authorization: basic('\u0000\ud800') })).toBe(401)
  expect(await post('a list', {}, { writeKey: [key] })).toBe(401)
  expect(await post('twice', {}, {}, `?writeKey=${key}&writeKey=${key}`)).toBe(401)
  expect(await post('a management key', { authorization: `Bearer ${ws.apiKey}` })).toBe(401)
})

test('browsers may send from any origin: preflight answered, origin reflected, also on errors', async () => {
  const ws = await app.workspace()
  const origin = 'https://shop.example'
  for (const url of [
    '/v1/t',
    '/v1/batch',
    '/v1/b',
    '/beacon/v1/batch',
    '/v1/projects/x/settings',
    '/sourceConfig/',
    '/v1/m',
  ]) {
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers':
        'anonymousid,authorization,content-type,rsa-since-last-attempt,sentat,x-retry-count',
    }
    const reply = await app.server.inject({ method: 'OPTIONS', url, headers })
    expect(reply.statusCode, url).toBe(204)
    expect(reply.headers, url).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-max-age': '86400',
    })
    expect(reply.headers['access-control-allow-headers']).toBe(headers['access-control-request-headers'])
    expect(reply.headers['access-control-allow-credentials']).toBeUndefined()
  }
  for (const body of [batch(track('m1')), 'nonsense']) {
    const reply = await send(ws, { body, headers: { origin } })
    expect(reply.headers['access-control-allow-origin']).toBe(origin)
  }
})

test('the management API gives other origins nothing', async () => {
  const headers = { origin: 'https://shop.example', 'access-control-request-method': 'POST' }
  const preflight = await app.server.inject({ method: 'OPTIONS', url: '/api/segments', headers })
  const answer = await app.server.inject({ method: 'GET', url: '/api/status', headers })
  for (const reply of [preflight, answer])
    expect(reply.headers['access-control-allow-origin']).toBeUndefined()
})

test('the pixel stores a call and answers an image', async () => {
  const ws = await app.workspace()
  const query = `writeKey=${ws.writeKey}&anonymousId=a1&event=Mail%20Opened&properties.campaign.id=c1&context.page.url=https%3A%2F%2Fx&__proto__.polluted=1&${'d.'.repeat(3000)}=1`
  const reply = await app.server.inject({ method: 'GET', url: `/pixel/v1/track?${query}` })
  expect(reply.statusCode).toBe(200)
  expect(reply.headers).toMatchObject({ 'content-type': 'image/gif', 'cache-control': 'no-store' })
  expect(reply.rawPayload.subarray(0, 6).toString()).toBe('GIF89a')
  const [event] = await storedEvents(app, ws)
  expect(event).toMatchObject({
    event: 'Mail Opened',
    anonymous_id: 'a1',
    properties: '{"campaign":{"id":"c1"}}',
  })
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  expect((await app.server.inject({ method: 'GET', url: '/pixel/v1/page?writeKey=no' })).statusCode).toBe(401)
})

test('what the browser SDKs fetch at their start, and the path of their own metrics', async () => {
  const ws = await app.workspace()
  const settings = await fetch(`${base}/v1/projects/${ws.writeKey}/settings`)
  expect(await settings.json()).toMatchObject({
    integrations: {
      'Segment.io': { apiKey: ws.writeKey, apiHost: `${new URL(base).host}/v1`, protocol: 'http' },
    },
  })
  const config = await fetch(`${base}/sourceConfig/?writeKey=${ws.writeKey}&p=npm`, {
    headers: { authorization: basic(ws.writeKey) },
  })
  expect(await config.json()).toMatchObject({ source: { enabled: true, destinations: [], config: {} } })
  for (const path of ['/v1/projects/wk_unknown/settings', '/sourceConfig/?writeKey=wk_unknown'])
    expect((await fetch(base + path)).status).toBe(401)
  expect((await fetch(`${base}/v1/m`, { method: 'POST', body: '{"series":[]}' })).status).toBe(204)
})

test('repeats are stored once: in a batch, in a later one, at the same moment; another content is a conflict', async () => {
  const ws = await app.workspace()
  const item = track('m1', { timestamp: '2026-01-01T00:00:00Z' })
  await send(ws, { body: batch(item, item) })
  await Promise.all(Array.from({ length: 10 }, () => send(ws, { body: batch(item) })))
  expect(await outcomes(ws)).toEqual({ stored: 1, duplicate: 11, conflict: 0, rejected: 0 })
  await send(ws, { body: batch({ ...item, event: 'Other' }) })
  expect(await outcomes(ws)).toEqual({ stored: 1, duplicate: 11, conflict: 1, rejected: 0 })
  expect((await received(ws)).at(-1)).toMatchObject({
    outcome: 'conflict',
    reason: 'event.conflict',
    raw: { event: 'Other' },
  })
  expect((await storedEvents(app, ws)).map((one) => one.event)).toEqual(['E'])
})

test('items without message id are all kept, and never meet an id that a client made up', async () => {
  const ws = await app.workspace()
  const { messageId: _none, ...item } = track('x')
  await send(ws, { body: batch(item, item, { ...item, messageId: '' }, { ...item, messageId: null }) })
  const ids = (await storedEvents(app, ws)).map((one) => one.message_id)
  await send(ws, { body: batch(...ids.map((id) => track(id.replace('log:', '')))) })
  expect(await outcomes(ws)).toEqual({ stored: 8, duplicate: 0, conflict: 0, rejected: 0 })
})

test('numeric ids are texts, also the id of the message', async () => {
  const ws = await app.workspace()
  const item = { type: 'track', event: 'E', userId: 42, anonymousId: 4.5, messageId: 7 }
  await send(ws, { body: batch(item) })
  await send(ws, { body: batch(item) })
  expect(await outcomes(ws)).toMatchObject({ stored: 1, duplicate: 1 })
  expect((await storedEvents(app, ws))[0]).toMatchObject({
    user_id: '42',
    anonymous_id: '4.5',
    message_id: '7',
  })
})

test('times: the client`s when given, ours when not, corrected when its clock is ahead, kept when it is late', async () => {
  const ws = await app.workspace()
  const before = Date.now()
  const ahead = 3 * 86_400_000
  const day = 86_400_000
  await send(ws, {
    body: batch(
      track('given', { timestamp: '2026-01-01T08:00:00.123+08:00' }),
      track('original', { originalTimestamp: '2026-01-02T00:00:00Z' }),
      track('none'),
    ),
  })
  await send(ws, {
    body: JSON.stringify({
      sentAt: new Date(before + ahead).toISOString(),
      batch: [
        track('ahead', { timestamp: new Date(before + ahead - 3_600_000).toISOString() }),
        track('ahead without time'),
      ],
    }),
  })
  await send(ws, {
    body: JSON.stringify({
      sentAt: new Date(before - day).toISOString(),
      batch: [track('late', { timestamp: new Date(before - day).toISOString() })],
    }),
  })
  const times = Object.fromEntries(
    (await storedEvents(app, ws)).map((one) => [one.message_id, Date.parse(one.time)]),
  )
  expect(times.given).toBe(Date.parse('2026-01-01T00:00:00.123Z'))
  expect(times.original).toBe(Date.parse('2026-01-02T00:00:00Z'))
  expect(Math.abs(times.none! - before)).toBeLessThan(60_000)
  expect(Math.abs(times.ahead! - (before - 3_600_000))).toBeLessThan(120_000)
  expect(Math.abs(times['ahead without time']! - before)).toBeLessThan(60_000)
  expect(times.late).toBe(before - day)
})

test('a bad item among good ones is kept with its reason; the others are stored', async () => {
  const ws = await app.workspace()
  const bad = { type: 'track', userId: 'u1', note: 'no name' }
  expect(
    (await send(ws, { body: batch(track('a'), bad, 42, track('b'), { type: 'purchase' }) })).statusCode,
  ).toBe(200)
  expect((await received(ws)).map((one) => [one.outcome, one.reason])).toEqual([
    ['stored', null],
    ['rejected', 'event.no_name'],
    ['rejected', 'event.not_an_object'],
    ['stored', null],
    ['rejected', 'event.unknown_type'],
  ])
  expect((await received(ws))[1]).toMatchObject({ raw: bad, reasonText: 'A track call needs an event name.' })
})

test('context of a batch is merged into its items, the item`s own first', async () => {
  const ws = await app.workspace()
  const body = JSON.stringify({
    context: { ip: '1.1.1.1', locale: 'zh', traits: { email: 'shared@example.com' } },
    batch: [track('m1', { context: { locale: 'en' } }), track('m2')],
  })
  await send(ws, { body })
  const contexts = (await storedEvents(app, ws)).map((one) => JSON.parse(one.context))
  expect(contexts).toEqual([
    { ip: '1.1.1.1', locale: 'en' },
    { ip: '1.1.1.1', locale: 'zh' },
  ])
})

test('traits of an identify may come in the context alone, as RudderStack`s browser SDK sends them', async () => {
  const ws = await app.workspace()
  await send(ws, {
    url: '/v1/identify',
    body: JSON.stringify({ userId: 'u1', traits: null, context: { traits: { plan: 'gold' } } }),
  })
  await send(ws, {
    url: '/v1/identify',
    body: JSON.stringify({
      userId: 'u1',
      traits: { plan: 'own' },
      context: { traits: { plan: 'gold', city: 'x' } },
    }),
  })
  expect((await storedEvents(app, ws)).map((one) => JSON.parse(one.properties))).toEqual([
    { plan: 'gold' },
    { plan: 'own', city: 'x' },
  ])
})

test('the workspaces of two keys do not see each other`s items', async () => {
  const [one, two] = [await app.workspace(), await app.workspace()]
  await send(one, { body: batch(track('same')) })
  await send(two, { body: batch(track('same', { event: 'Other' })) })
  expect(await outcomes(one)).toMatchObject({ stored: 1, conflict: 0 })
  expect(await outcomes(two)).toMatchObject({ stored: 1, conflict: 0 })
  expect((await received(two)).map((item) => item.name)).toEqual(['Other'])
})
