import { beforeAll, expect, test } from 'vitest'
import type { Import } from '#modules/imports/contract.ts'
import { countsOf, ended, importFile } from '#modules/imports/server/testing/import-file.ts'
import { orderFactsSql } from '#modules/orders/index.ts'
import type { Profile } from '#modules/profiles/contract.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

const find = async (ws: TestWorkspace, identifier: string): Promise<Profile[]> =>
  (await ws.call<{ items: Profile[] }>('GET', `/api/profiles?identifier=${encodeURIComponent(identifier)}`))
    .body.items
const count = async (ws: TestWorkspace, rule: object) =>
  (await ws.call<{ count: number }>('POST', '/api/profiles/count', { rule })).body.count
const timelineOf = async (ws: TestWorkspace, identifier: string) => {
  const [one] = await find(ws, identifier)
  const { body } = await ws.call<{ items: { name: string; properties: object }[] }>(
    'GET',
    `/api/profiles/${one?.id}/timeline`,
  )
  return body.items.map(({ name, properties }) => ({ name, properties }))
}

async function undo(ws: TestWorkspace, id: string): Promise<Import> {
  expect((await ws.call('POST', `/api/imports/${id}/undo`)).status).toBe(202)
  const done = await ended(ws, id)
  await ws.settled()
  return done
}

const events = {
  kind: 'events',
  key: { column: 'user', kind: 'user_id' },
  columns: {
    ...{ what: 'event', at: 'time', page: { property: 'page' } },
    ...{ city: { attribute: 'city' }, plan: { attribute: 'plan' } },
  },
}
const rows = [
  'user,what,at,page,city,plan',
  'known,Visited,2025-03-05 10:00,/a,Paris,',
  'known,Bought,2026-03-06 10:00,/b,,pro',
  'new,Visited,2026-03-06 10:00,/c,Oslo,',
].join('\n')

test('events of an import vanish from timelines, counts, segments and first sights, and stay away after a rebuild', async () => {
  const ws = await app.workspace()
  await ws.send(
    { type: 'identify', userId: 'known', traits: { city: 'Bern' }, timestamp: '2024-01-01T00:00:00Z' },
    { type: 'track', userId: 'later', event: 'Visited', timestamp: '2026-02-01T00:00:00Z' },
    {
      ...{ type: 'track', userId: 'known', event: 'Visited', timestamp: '2026-01-01T00:00:00Z' },
      properties: { page: '/own' },
    },
  )
  await ws.settled()
  const segment = await ws.call<{ id: string }>('POST', '/api/segments', {
    name: 'Buyers',
    rule: { event: 'Bought' },
  })
  const members = async () =>
    (await ws.call<{ size: number | null }>('GET', `/api/segments/${segment.body.id}`)).body.size
  await expect.poll(members).toBe(0)
  const done = await importFile(ws, `${rows}\nlater,Visited,2025-01-01 00:00,/d,,\n`, events)
  expect(countsOf(done)).toMatchObject({ state: 'done', created: 4 })
  expect(done.undoable).toBe(true)
  expect(await count(ws, { event: 'Visited' })).toBe(3)
  expect(await members()).toBe(1)
  expect((await find(ws, 'user_id:known'))[0]?.attributes).toEqual({ city: 'Paris', plan: 'pro' })
  expect((await find(ws, 'user_id:later'))[0]?.firstSeen).toBe('2024-12-31T16:00:00.000Z')

  expect(await undo(ws, done.id)).toMatchObject({ state: 'undone', removed: 1 })
  const expectUndone = async () => {
    expect(await timelineOf(ws, 'user_id:known')).toEqual([{ name: 'Visited', properties: { page: '/own' } }])
    expect((await find(ws, 'user_id:known'))[0]?.attributes).toEqual({ city: 'Bern' })
    expect((await find(ws, 'user_id:later'))[0]?.firstSeen).toBe('2026-02-01T00:00:00.000Z')
    expect(await find(ws, 'user_id:new')).toEqual([])
    expect(await count(ws, { event: 'Visited' })).toBe(2)
    expect(await count(ws, { event: 'Bought' })).toBe(0)
    expect(await members()).toBe(0)
  }
  await expectUndone()
  await app.collect.rebuild(async () => undefined)
  await ws.settled()
  await expectUndone()
})

