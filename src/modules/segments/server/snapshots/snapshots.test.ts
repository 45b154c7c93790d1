import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { Snapshot } from '#modules/segments/contract.ts'
import { identify, segmentCalls } from '#modules/segments/server/testing/segment-calls.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let ws: TestWorkspace
let calls: ReturnType<typeof segmentCalls>
beforeAll(async () => {
  app = await startTestApp()
  ws = await app.workspace()
  calls = segmentCalls(ws)
  await ws.send(...['a', 'b', 'c'].map((user) => identify(user, { group: 'one' })))
  await ws.settled()
}, 60_000)

const one = { attr: 'group', op: 'eq', value: 'one' }
const snapshotsOf = async (id: string) =>
  (await ws.call<{ items: Snapshot[] }>('GET', `/api/segments/${id}/snapshots`)).body.items
async function ready(id: string, count: number): Promise<Snapshot[]> {
  for (let tries = 0; tries < 400; tries++) {
    const found = await snapshotsOf(id)
    if (found.length === count && found.every((one) => one.state === 'ready')) return found
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`not ${count} snapshots: ${JSON.stringify(await snapshotsOf(id))}`)
}
async function take(id: string, count: number): Promise<Snapshot> {
  const reply = await ws.call('POST', `/api/segments/${id}/snapshots`)
  expect(reply.status, JSON.stringify(reply.body)).toBe(202)
  return (await ready(id, count))[0] as Snapshot
}

test('a snapshot stays as it was; two tell who came, went and stayed', async () => {
  const segment = await calls.counted((await calls.create({ name: 'Frozen', rule: one })).id)
  const first = await take(segment.id, 1)
  expect(first).toMatchObject({ size: 3, version: 1, scheduled: false })
  await ws.send(identify('a', { group: 'two' }), identify('d', { group: 'one' }))
  await ws.settled()
  const second = await take(segment.id, 2)
  expect(await calls.count({ list: first.id })).toBe(3)
  const { body } = await ws.call('POST', '/api/segments/regions', {
    rules: [{ list: first.id }, { list: second.id }],
  })
  expect(body.regions).toEqual([
    { in: [0], count: 1 },
    { in: [1], count: 1 },
    { in: [0, 1], count: 2 },
  ])
  const people = await ws.call<{ items: unknown[] }>(
    'GET',
    `/api/profiles?rule=${encodeURIComponent(JSON.stringify({ list: first.id }))}`,
  )
  expect(people.body.items).toHaveLength(3)
  const saved = await ws.call('POST', '/api/segments', { name: 'No', rule: { list: first.id } })
  expect(saved).toMatchObject({ status: 422, body: { reason: 'unknown_list' } })
  await ws.call('DELETE', `/api/segments/${segment.id}/snapshots/${first.id}`)
  expect(await snapshotsOf(segment.id)).toMatchObject([{ id: second.id }])
  const gone = await ws.call('POST', '/api/segments/preview', { rule: { list: first.id } })
  expect(gone).toMatchObject({ status: 422 })
})

test('a snapshot becomes a list, comes back after a rebuild, and forgets who is erased', async () => {
  await ws.send(...['x', 'y'].map((user) => identify(user, { group: 'kept' })))
  await ws.settled()
  const rule = { attr: 'group', op: 'eq', value: 'kept' }
  const segment = await calls.counted((await calls.create({ name: 'Kept', rule })).id)
  const snapshot = await take(segment.id, 1)
  const list = await calls.create({ name: 'Of a snapshot', kind: 'list' })
  await ws.call('POST', `/api/segments/${list.id}/people`, { rule: { list: snapshot.id } })
  await expect.poll(() => calls.members(list.id), { timeout: 20_000 }).toEqual(['x', 'y'])
  await app.ch.command('TRUNCATE TABLE list_unit')
  await app.collect.rebuild(async () => undefined)
  expect(await calls.count({ list: snapshot.id })).toBe(2)
  await ws.call('DELETE', `/api/profiles/${await calls.person('y')}`)
  await expect.poll(async () => (await snapshotsOf(segment.id))[0]?.size, { timeout: 30_000 }).toBe(1)
  await expect.poll(() => calls.count({ list: snapshot.id }), { timeout: 20_000 }).toBe(1)
})

