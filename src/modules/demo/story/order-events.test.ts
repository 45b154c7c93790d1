import { expect, test } from 'vitest'
import { dayOf } from './calendar.ts'
import { makeStory } from './cast-person.ts'
import { demoBatches } from './demo-batches.ts'
import type { Message } from './message.ts'
import { BROKEN_RELEASE } from './stage.ts'

const options = { end: new Date('2026-11-22T09:30:00Z'), people: 9000, events: 100, seed: 1 }
const { calendar } = makeStory(options)
const orders = new Map<string, Message>()
const later: Message[] = []
const carts: Message[] = []
const contexts = new Map<string, unknown>()

for (const { batch } of demoBatches(options)) {
  for (const message of batch) {
    if (message.event === 'Order Completed') orders.set(String(message.properties?.order_id), message)
    if (message.event === 'Order Refunded' || message.event === 'Order Cancelled') later.push(message)
    if (message.event === 'Product Added' || message.event === 'Product Viewed') carts.push(message)
    contexts.set(message.messageId, message.context.app)
  }
}

type Line = { product_id: string; price: number; quantity: number }

test('an order carries the fields of the Segment spec, and they add up', () => {
  expect(orders.size).toBeGreaterThan(300)
  for (const { properties } of orders.values()) {
    const { subtotal, discount, total, revenue, currency, products } = properties as Record<
      string,
      number
    > & { products: Line[] }
    const sum = products.reduce((amount, line) => amount + line.price * line.quantity, 0)
    expect(subtotal).toBe(sum)
    expect(total).toBe(sum - (discount ?? 0))
    expect(Number(revenue)).toBe(total)
    expect(total).toBeGreaterThan(0)
    expect(currency).toBe('CNY')
    if (discount) expect(properties?.coupon).toBeTruthy()
  }
})

test('a product event names product, price and currency or cart', () => {
  for (const { event, properties } of carts) {
    expect(properties).toMatchObject({
      product_id: expect.any(String),
      sku: expect.any(String),
      price: expect.any(Number),
    })
    expect(properties?.[event === 'Product Added' ? 'cart_id' : 'currency']).toBeTruthy()
  }
})

test('refunds and cancellations name an order that was paid before, and never more than was paid', () => {
  const isPartial = (message: Message) => message.properties?.refund_type === 'partial'
  for (const { properties, timestamp } of later) {
    const order = orders.get(String(properties?.order_id))
    // A message held back by an offline phone can miss the end of the story; then its sequel stands alone.
    if (!order) continue
    expect(Date.parse(timestamp)).toBeGreaterThan(Date.parse(order.timestamp))
    expect(Number(properties?.total)).toBeLessThanOrEqual(Number(order.properties?.total))
  }
  expect(later.filter(isPartial).length).toBeGreaterThan(5)
  expect(later.filter((message) => message.properties?.refund_type === 'full').length).toBeGreaterThan(3)
  expect(later.filter((message) => message.event === 'Order Cancelled').length).toBeGreaterThan(5)
})

test('only the broken release sends revenue as text', () => {
  const texts = [...orders.values()].filter((order) => typeof order.properties?.revenue === 'string')
  expect(texts.length).toBeGreaterThan(0)
  for (const { messageId, timestamp } of texts) {
    expect(contexts.get(messageId)).toMatchObject({ version: BROKEN_RELEASE.version })
    const day = dayOf(calendar, Date.parse(timestamp))
    expect(day).toBeGreaterThanOrEqual(BROKEN_RELEASE.from)
    expect(day).toBeLessThanOrEqual(BROKEN_RELEASE.to)
  }
})
