import { sql } from 'kysely'
import { WebhookVerificationError } from 'standardwebhooks'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Delivery, WebhookEndpoint } from '#modules/webhooks/contract.ts'
import { type Receiver, startReceiver, verified } from '#modules/webhooks/server/testing/receiver.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
  app = await startTestApp({ env: { HEADWATER_ALLOW_TARGETS: '127.0.0.1/32' } })
}, 60_000)
afterAll(() => receiver.close())

type Made = { endpoint: WebhookEndpoint; secret: string }
let paths = 0
const newPath = () => `/hook-${++paths}`

async function endpoint(ws: TestWorkspace, path: string, types: string[], segments: string[] | null = null) {
  const given = { url: receiver.url(path), types, segments }
  const { status, body } = await ws.call<Made>('POST', '/api/webhooks', given)
  expect(status, JSON.stringify(body)).toBe(201)
  return { id: body.endpoint.id, secret: body.secret }
}
const identify = (userId: string, traits: Record<string, unknown> = { name: userId }) => ({
  type: 'identify',
  userId,
  messageId: crypto.randomUUID(),
  timestamp: new Date(app.clock.now()).toISOString(),
  traits,
})
const arrived = (path: string, count: number) =>
  vi.waitFor(() => expect(receiver.at(path).length).toBe(count), { timeout: 10_000 })
const get = async (ws: TestWorkspace, id: string) =>
  (await ws.call<WebhookEndpoint>('GET', `/api/webhooks/${id}`)).body
const log = async (ws: TestWorkspace, id: string, query = '') =>
  (await ws.call<{ items: Delivery[] }>('GET', `/api/webhooks/${id}/deliveries${query}`)).body.items
const inState = (ws: TestWorkspace, id: string, expected: Partial<Delivery>) =>
  vi.waitFor(async () => expect((await log(ws, id))[0]).toMatchObject(expected), { timeout: 10_000 })
const personOf = async (ws: TestWorkspace, userId: string) =>
  (await ws.call<{ items: { id: string }[] }>('GET', `/api/profiles?identifier=user_id:${userId}`)).body
    .items[0]!.id

test('people who come, change and become one are told of, each once, and the public library verifies it', async () => {
  const ws = await app.workspace()
  const path = newPath()
  const { secret } = await endpoint(ws, path, ['person.created', 'person.changed', 'person.merged'])
  await ws.send(identify('a'), identify('b'))
  await arrived(path, 1)
  const [a, b] = [await personOf(ws, 'a'), await personOf(ws, 'b')]
  const created = verified(secret, receiver.at(path)[0]!)
  expect(created.type).toBe('person.created')
  expect(created.data.people.map((one) => one.id).sort()).toEqual([a, b].sort())
  expect(Math.abs(Date.parse(created.timestamp) - app.clock.now())).toBeLessThan(60_000)

  await ws.send(identify('a', { city: 'Hangzhou' }), { type: 'track', userId: 'b', event: 'Seen' })
  await arrived(path, 2)
  expect(verified(secret, receiver.at(path)[1]!)).toMatchObject({
    type: 'person.changed',
    data: { people: [{ id: a }] },
  })

  expect((await ws.call('POST', `/api/profiles/${a}/merge`, { with: b })).status).toBe(200)
  await arrived(path, 3)
  const merged = verified(secret, receiver.at(path)[2]!)
  expect(merged.type).toBe('person.merged')
  const [one] = merged.data.people
  expect([one!.id, ...one!.merged!].sort()).toEqual([a, b].sort())
  expect(new Set(receiver.at(path).map((each) => each.id)).size).toBe(3)
  const types = await log(
    ws,
    (await ws.call<{ items: WebhookEndpoint[] }>('GET', '/api/webhooks')).body.items[0]!.id,
  )
  expect(types.map((each) => [each.type, each.state, each.attempts])).toEqual([
    ['person.merged', 'delivered', 1],
    ['person.changed', 'delivered', 1],
    ['person.created', 'delivered', 1],
  ])
})

