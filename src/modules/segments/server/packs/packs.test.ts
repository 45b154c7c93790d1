import { beforeAll, expect, test } from 'vitest'
import { joinMember } from '#modules/profiles/server/testing/join-member.ts'
import type { Pack, PackReport } from '#modules/segments/contract.ts'
import { identify, segmentCalls } from '#modules/segments/server/testing/segment-calls.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let from: TestWorkspace
let to: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  from = await app.workspace()
  to = await app.workspace()
  for (const ws of [from, to]) {
    await ws.send(identify('a', { phone: '13800138001' }), identify('b', { phone: '13800138002' }))
    await ws.settled()
  }
  await from.send(identify('c', { city: 'Xi’an' }))
  await from.settled()
}, 60_000)

const take = async (pack: Pack, map?: object, how = 'take') => {
  const reply = await to.call<PackReport>('POST', `/api/audience-packs/${how}`, {
    pack,
    ...(map ? { map } : {}),
  })
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  return reply.body
}

test('segments travel with what they stand on, and arrive once however often they are taken in', async () => {
  const calls = segmentCalls(from)
  await from.call('POST', '/api/tags', { name: 'Level' })
  await from.call('POST', '/api/tags', { name: 'Gold', parent: 'Level' })
  const rule = { all: [{ tag: 'Gold' }, { attr: 'city', op: 'exists' }, { event: 'Paid' }] }
  const base = await calls.create({ name: 'Base', rule })
  const list = await calls.create({ name: 'Fair', kind: 'list' })
  const identifiers = [
    { kind: 'phone', value: '13800138001' },
    { kind: 'phone', value: '13800138002' },
  ]
  await from.call('POST', `/api/segments/${list.id}/people`, { identifiers })
  const top = await calls.create({
    name: 'Top',
    rule: { any: [{ segment: base.id }, { not: { segment: list.id } }] },
  })
  const made = await from.call<Pack>('POST', '/api/audience-packs/make', {
    segments: [top.id],
    members: 'sha256',
  })
  expect(made.body).toMatchObject({
    segments: [
      { name: 'Base' },
      { name: 'Fair', kind: 'list', members: { form: 'sha256' } },
      { name: 'Top' },
    ],
    tags: [
      { name: 'Level', parent: null },
      { name: 'Gold', parent: 'Level' },
    ],
    attributes: [{ name: 'city' }],
    events: ['Paid'],
  })
  expect(JSON.stringify(made.body)).not.toContain('13800138001')

  const checked = await take(made.body, undefined, 'check')
  expect(checked).toMatchObject({
    segments: [{ outcome: 'new', id: null }, { outcome: 'new', members: 2 }, { outcome: 'new' }],
    missing: { tags: ['Level', 'Gold'], attributes: ['city'], events: ['Paid'] },
  })
  expect((await to.call<{ items: unknown[] }>('GET', '/api/segments')).body.items).toHaveLength(0)

  const taken = await take(made.body)
  expect(taken.missing).toEqual({ tags: [], attributes: [], events: ['Paid'] })
  const there = segmentCalls(to)
  expect(await there.members(taken.segments[1]?.id ?? '')).toEqual(['a', 'b'])
  const newTop = await there.get(taken.segments[2]?.id ?? '')
  expect(newTop.rule).toEqual({
    any: [{ segment: taken.segments[0]?.id }, { not: { segment: taken.segments[1]?.id } }],
  })
  const again = await take(made.body)
  expect(again.segments.map((one) => [one.outcome, one.id])).toEqual(
    taken.segments.map((one) => ['same', one.id]),
  )
})

test('names can be mapped, and a name that another segment has gets a number', async () => {
  const calls = segmentCalls(from)
  const { id } = await calls.create({
    name: 'Mapped',
    rule: { all: [{ event: '下单' }, { attr: 'stadt', op: 'exists' }] },
  })
  const { body: pack } = await from.call<Pack>('POST', '/api/audience-packs/make', { segments: [id] })
  await segmentCalls(to).create({ name: 'Mapped', rule: { tag: 'else' } })
  const map = { tags: {}, events: { 下单: 'Order Completed' }, attributes: { stadt: 'phone' } }
  const taken = await take(pack, map)
  expect(taken.segments).toMatchObject([{ name: 'Mapped 2', outcome: 'renamed' }])
  expect((await segmentCalls(to).get(taken.segments[0]?.id ?? '')).rule).toEqual({
    all: [{ event: 'Order Completed' }, { attr: 'phone', op: 'exists' }],
  })
  expect((await take(pack, map)).segments).toMatchObject([{ name: 'Mapped 2', outcome: 'same' }])
})

test('a pack that names what it does not hold is refused', async () => {
  const segment = { key: 'k', name: 'Broken', kind: 'rule', rule: { segment: 'elsewhere' } }
  const pack = { format: 'headwater.audience/1', segments: [segment], tags: [], attributes: [], events: [] }
  expect(await to.call('POST', '/api/audience-packs/check', { pack })).toMatchObject({
    status: 422,
    body: { code: 'pack.bad_reference', names: 'elsewhere' },
  })
})

test('who sees contacts masked takes no people along, hashed ones neither', async () => {
  const list = await segmentCalls(from).create({ name: 'Hashes', kind: 'list' })
  const blind = await joinMember(app, from, 'blind@packs.example', {
    scope: 'all',
    permissions: ['people:read', 'segment:read', 'export:read'],
  })
  const make = (members: string) =>
    blind.call('POST', '/api/audience-packs/make', { segments: [list.id], members })
  for (const form of ['plain', 'sha256'])
    expect(await make(form)).toMatchObject({ status: 403, body: { permission: 'people:unmask' } })
  expect((await make('none')).status).toBe(200)
})
