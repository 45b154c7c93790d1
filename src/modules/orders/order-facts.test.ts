import fc from 'fast-check'
import { expect, test } from 'vitest'
import { orderFactsSql } from '#modules/orders/index.ts'
import { orderReportOf } from '#modules/orders/order-facts.ts'
import { startTestApp } from '#test/start-test-app.ts'

const base = { unit: 1, type: 'track', time: 1_700_000_000_000, messageId: 'm1' }

test('an order is worth its revenue exactly, whatever its products', () => {
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
      expect(orderReportOf(event)?.amount).toBe(cents)
      const refund = {
        ...base,
        name: 'Order Refunded',
        propertiesText: JSON.stringify({ order_id: 'o', total: cents / 100, products }),
      }
      expect(orderReportOf(refund)?.amount).toBe(cents === 0 ? 0 : -cents)
    }),
  )
})

test('other events, and orders without an id, make no facts', () => {
  expect(
    orderReportOf({ ...base, name: 'Course Viewed', propertiesText: JSON.stringify({ order_id: 'o' }) }),
  ).toBeUndefined()
  expect(
    orderReportOf({ ...base, name: 'Order Completed', propertiesText: JSON.stringify({ revenue: 5 }) }),
  ).toBeUndefined()
  expect(
    orderReportOf({
      ...base,
      type: 'page',
      name: 'Order Completed',
      propertiesText: JSON.stringify({ order_id: 'o' }),
    }),
  ).toBeUndefined()
  expect(
    orderReportOf({
      ...base,
      name: 'Order Completed',
      propertiesText: JSON.stringify({ order_id: 'o', revenue: 'x' }),
    }),
  ).toMatchObject({ amount: 0 })
})

test('revenue in text counts; without a total the products do', () => {
  expect(
    orderReportOf({
      ...base,
      name: 'Order Completed',
      propertiesText: JSON.stringify({ order_id: 'o', revenue: '12.50' }),
    })?.amount,
  ).toBe(1250)
  const products = [{ price: 10, quantity: 2 }, { price: '5.5' }]
  expect(
    orderReportOf({
      ...base,
      name: 'Order Completed',
      propertiesText: JSON.stringify({ order_id: 'o', products }),
    })?.amount,
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
      `SELECT type, sum(amount) AS amount, count() AS n FROM (${orderFactsSql()}) GROUP BY type ORDER BY type`,
      { ws: num?.ws },
    )
    expect(rows).toEqual([
      { type: 'sale', amount: 8000, n: 1 },
      { type: 'refund', amount: -1500, n: 2 },
    ])
  }
})

test('what goes back is the buyer’s, in the currency paid; a cancellation takes what refunds left, once', async () => {
  const app = await startTestApp()
  const ws = await app.workspace()
  const say = (event: string, day: number, userId: string, properties: object) => ({
    ...{ type: 'track', event, userId, properties, timestamp: `2026-02-0${day}T00:00:00Z` },
  })
  const sale = {
    order_id: 'o1',
    revenue: 100,
    currency: 'EUR',
    coupon: 'SPRING',
    discount: '12.5',
    source: 'fair',
  }
  await ws.send(
    say('Order Completed', 1, 'buyer', sale),
    say('Order Refunded', 2, 'clerk', { order_id: 'o1', total: 30, reason: 'late' }),
    say('Order Cancelled', 3, 'clerk', { order_id: 'o1' }),
    say('Order Cancelled', 4, 'clerk', { order_id: 'o1', total: 100 }),
    say('Order Refunded', 5, 'other', { order_id: 'unknown', total: 7, currency: 'EUR' }),
  )
  await ws.settled()
  const [num] = await app.ch.query<{ ws: number }>('SELECT max(ws) AS ws FROM events')
  const rows = await app.ch.query(
    `SELECT order_id, type, sold, amount, discount, currency, coupon, reason, toDayOfMonth(time) AS ordered, toDayOfMonth(at) AS happened,
       props.source.:String AS source, dense_rank() OVER (ORDER BY unit) AS who
     FROM (${orderFactsSql()}) ORDER BY at`,
    { ws: num?.ws },
  )
  const bought = { order_id: 'o1', sold: 1, currency: 'EUR', coupon: 'SPRING', ordered: 1, source: 'fair' }
  const buyer = (rows[0] as { who: number }).who
  expect(rows).toEqual([
    { ...bought, type: 'sale', amount: 10_000, discount: 1250, reason: '', happened: 1, who: buyer },
    { ...bought, type: 'refund', amount: -3000, discount: 0, reason: 'late', happened: 2, who: buyer },
    { ...bought, type: 'cancel', amount: -7000, discount: 0, reason: '', happened: 3, who: buyer },
    { ...bought, type: 'cancel', amount: 0, discount: 0, reason: '', happened: 4, who: buyer },
    expect.objectContaining({
      order_id: 'unknown',
      sold: 0,
      amount: -700,
      ordered: 5,
      happened: 5,
      source: null,
    }),
  ])
})