test('a visitor who was known and logs in is a merge; who comes and logs in at once is new', async () => {
  const ws = await app.workspace()
  const path = newPath()
  const { secret } = await endpoint(ws, path, ['person.created', 'person.changed', 'person.merged'])
  await ws.send({ type: 'page', anonymousId: 'd1', name: 'Home' })
  await arrived(path, 1)
  const [visitor] = verified(secret, receiver.at(path)[0]!).data.people
  await ws.send({ ...identify('u1'), anonymousId: 'd1' })
  await arrived(path, 2)
  const login = await personOf(ws, 'u1')
  expect(verified(secret, receiver.at(path)[1]!)).toMatchObject({
    type: 'person.merged',
    data: { people: [{ id: login, merged: [visitor!.id] }] },
  })
  await ws.send({ type: 'page', anonymousId: 'd2', name: 'Home' }, { ...identify('u2'), anonymousId: 'd2' })
  await arrived(path, 3)
  expect(verified(secret, receiver.at(path)[2]!)).toMatchObject({
    type: 'person.created',
    data: { people: [{ id: await personOf(ws, 'u2') }] },
  })
})

test('who enters and leaves a segment is told of, to those who ask for this segment', async () => {
  const ws = await app.workspace()
  const make = async (name: string, city: string) => {
    const rule = { attr: 'city', op: 'eq', value: city }
    const { body } = await ws.call<{ id: string }>('POST', '/api/segments', { name, rule })
    await vi.waitFor(
      async () =>
        expect((await ws.call<{ state: string }>('GET', `/api/segments/${body.id}`)).body.state).toBe('live'),
      { timeout: 20_000 },
    )
    return body.id
  }
  const wanted = await make('Wanted', 'Hangzhou')
  await make('Other', 'Ningbo')
  const path = newPath()
  const { secret } = await endpoint(ws, path, ['segment.entered', 'segment.left'], [wanted])
  await ws.send(identify('in', { city: 'Hangzhou' }), identify('elsewhere', { city: 'Ningbo' }))
  await arrived(path, 1)
  const person = await personOf(ws, 'in')
  expect(verified(secret, receiver.at(path)[0]!)).toMatchObject({
    type: 'segment.entered',
    data: { segment: { id: wanted }, people: [{ id: person }] },
  })
  await ws.send(identify('in', { city: 'Suzhou' }))
  await arrived(path, 2)
  expect(verified(secret, receiver.at(path)[1]!)).toMatchObject({
    type: 'segment.left',
    data: { segment: { id: wanted }, people: [{ id: person }] },
  })
})

test('what fails is tried ten times, at the times of the schedule, under one id, and then given up', async () => {
  const ws = await app.workspace()
  const path = newPath()
  const { id, secret } = await endpoint(ws, path, ['person.created'])
  receiver.answer(path, { status: 500, body: 'no\u0000t today' })
  await ws.send(identify('a'))
  const hours = [5 / 3600, 5 / 60, 0.5, 2, 5, 10, 14, 20, 24]
  for (const [at, wait] of hours.entries()) {
    await inState(ws, id, { state: 'waiting', attempts: at + 1, status: 500 })
    const [message] = await log(ws, id)
    const { body } = await ws.call<{ log: { at: string; answer: string }[] }>(
      'GET',
      `/api/webhooks/${id}/deliveries/${message!.id}`,
    )
    expect(body.log[0]!.answer).toBe('no\ufffdt today')
    const waited = (Date.parse(message!.nextAt!) - Date.parse(body.log[0]!.at)) / 3600_000
    expect(waited).toBeGreaterThanOrEqual(wait)
    expect(waited).toBeLessThanOrEqual(wait * 1.1 + 0.001)
    app.clock.set(Date.parse(message!.nextAt!) + 1)
  }
  await inState(ws, id, { state: 'failed', attempts: 10, nextAt: null })
  expect(receiver.at(path)).toHaveLength(10)
  expect(new Set(receiver.at(path).map((one) => one.id)).size).toBe(1)
  const stamps = receiver.at(path).map((one) => Number(one.headers['webhook-timestamp']))
  expect(new Set(stamps).size).toBe(10)
  expect((await get(ws, id)).failingSince).not.toBeNull()

  receiver.answer(path, { status: 200 })
  const [message] = await log(ws, id)
  expect((await ws.call('POST', `/api/webhooks/${id}/deliveries/${message!.id}/again`)).status).toBe(202)
  await inState(ws, id, { id: message!.id, state: 'delivered', attempts: 11 })
  expect(await get(ws, id)).toMatchObject({ failingSince: null, enabled: true })
  vi.useFakeTimers({ now: app.clock.now(), toFake: ['Date'] })
  expect(verified(secret, receiver.at(path).at(-1)!).type).toBe('person.created')
  vi.useRealTimers()
})

