import { beforeAll, expect, test } from 'vitest'
import type { CatalogueEntry, CatalogueItem } from '#modules/collect/contract.ts'
import { startTestApp, type TestApp } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

const day = 86_400_000
const ago = (days: number) => new Date(app.clock.now() - days * day).toISOString()
const list = async (ws: Awaited<ReturnType<TestApp['workspace']>>) =>
  (await ws.call<{ items: CatalogueItem[]; days: string[] }>('GET', '/api/events/catalogue')).body
const entryUrl = (name: string) => `/api/events/catalogue/entry?name=${encodeURIComponent(name)}`

test('the catalogue fills by itself: volume per day, first and last, people', async () => {
  const ws = await app.workspace()
  const track = (event: string, userId: string, days: number) => ({
    type: 'track',
    event,
    userId,
    timestamp: ago(days),
  })
  await ws.send(track('Paid', 'a', 0), track('Paid', 'b', 0), track('Paid', 'a', 3), track('Paid', 'a', 200))
  await ws.send({ type: 'page', userId: 'a', name: 'Home' }, { type: 'identify', userId: 'a' })
  await ws.settled()
  const { items, days } = await list(ws)
  expect(days).toHaveLength(30)
  expect(items.map((one) => [one.name, one.type, one.count, one.people])).toEqual([
    ['Paid', 'track', 4, 2],
    ['Page Viewed', 'page', 1, 1],
  ])
  const paid = items[0] as CatalogueItem
  expect(paid.days.slice(-4)).toEqual([1, 0, 0, 2])
  expect(paid.days.reduce((sum, count) => sum + count)).toBe(3)
  expect(Date.parse(paid.firstSeen as string)).toBeLessThan(Date.parse(ago(199)))
  expect(Date.parse(paid.lastSeen as string)).toBeGreaterThan(Date.parse(ago(1)))
})

test('an entry tells properties with every type they came in, and which sources sent it', async () => {
  const ws = await app.workspace()
  const { body: key } = await ws.call<{ id: string; secret?: string; key?: string; writeKey?: string }>(
    'POST',
    '/api/write-keys',
    { name: 'Shop server', kind: 'server' },
  )
  const second = key.secret ?? key.key ?? key.writeKey
  if (!second) throw new Error(`no key in ${JSON.stringify(key)}`)
  const paid = (properties: object) => ({ type: 'track', event: 'Paid', userId: 'a', properties })
  await ws.send(paid({ amount: 5, currency: 'CNY' }), paid({ amount: '7', first: true, skus: ['x'] }))
  await app.server.inject({
    method: 'POST',
    url: '/v1/batch',
    headers: { authorization: `Basic ${Buffer.from(`${second}:`).toString('base64')}` },
    payload: { batch: [paid({ amount: 9 })] },
  })
  await ws.settled()
  const { status, body } = await ws.call<CatalogueEntry>('GET', entryUrl('Paid'))
  expect(status).toBe(200)
  expect([body.count, body.sampled]).toEqual([3, 3])
  const property = (path: string) => body.properties.find((one) => one.path === path)
  expect(property('amount')).toMatchObject({ count: 3 })
  expect(property('amount')?.types).toEqual(
    expect.arrayContaining([
      { type: 'number', count: 2 },
      { type: 'text', count: 1 },
    ]),
  )
  expect(property('amount')?.examples.sort()).toEqual(['5', '7', '9'])
  expect(property('first')?.types).toEqual([{ type: 'boolean', count: 1 }])
  expect(property('skus')?.types).toEqual([{ type: 'list', count: 1 }])
  expect(body.sources.map((one) => one.count).sort()).toEqual([1, 2])
  expect(body.sources.find((one) => one.count === 1)?.name).toBe('Shop server')
})

test('what is said stays: description, owner, hidden; hidden ones leave the pickers only', async () => {
  const ws = await app.workspace()
  await ws.send(
    { type: 'track', event: 'Debug/测试 1', userId: 'a' },
    { type: 'track', event: 'Paid', userId: 'a' },
  )
  await ws.settled()
  const { body: members } = await ws.call<{ items: { id: string; name: string }[] }>('GET', '/api/members')
  const owner = members.items[0] as { id: string; name: string }
  const said = { name: 'Debug/测试 1', description: 'Of the test page', ownerId: owner.id, hidden: true }
  expect((await ws.call('PUT', '/api/events/catalogue/entry', said)).status).toBe(200)
  // What is left out stays as it was.
  const later = await ws.call('PUT', '/api/events/catalogue/entry', {
    name: said.name,
    description: 'Test page',
  })
  expect(later.body).toEqual({
    name: said.name,
    labels: { zh: '', en: '' },
    description: 'Test page',
    owner: { id: owner.id, name: owner.name },
    hidden: true,
  })
  expect((await ws.call<CatalogueEntry>('GET', entryUrl(said.name))).body).toMatchObject({
    description: 'Test page',
    count: 1,
  })
  expect((await list(ws)).items.find((one) => one.name === said.name)?.hidden).toBe(true)
  const picked = await ws.call<{ items: { name: string }[] }>('GET', '/api/events/names')
  expect(picked.body.items.map((one) => one.name)).toEqual(['Paid'])
  const cleared = await ws.call('PUT', '/api/events/catalogue/entry', { name: said.name, ownerId: null })
  expect(cleared.body).toMatchObject({ owner: null, description: 'Test page' })
})

test('an event may be described before it comes; one nobody knows is missing; owners are members of this workspace', async () => {
  const ws = await app.workspace()
  const other = await app.workspace()
  expect((await ws.call('GET', entryUrl('Planned'))).body).toMatchObject({
    status: 404,
    code: 'event.missing',
  })
  await ws.call('PUT', '/api/events/catalogue/entry', { name: 'Planned', description: 'From May on' })
  expect((await list(ws)).items).toMatchObject([
    { name: 'Planned', count: 0, firstSeen: null, lastSeen: null },
  ])
  expect((await ws.call<CatalogueEntry>('GET', entryUrl('Planned'))).body).toMatchObject({
    count: 0,
    properties: [],
    sources: [],
  })
  expect((await list(other)).items).toEqual([])
  const { body } = await other.call<{ items: { id: string }[] }>('GET', '/api/members')
  const stranger = { name: 'Planned', ownerId: body.items[0]?.id }
  expect((await ws.call('PUT', '/api/events/catalogue/entry', stranger)).body).toMatchObject({
    status: 422,
    code: 'event.owner_missing',
  })
})
