import { beforeAll, expect, test } from 'vitest'
import type { Profile } from '#modules/profiles/contract.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let ws: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  ws = await app.workspace()
})

type Told = {
  format: string
  profile: { id: string; name: string }
  identifiers: { kind: string; value: string; periods?: unknown[] }[]
  attributes: { name: string; value: unknown; source: string; time: string }[]
  tags: { name: string; addedBy: string }[]
  decisions: { type: string }[]
  segments: { name: string; since: string }[]
  segmentHistory: unknown[]
  orders: { orderId: string; amount: number }[]
  events: { name: string; properties: Record<string, unknown>; context: Record<string, unknown> }[]
}

async function told(id: string, key = ws.apiKey) {
  const reply = await app.server.inject({
    method: 'GET',
    url: `/api/profiles/${id}/export`,
    headers: { authorization: `Bearer ${key}` },
  })
  return { status: reply.statusCode, body: reply.json<Told>(), headers: reply.headers }
}

test('a person is told everything that is known of them, and nothing of others', async () => {
  const many = Array.from({ length: 1200 }, (_, at) => ({
    type: 'track',
    userId: 'ann',
    event: 'Viewed',
    messageId: `v${at}`,
    timestamp: new Date(1_767_225_600_000 + (at >> 1)).toISOString(), // equal times, too
    properties: { at },
    context: { page: { path: '/x' } },
  }))
  const order = { order_id: 'o1', revenue: 12.5 }
  await ws.send(
    {
      type: 'identify',
      userId: 'ann',
      anonymousId: 'tablet',
      messageId: 'i1',
      timestamp: '2026-01-01T00:00:00Z',
      traits: { name: 'Ann', city: 'A' },
    },
    ...many,
    {
      type: 'track',
      userId: 'ann',
      event: 'Order Completed',
      messageId: 'o1',
      timestamp: '2026-01-03T00:00:00Z',
      properties: order,
    },
    {
      type: 'identify',
      userId: 'bob',
      anonymousId: 'tablet',
      messageId: 'i2',
      timestamp: '2026-02-01T00:00:00Z',
      traits: { name: 'Bob', secret: 'of bob' },
    },
  )
  await ws.settled()
  const { body } = await ws.call<{ items: Profile[] }>('GET', '/api/profiles?identifier=user_id:ann')
  const id = body.items[0]?.id as string
  await ws.call('PATCH', `/api/profiles/${id}`, { attributes: { city: 'B' } })
  await ws.call('POST', `/api/profiles/${id}/tags`, { add: ['vip'] })
  const { status, body: all, headers } = await told(id)
  expect(status).toBe(200)
  expect(headers['content-disposition']).toBe(`attachment; filename="${id}.json"`)
  expect(all).toMatchObject({ format: 'headwater.person/1', profile: { id, name: 'Ann' } })
  expect(all.identifiers.map((one) => one.value)).toEqual(['ann', 'tablet'])
  expect(all.identifiers[1]?.periods).toEqual([{ from: null, to: '2026-02-01T00:00:00.000Z' }])
  expect(all.attributes).toMatchObject([
    { name: 'city', value: 'B', source: 'set by hand' },
    { name: 'name', value: 'Ann', source: 'event' },
  ])
  expect(all.tags).toMatchObject([{ name: 'vip' }])
  expect(all.orders).toMatchObject([{ orderId: 'o1', amount: 12.5 }])
  expect(
    all.events
      .filter((event) => event.name === 'Viewed')
      .map((event) => event.properties.at)
      .sort((a, b) => Number(a) - Number(b)),
  ).toEqual(many.map((_, at) => at))
  expect(all.events.find((event) => event.name === 'Viewed')?.context).toEqual({ page: { path: '/x' } })
  expect(JSON.stringify(all)).not.toMatch(/bob/i)
  const audit = await ws.call<{ items: { action: string; subject: string }[] }>(
    'GET',
    '/api/audit?action=profile.exported',
  )
  expect(audit.body.items).toMatchObject([{ subject: id }])
})

test('it asks for the right to see full phones, too; nobody is not found', async () => {
  const { body: key } = await ws.call<{ secret: string }>('POST', '/api/api-keys', {
    name: 'masked',
    permissions: ['people:read', 'export:read'],
  })
  const { body } = await ws.call<{ items: Profile[] }>('GET', '/api/profiles?identifier=user_id:ann')
  expect((await told(body.items[0]?.id as string, key.secret)).status).toBe(403)
  expect((await told('per_AAAAAAAAAAAAAAAAAAAAAA')).status).toBe(404)
})