test('410 switches off; what comes meanwhile is noted and can be replayed', async () => {
  const ws = await app.workspace()
  const path = newPath()
  const { id } = await endpoint(ws, path, ['person.created'])
  const begun = new Date(app.clock.now() - 1000).toISOString()
  receiver.answer(path, { status: 410 })
  await ws.send(identify('a'))
  await inState(ws, id, { state: 'failed', status: 410, attempts: 1 })
  expect(await get(ws, id)).toMatchObject({ enabled: false, off: { reason: 'gone' } })
  await ws.send(identify('b'))
  await ws.settled()
  await inState(ws, id, { state: 'skipped', attempts: 0 })
  const [skipped] = await log(ws, id)
  const again = `/api/webhooks/${id}/deliveries/${skipped!.id}/again`
  expect((await ws.call<{ code: string }>('POST', again)).body.code).toBe('webhook.off')
  const audit = await ws.call<{ items: { action: string; actor: { kind: string } }[] }>('GET', '/api/audit')
  expect(audit.body.items[0]).toMatchObject({ action: 'webhook.switched_off', actor: { kind: 'system' } })

  receiver.answer(path, { status: 204 })
  expect((await ws.call('PATCH', `/api/webhooks/${id}`, { enabled: true })).status).toBe(200)
  const span = { from: begun, to: new Date(app.clock.now() + 1000).toISOString() }
  const replay = (body: object) => ws.call<{ messages: number }>('POST', `/api/webhooks/${id}/replay`, body)
  expect(await replay(span)).toMatchObject({ status: 202, body: { messages: 2 } })
  await arrived(path, 3)
  await vi.waitFor(async () => expect((await log(ws, id, '?state=delivered')).length).toBe(2))
  expect((await replay(span)).body.messages).toBe(0)
  expect((await replay({ ...span, all: true })).body.messages).toBe(2)
  await arrived(path, 5)
  expect(new Set(receiver.at(path).map((one) => one.id)).size).toBe(2)
})

test('five days without a success switch off', async () => {
  const ws = await app.workspace()
  const path = newPath()
  const { id } = await endpoint(ws, path, ['person.created'])
  receiver.answer(path, { status: 500 })
  await ws.send(identify('a'))
  await inState(ws, id, { attempts: 1 })
  app.clock.advance(5 * 24 * 3600_000 - 60_000)
  await inState(ws, id, { attempts: 2 })
  expect((await get(ws, id)).enabled).toBe(true)
  app.clock.advance(10 * 60_000)
  await vi.waitFor(async () => expect((await get(ws, id)).off?.reason).toBe('failing'), { timeout: 10_000 })
  expect((await log(ws, id))[0]).toMatchObject({ state: 'skipped', attempts: 3 })
})

test('who asks to wait is left alone for so long, with every message', async () => {
  const ws = await app.workspace()
  const path = newPath()
  const { id } = await endpoint(ws, path, ['person.created'])
  receiver.answer(path, { status: 503, headers: { 'retry-after': '120' } })
  await ws.send(identify('a'))
  await inState(ws, id, { attempts: 1, status: 503 })
  const paused = Date.parse((await get(ws, id)).pausedUntil!) - app.clock.now()
  expect(paused).toBeGreaterThan(100_000)
  expect(paused).toBeLessThanOrEqual(120_000)
  receiver.answer(path, { status: 204 })
  await ws.send(identify('b'))
  await ws.settled()
  app.clock.advance(60_000)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  expect(receiver.at(path)).toHaveLength(1)
  app.clock.advance(61_000)
  await arrived(path, 3)
  expect(await get(ws, id)).toMatchObject({ pausedUntil: null, failingSince: null })
})

