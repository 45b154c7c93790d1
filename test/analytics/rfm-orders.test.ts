import { beforeAll, expect, test } from 'vitest'
import type { RfmAnswer } from '#modules/analytics/contract/rfm.ts'
import { startTestApp, type TestWorkspace } from '#test/start-test-app.ts'

let ws: TestWorkspace
const told: [user: string, event: string, day: string, properties: Record<string, unknown>][] = [
  ['ann', 'Order Completed', '2026-01-10', { order_id: 'a1', revenue: 100 }],
  ['ann', 'Order Updated', '2026-01-11', { order_id: 'a1', revenue: 80 }], // another revision of the same
  ['ann', 'Order Completed', '2026-01-20', { order_id: 'a2', revenue: 60 }],
  ['ann', 'Order Refunded', '2026-01-22', { order_id: 'a2', total: 10 }],
  ['ann', 'Order Refunded', '2026-02-02', { order_id: 'a2', total: 20 }], // after the as-of day
  ['ben', 'Order Completed', '2026-01-30', { order_id: 'b1', revenue: 500 }],
  ['ben', 'Order Refunded', '2026-01-31', { order_id: 'b1', total: 500 }], // all of it given back
  ['ben', 'Order Completed', '2026-01-05', { order_id: 'b2', revenue: 40 }],
  ['cat', 'Order Completed', '2026-01-15', { order_id: 'c1', revenue: 70 }],
  ['cat', 'Order Cancelled', '2026-01-16', { order_id: 'c1', revenue: 70 }],
  ['dan', 'Order Completed', '2026-01-12', { order_id: 'd1', revenue: 0 }], // free, and an order
  ['eva', 'Order Completed', '2026-01-13', { order_id: 'e1', revenue: 9, currency: 'USD' }],
]

beforeAll(async () => {
  ws = await (await startTestApp()).workspace()
  await ws.send(
    ...told.map(([userId, event, day, properties], at) => ({
      ...{ type: 'track', messageId: `m${at}`, userId, event, timestamp: `${day}T04:00:00.000Z` },
      properties: { currency: 'CNY', ...properties },
    })),
  )
  await ws.settled()
}, 60_000)

const base = { kind: 'rfm', as_of: '2026-01-31', range: { from: '2026-01-01', to: '2026-01-31' } }
const ask = async (body: object = {}) =>
  (await ws.call<RfmAnswer>('POST', '/api/analytics/query', { ...base, ...body })).body

test('orders of the facts are net of what was given back up to the day; cancelled ones are none', async () => {
  const { people, monetary_sum, levels, currency, currencies } = await ask()
  // ann 80 + 50, ben 40, dan 0; cat cancelled: placed like what ben gave back, and worth nothing. placed, and worth nothing.
  expect({ people, monetary_sum, currency }).toEqual({ people: 3, monetary_sum: 170, currency: 'CNY' })
  expect(currencies).toEqual([
    { currency: 'CNY', orders: 6 },
    { currency: 'USD', orders: 1 },
  ])
  expect(levels.f.map(({ from, people: count }) => [from, count])).toEqual([
    [1, 2],
    [2, 1],
  ])
  expect(levels.r.map(({ from }) => from).sort()).toEqual([11, 19, 26])
  const later = await ask({ as_of: '2026-02-28' })
  expect(later.monetary_sum).toBe(150)
})

test('one currency at a time, and the people behind it', async () => {
  const dollars = await ask({ currency: 'USD' })
  expect(dollars).toMatchObject({ people: 1, monetary_sum: 9, currency: 'USD' })
  const body = { ...base, currency: 'USD', cell: {} }
  const people = await ws.call<{ total: number }>('POST', '/api/analytics/people', body)
  expect(people.body.total).toBe(1)
})

test('who may not see orders is told so', async () => {
  const { body: key } = await ws.call<{ secret: string }>('POST', '/api/api-keys', {
    ...{ name: 'No orders', permissions: ['analytics:read', 'people:read'] },
  })
  const headers = { authorization: `Bearer ${key.secret}` }
  const reply = await ws.call('POST', '/api/analytics/query', base, headers)
  expect(reply).toMatchObject({ status: 403, body: { code: 'access.denied', permission: 'order:read' } })
})
