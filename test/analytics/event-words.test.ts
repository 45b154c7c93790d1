import { expect, test } from 'vitest'
import { joinMember } from '#modules/profiles/server/testing/join-member.ts'
import { startTestApp } from '#test/start-test-app.ts'

type Words = {
  items: Record<string, unknown>[]
  titles: { events: { name: string; zh: string }[] }
}
type Properties = { items: { path: string; type: string; examples: string[] }[] }

test('who may ask but not see everybody’s events finds names and titles to ask by, and no numbers or values of others', async () => {
  const app = await startTestApp()
  const ws = await app.workspace()
  await ws.send({
    type: 'track',
    event: 'Course Viewed',
    userId: 'u1',
    properties: { city: 'Hangzhou', price: 12 },
  })
  await ws.send({ type: 'track', event: 'Order Completed', userId: 'u1', properties: { revenue: 5 } })
  await ws.settled()
  const rep = await joinMember(app, ws, 'rep@example.com', {
    scope: 'self_and_subordinates',
    permissions: ['analytics:read', 'people:read'],
  })
  expect((await rep.call('GET', '/api/events/names')).status).toBe(403)
  const { body } = await rep.call<Words>('GET', '/api/analytics/events')
  expect(body.items.toSorted((a, b) => String(a.name).localeCompare(String(b.name)))).toEqual([
    { name: 'Course Viewed', type: 'track' },
    { name: 'Order Completed', type: 'track' },
  ])
  expect(body.titles.events.find((one) => one.name === 'Order Completed')?.zh).toBeTruthy()
  const asked = await rep.call<Properties>('GET', '/api/analytics/events/properties?event=Course%20Viewed')
  expect(asked.body.items.map(({ path, type, examples }) => [path, type, examples]).toSorted()).toEqual([
    ['city', 'text', []],
    ['price', 'number', []],
  ])
})
