import { beforeAll, expect, test } from 'vitest'
import type { Overview } from '#modules/portrait/contract.ts'
import { identify, one, track } from '#modules/profiles/server/testing/tell-people.ts'
import { startTestApp, type TestApp } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

test('the first screen of a person in one answer', async () => {
  const ws = await app.workspace()
  const who = { userId: 'u1', anonymousId: 'd1' }
  const visit = (minute: number, campaign: object, page = {}) => ({
    ...track(minute, 'Course Viewed', who),
    context: { campaign, page, device: { model: 'P70' }, os: { name: 'HarmonyOS', version: '5' } },
  })
  await ws.send(
    identify(1, 'u1', { name: 'Li Wen', city: 'Beijing', email: 'li@example.com' }, { anonymousId: 'd1' }),
    visit(2, { source: 'douyin', name: 'spring' }, { referrer: 'https://v.douyin.com/x' }),
    visit(3, {}, { url: 'https://school.example/c?utm_source=baidu&utm_campaign=exam' }),
    track(4, 'Order Completed', who, { order_id: 'o1', revenue: 100, currency: 'CNY' }),
    track(5, 'Order Completed', who, { order_id: 'o2', revenue: 50.5, currency: 'CNY' }),
    track(6, 'Order Refunded', who, { order_id: 'o1', total: 30, currency: 'CNY' }),
    track(7, 'Order Completed', { userId: 'u2' }, { order_id: 'o3', revenue: 9, currency: 'CNY' }),
  )
  await ws.settled()
  const { id } = await one(ws, 'user_id:u1')
  const read = async () => (await ws.call<Overview>('GET', `/api/profiles/${id}/overview`)).body
  const first = await read()
  expect(first.profile).toMatchObject({ id, name: 'Li Wen' })
  expect(first.orders).toEqual([
    { currency: 'CNY', net: 12_050, orders: 2, lastAt: '2026-03-01T00:05:00.000Z' },
  ])
  expect(first.origin.first).toMatchObject({ source: 'douyin', campaign: 'spring', referrer: 'v.douyin.com' })
  expect(first.origin.last).toMatchObject({ source: 'baidu', campaign: 'exam' })
  expect(first.devices).toMatchObject([{ id: 'd1', lastSeen: '2026-03-01T00:06:00.000Z' }])
  expect(first.groups).toEqual(['behaviour', 'sales', 'system'])
  expect(first.identity.nodes.length).toBe(first.profile.identifiers.length)
  expect(first.timeline.items).toHaveLength(6)
  expect([first.segments, first.level]).toEqual([[], 'low'])
  expect(first.checks.find((check) => check.code === 'tag')?.met).toBe(false)

  await ws.call('POST', `/api/profiles/${id}/tags`, { add: ['vip'] })
  expect((await read()).level).toBe('low') // nothing done in the last 90 days
  const now = new Date(app.clock.now()).toISOString()
  await ws.send(
    ...[1, 2, 3].map(() => ({ type: 'track', event: 'Lesson Started', userId: 'u1', timestamp: now })),
  )
  await ws.settled()
  expect((await read()).level).toBe('medium')

  const chosen = await ws.call('PUT', '/api/portrait-settings', { important: ['grade', 'city', 'school'] })
  expect(chosen.body).toEqual({ important: ['grade', 'city', 'school'], chosen: true })
  expect((await read()).checks.find((check) => check.code === 'some_attributes')).toEqual({
    code: 'some_attributes',
    level: 'medium',
    met: false,
    attributes: ['grade', 'school'],
  })
  await ws.call('PUT', '/api/portrait-settings', { important: ['city'] })
  expect((await read()).level).toBe('medium') // known for two days only
  await ws.send(track(2000, 'Course Viewed', who))
  await ws.settled()
  expect((await read()).level).toBe('high')
  expect((await ws.call('GET', '/api/profiles/per_none/overview')).status).toBe(404)
}, 60_000)