test('scheduled snapshots come at their time, once for all that were missed, and the oldest go', async () => {
  const segment = await calls.counted((await calls.create({ name: 'Scheduled', rule: one })).id)
  const schedule = { every: 'day', time: '08:00', keep: 2 }
  const set = await ws.call<{ nextAt: string }>('PUT', `/api/segments/${segment.id}/schedule`, { schedule })
  expect(set).toMatchObject({ status: 200, body: { schedule: { ...schedule, day: 1 } } })
  // 08:00 in Shanghai.
  expect(set.body.nextAt).toMatch(/T00:00:00.000Z$/)
  const due = async () => {
    // As if the program had been down for five days: its moment is long over.
    await app.database.system((tx) =>
      tx.run(sql`
        update segments.schedule set next_at = now() - interval '5 days' where segment_id = ${segment.id}`),
    )
    await app.database.system((tx) =>
      tx.run(sql`
        update platform.job set run_at = now() - interval '5 days'
        where kind = 'segments:schedule' and dedup_key = ${segment.id} and state = 'waiting'`),
    )
  }
  for (const count of [1, 2]) {
    await due()
    expect((await ready(segment.id, count))[0]).toMatchObject({ scheduled: true, size: 3 })
  }
  const [, oldest] = await snapshotsOf(segment.id)
  await due()
  await expect
    .poll(async () => (await ready(segment.id, 2)).some((one) => one.id === oldest?.id), { timeout: 20_000 })
    .toBe(false)
  const standing = await ws.call<{ nextAt: string }>('GET', `/api/segments/${segment.id}/schedule`)
  expect(Date.parse(standing.body.nextAt)).toBeGreaterThan(app.clock.now())
  await ws.call('PUT', `/api/segments/${segment.id}/schedule`, { schedule: null })
  expect((await ws.call('GET', `/api/segments/${segment.id}/schedule`)).body).toEqual({
    schedule: null,
    nextAt: null,
  })
})

test('what names a segment is shown, and holds it', async () => {
  const base = await calls.create({ name: 'Base', rule: { all: [one, { tag: 'hot' }, { event: 'Paid' }] } })
  const above = await calls.create({ name: 'Above', rule: { segment: base.id } })
  const top = await calls.create({ name: 'Top', rule: { not: { segment: above.id } } })
  const hook = { url: 'https://example.com/hook', types: ['segment.entered'], segments: [base.id] }
  const made = await ws.call<{ endpoint: { id: string } }>('POST', '/api/webhooks', {
    ...hook,
    description: 'CRM',
  })
  const { body } = await ws.call('GET', `/api/segments/${base.id}/uses`)
  expect(body).toEqual({
    usedBy: [
      { kind: 'segment', id: above.id, name: 'Above', direct: true, holds: true },
      { kind: 'webhook', id: made.body.endpoint.id, name: 'CRM', direct: true, holds: true },
      { kind: 'segment', id: top.id, name: 'Top', direct: false, holds: false },
    ],
    segments: [],
    tags: ['hot'],
    attributes: ['group'],
    events: ['Paid'],
  })
  const down = await ws.call<{ segments: unknown[] }>('GET', `/api/segments/${top.id}/uses`)
  expect(down.body.segments).toEqual([
    { id: above.id, name: 'Above', direct: true },
    { id: base.id, name: 'Base', direct: false },
  ])
  const refused = await ws.call('DELETE', `/api/segments/${base.id}`)
  expect(refused).toMatchObject({
    status: 409,
    body: { code: 'segment.in_use', users: [{ name: 'Above' }, { kind: 'webhook', name: 'CRM' }] },
  })
  expect((await ws.call('DELETE', `/api/segments/${top.id}`)).status).toBe(204)
})
