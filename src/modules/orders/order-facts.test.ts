import fc from 'fast-check'
import { expect, test } from 'vitest'
import { currentFactsSql } from '#modules/orders/index.ts'
import { orderFactsOf } from '#modules/orders/order-facts.ts'
import { startTestApp } from '#test/start-test-app.ts'

const base = { unit: 1, type: 'track', time: 1_700_000_000_000, messageId: 'm1' }
const sum = (facts: { amount: number }[]) => facts.reduce((total, fact) => total + fact.amount, 0)

test('the facts of a sale add up to its revenue exactly', () => {
  const product = fc.record({
    price: fc.double({ min: 0, max: 1e5, noNaN: true }),
    quantity: fc.integer({ min: 1, max: 20 }),
  })
  fc.assert(
    fc.property(fc.array(product), fc.integer({ min: 0, max: 1e8 }), (products, cents) => {
      const event = {
        ...base,
        name: 'Order Completed',
        propertiesText: JSON.stringify({ order_id: 'o', revenue: cents / 100, products }),
      }
      expect(sum(orderFactsOf(event))).toBe(cents)
      const refund = {
        ...base,
        name: 'Order Refunded',
        propertiesText: JSON.stringify({ order_id: 'o', total: cents / 100, products }),
      }
      expect(sum(orderFactsOf(refund))).toBe(cents === 0 ? 0 : -cents)
    }),
  )
})

test('other events, and orders without an id, make no facts', () => {
  expect(
    orderFactsOf({ ...base, name: 'Course Viewed', propertiesText: JSON.stringify({ order_id: 'o' }) }),
  ).toEqual([])
  expect(
    orderFactsOf({ ...base, name: 'Order Completed', propertiesText: JSON.stringify({ revenue: 5 }) }),
  ).toEqual([])
  expect(
    orderFactsOf({
      ...base,
      type: 'page',
      name: 'Order Completed',
      propertiesText: JSON.stringify({ order_id: 'o' }),
    }),
  ).toEqual([])
  expect(
    orderFactsOf({
      ...base,
      name: 'Order Completed',
      propertiesText: JSON.stringify({ order_id: 'o', revenue: 'x' }),
    }),
  ).toMatchObject([{ amount: 0 }])
})

test('revenue in text counts; without a total the products do', () => {
  expect(
    sum(
      orderFactsOf({
        ...base,
        name: 'Order Completed',
        propertiesText: JSON.stringify({ order_id: 'o', revenue: '12.50' }),
      }),
    ),
  ).toBe(1250)
  const products = [{ price: 10, quantity: 2 }, { price: '5.5' }]
  expect(
    sum(
      orderFactsOf({
        ...base,
        name: 'Order Completed',
        propertiesText: JSON.stringify({ order_id: 'o', products }),
      }),
    ),
  ).toBe(2550)
})

test('in any order of arrival the later revision of a sale counts, and every partial refund', async () => {
  const app = await startTestApp()
  const sale = (messageId: string, timestamp: string, revenue: number, prices: number[]) => ({
    type: 'track',
    event: 'Order Completed',
    userId: 'u1',
    messageId,
    timestamp,
    properties: {
      order_id: 'o1',
      revenue,
      currency: 'cny',
      products: prices.map((price, at) => ({ product_id: `p${at}`, price, quantity: 1 })),
    },
  })
  const items = [
    sale('s1', '2026-01-01T00:00:00Z', 100, [60, 50]),
    { ...sale('s2', '2026-01-02T00:00:00Z', 80, [80]), event: 'Order Updated' },
    {
      type: 'track',
      event: 'Order Refunded',
      userId: 'u1',
      messageId: 'r1',
      timestamp: '2026-01-03T00:00:00Z',
      properties: { order_id: 'o1', total: 10 },
    },
    {
      type: 'track',
      event: 'Order Refunded',
      userId: 'u1',
      messageId: 'r2',
      timestamp: '2026-01-04T00:00:00Z',
      properties: { order_id: 'o1', total: 5 },
    },
  ]
  for (const given of [items, items.toReversed()]) {
    const ws = await app.workspace()
    for (const item of given) await ws.send(item)
    await ws.settled()
    const [num] = await app.ch.query<{ ws: number }>('SELECT max(ws) AS ws FROM events')
    const rows = await app.ch.query<{ type: string; amount: number; n: number }>(
      `SELECT type, sum(amount) AS amount, count() AS n FROM (${currentFactsSql}) GROUP BY type ORDER BY type`,
      { ws: num?.ws },
    )
    expect(rows).toEqual([
      { type: 'sale', amount: 8000, n: 2 },
      { type: 'refund', amount: -1500, n: 2 },
    ])
  }
})