test('for a day after a rotation both secrets verify, then only the new one; none is stored as it is', async () => {
  const ws = await app.workspace()
  const path = newPath()
  const { id, secret: old } = await endpoint(ws, path, ['person.created'])
  const rotated = await ws.call<{ secret: string }>('POST', `/api/webhooks/${id}/rotate-secret`)
  const fresh = rotated.body.secret
  expect(fresh).not.toBe(old)
  const send = async (count: number) => {
    await ws.send(identify(`r${count}`))
    await arrived(path, count)
    vi.useFakeTimers({ now: app.clock.now(), toFake: ['Date'] })
    const verify = (secret: string) => () => verified(secret, receiver.at(path).at(-1)!)
    return { old: verify(old), fresh: verify(fresh) }
  }
  const first = await send(1)
  expect(first.old).not.toThrow()
  expect(first.fresh).not.toThrow()
  vi.useRealTimers()
  app.clock.advance(24 * 3600_000)
  const second = await send(2)
  expect(second.old).toThrow(WebhookVerificationError)
  expect(second.fresh).not.toThrow()
  vi.useRealTimers()
  const rows = await app.database.system((tx) =>
    tx.rows<{ text: string }>(sql`select e::text as text from webhooks.endpoint e where id = ${id}`),
  )
  for (const secret of [old, fresh])
    expect(rows[0]!.text).not.toContain(secret.slice('whsec_'.length, 'whsec_'.length + 16))
})

test('inner addresses are refused when saved, and when the name or the row turns inwards later', async () => {
  const ws = await app.workspace()
  for (const url of [
    'http://127.0.0.2/',
    'http://[::1]/',
    'http://169.254.169.254/latest',
    'http://10.0.0.1/',
  ])
    expect((await ws.call('POST', '/api/webhooks', { url, types: ['person.created'] })).body).toMatchObject({
      code: 'outbound.refused_target',
    })
  for (const url of ['ftp://example.com/', 'nonsense', 'https://user:pass@example.com/'])
    expect((await ws.call('POST', '/api/webhooks', { url, types: ['person.created'] })).body).toMatchObject({
      code: 'outbound.bad_url',
    })
  const { id } = await endpoint(ws, newPath(), ['person.created'])
  const inner = `http://127.0.0.2:${receiver.port}/`
  expect((await ws.call<{ code: string }>('PATCH', `/api/webhooks/${id}`, { url: inner })).body.code).toBe(
    'outbound.refused_target',
  )
  await app.database.system((tx) => tx.run(sql`update webhooks.endpoint set url = ${inner} where id = ${id}`))
  const before = receiver.all.length
  const tested = await ws.call<{ delivered: boolean; attempt: object }>('POST', `/api/webhooks/${id}/test`)
  expect(tested.body).toMatchObject({
    delivered: false,
    attempt: { status: null, error: 'outbound.refused_target' },
  })
  expect(receiver.all.length).toBe(before)
})

test('a redirect is not followed and does not count', async () => {
  const ws = await app.workspace()
  const [path, target] = [newPath(), newPath()]
  const { id } = await endpoint(ws, path, ['person.created'])
  receiver.answer(path, { status: 302, headers: { location: receiver.url(target) } })
  await ws.send(identify('a'))
  await inState(ws, id, { state: 'waiting', status: 302, attempts: 1 })
  expect(receiver.at(target)).toEqual([])
})

test('a test is sent at once and once, also to an endpoint that is off', async () => {
  const ws = await app.workspace()
  const path = newPath()
  const { id } = await endpoint(ws, path, ['segment.left'])
  await ws.call('PATCH', `/api/webhooks/${id}`, { enabled: false })
  receiver.answer(path, { status: 200, body: 'x'.repeat(5000) })
  const { body } = await ws.call<{ delivered: boolean; attempt: { answer: string } }>(
    'POST',
    `/api/webhooks/${id}/test`,
  )
  expect(body.delivered).toBe(true)
  expect(body.attempt.answer).toBe('x'.repeat(1024))
  expect(JSON.parse(receiver.at(path)[0]!.body)).toMatchObject({ type: 'webhook.test' })
  expect(await log(ws, id)).toMatchObject([{ type: 'webhook.test', state: 'delivered', attempts: 1 }])
  expect((await ws.call('DELETE', `/api/webhooks/${id}`)).status).toBe(204)
  expect((await ws.call<{ code: string }>('GET', `/api/webhooks/${id}`)).body.code).toBe('webhook.missing')
})