test('the same file counts again after its undoing', async () => {
  const ws = await app.workspace()
  const first = await importFile(ws, rows, events)
  await undo(ws, first.id)
  expect(await count(ws, { event: 'Visited' })).toBe(0)
  const again = await importFile(ws, rows, events)
  expect(countsOf(again)).toMatchObject({ state: 'done', created: 3 })
  expect(await count(ws, { event: 'Visited' })).toBe(2)
  expect(await timelineOf(ws, 'user_id:new')).toEqual([{ name: 'Visited', properties: { page: '/c' } }])
})

const revenue = (num: number) =>
  app.ch.query<{ order_id: string; amount: number }>(
    `SELECT order_id, toInt64(sum(amount)) AS amount FROM (${orderFactsSql()}) GROUP BY order_id ORDER BY order_id`,
    { ws: num },
  )

test('what an imported order had replaced is the order again; other orders are untouched', async () => {
  const ws = await app.workspace()
  const order = (userId: string, order_id: string | number, revenue: number, timestamp: string) => ({
    ...{ type: 'track', userId, event: 'Order Completed', timestamp, properties: { order_id, revenue } },
  })
  await ws.send(
    order('a', 'o1', 10, '2026-01-01T00:00:00Z'),
    order('b', ' o2 ', 20, '2026-01-01T00:00:00Z'),
    order('c', 3, 30, '2026-01-01T00:00:00Z'),
    order('d', 'o4', 40, '2026-01-01T00:00:00Z'),
  )
  await ws.settled()
  const [largest] = await app.ch.query<{ ws: number }>('SELECT max(ws) AS ws FROM events')
  const num = largest?.ws as number
  const before = await revenue(num)
  // By other people: what replaces a fact need not be on the same identifier.
  const file =
    'no,who,day,sum\no1,z1,2026-02-01,100\no2,z2,2026-02-01,200\n3,z3,2026-02-01,300\no9,z9,2026-02-01,900\n'
  const done = await importFile(ws, file, {
    kind: 'orders',
    key: { column: 'who', kind: 'user_id' },
    columns: { no: { property: 'order_id' }, day: 'time', sum: { property: 'revenue' } },
  })
  expect(countsOf(done)).toMatchObject({ state: 'done', created: 4 })
  await app.ch.command('OPTIMIZE TABLE order_report FINAL') // the replaced rows are gone for good
  expect((await revenue(num)).map((row) => row.amount)).toEqual([30_000, 10_000, 20_000, 4000, 90_000])
  await undo(ws, done.id)
  expect(await revenue(num)).toEqual(before)
  await app.collect.rebuild(async () => undefined)
  await ws.settled()
  expect(await revenue(num)).toEqual(before)
})

test('whoever an undone import had made leaves nothing in ClickHouse that points to them', async () => {
  const ws = await app.workspace()
  const pointers = async () =>
    (await app.ch.query<{ n: number }>('SELECT count() AS n FROM unit_person FINAL'))[0]?.n
  const before = await pointers()
  const done = await importFile(ws, 'ID,Mail\nu1,a@b.c\nu2,d@e.f\n', {
    kind: 'people',
    key: { column: 'ID', kind: 'user_id' },
    columns: { Mail: { identifier: 'email' } },
  })
  expect(await pointers()).toBeGreaterThan(before as number)
  expect(await undo(ws, done.id)).toMatchObject({ state: 'undone', removed: 2 })
  expect(await pointers()).toBe(before)
  expect(await find(ws, 'email:a@b.c')).toEqual([])
})
