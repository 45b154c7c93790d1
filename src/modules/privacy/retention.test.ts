import { beforeAll, expect, test } from 'vitest'
import { bundles } from '#modules/collect/server/forget-old.ts'
import type { Retention } from '#modules/privacy/contract.ts'
import { numberOf } from '#modules/profiles/server/testing/tell-people.ts'
import { startTestApp, type TestApp } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

const dayMs = 86_400_000
let sent = 0
const event = (type: string, daysAgo: number, rest: Record<string, unknown>) => ({
  type,
  userId: 'u1',
  messageId: `r${++sent}`,
  timestamp: new Date(app.clock.now() - daysAgo * dayMs).toISOString(),
  ...rest,
})

test('rows of the log in bundles of so many events', () => {
  const counts = [3, 4, 9, 1, 1].map((n, at) => ({ seq: at + 10, n }))
  expect([...bundles(counts, 8)]).toEqual([
    { from: 10, to: 11 },
    { from: 12, to: 12 },
    { from: 13, to: 14 },
  ])
})

test('older events go from lists, orders and the log, a rebuild does not bring them back, who people are stays', async () => {
  const ws = await app.workspace()
  const order = { order_id: 'o-old', revenue: 100, products: [{ product_id: 'p', price: 100, quantity: 1 }] }
  await ws.send(
    event('identify', 400, { traits: { city: 'Xiamen' } }),
    event('track', 400, { event: 'Order Completed', properties: order }),
    event('track', 400, { event: 'Old Event', properties: { secret: 'long ago' } }),
    event('track', 10, { event: 'New Event' }),
  )
  await ws.settled()
  const names = async () => {
    const { body: found } = await ws.call<{ items: { id: string }[] }>(
      'GET',
      '/api/profiles?identifier=user_id:u1',
    )
    const { body } = await ws.call<{ items: { name: string }[] }>(
      'GET',
      `/api/profiles/${found.items[0]?.id}/timeline`,
    )
    return body.items.map((one) => one.name)
  }
  expect(await names()).toHaveLength(3)
  const bought = { event: 'Old Event' }
  const count = async () =>
    (await ws.call<{ count: number }>('POST', '/api/segments/preview', { rule: bought })).body.count
  expect(await count()).toBe(1)
  const preview = await ws.call<{ events: number }>('POST', '/api/retention/preview', { days: 365 })
  expect(preview.body.events).toBe(2)
  expect((await ws.call('PUT', '/api/retention', { days: 7 })).status).toBe(422)
  expect((await ws.call<Retention>('PUT', '/api/retention', { days: 365 })).body.days).toBe(365)
  const last = async () => (await ws.call<Retention>('GET', '/api/retention')).body.lastEvents
  await expect.poll(last, { timeout: 20_000 }).toBe(2)
  expect(await names()).toEqual(['New Event'])
  expect(await count()).toBe(0)
  const num = await numberOf(app, ws)
  const orders = await app.ch.query<{ n: number }>(
    'SELECT count() AS n FROM order_report FINAL WHERE ws = {ws:UInt32}',
    { ws: num },
  )
  expect(orders[0]?.n).toBe(0)
  expect(JSON.stringify((await ws.call('GET', '/api/events/live')).body)).not.toContain('long ago')
  await app.collect.rebuild(async () => undefined)
  expect(await names()).toEqual(['New Event'])
  const { body } = await ws.call<{ items: { attributes: unknown }[] }>(
    'GET',
    '/api/profiles?identifier=user_id:u1',
  )
  expect(body.items[0]?.attributes).toEqual({ city: 'Xiamen' })
  const { body: audit } = await ws.call<{ items: { action: string; details: unknown }[] }>(
    'GET',
    '/api/audit',
  )
  expect(audit.items[0]).toMatchObject({ action: 'retention.carried_out', details: { days: 365, events: 2 } })
})
