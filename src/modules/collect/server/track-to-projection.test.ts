import { expect, test } from 'vitest'
import { startTestApp } from '#test/start-test-app.ts'

test('events sent to the tracking API become stored, repeats do not count', async () => {
  const app = await startTestApp()
  const ws = await app.workspace()
  const item = {
    type: 'track',
    event: 'Order Completed',
    userId: 'u1',
    messageId: 'm1',
    timestamp: '2026-01-01T00:00:00Z',
    properties: { revenue: 12, 'a b': 'x' },
  }
  expect(
    (
      await ws.send(item, { ...item, messageId: 'm2' }, item, {
        type: 'identify',
        userId: 'u1',
        anonymousId: 'a1',
        traits: { email: 'A@x.com', phone: '13800138000' },
      })
    ).status,
  ).toBe(200)
  expect((await ws.send(item, { type: 'nonsense' }, { type: 'track', event: 'x' })).status).toBe(200)
  await ws.settled()
  const { body } = await ws.call('GET', '/api/status')
  expect(body).toMatchObject({
    accepted: 7,
    projected: 7,
    outcomes: { stored: 3, duplicate: 2, conflict: 0, rejected: 2 },
  })
  const live = await ws.call<{
    items: { outcome: string; reason: string | null; profileId: string | null }[]
  }>('GET', '/api/events/live')
  expect(live.body.items.map((one) => one.outcome)).toEqual([
    'rejected',
    'rejected',
    'duplicate',
    'stored',
    'duplicate',
    'stored',
    'stored',
  ])
  expect(live.body.items[0]?.reason).toBe('event.no_identifier')
  expect(new Set(live.body.items.slice(2).map((one) => one.profileId)).size).toBe(1)
  const names = await ws.call<{ items: { name: string; count: number }[] }>('GET', '/api/events/names')
  expect(names.body.items).toMatchObject([{ name: 'Order Completed', type: 'track', count: 2 }])
  const properties = await ws.call('GET', '/api/events/properties?event=Order%20Completed')
  expect(properties.body).toMatchObject({
    items: [
      { path: 'a b', type: 'text', count: 2, examples: ['x'] },
      { path: 'revenue', type: 'number', count: 2 },
    ],
  })
})

test('volume counts hours and days of the workspace’s time zone', async () => {
  const app = await startTestApp()
  const ws = await app.workspace() // Asia/Shanghai
  const midnight = Math.floor((app.clock.now() + 8 * 3_600_000) / 86_400_000) * 86_400_000 - 8 * 3_600_000
  const at = (ms: number) => ({
    type: 'track',
    event: 'x',
    userId: 'u',
    timestamp: new Date(ms).toISOString(),
  })
  await ws.send(at(midnight - 1000), at(midnight - 2000), at(midnight))
  await ws.settled()
  type Volume = { items: { time: string; count: number }[] }
  const { body } = await ws.call<Volume>('GET', '/api/events/volume?hours=240')
  expect(body.items).toHaveLength(10)
  expect(body.items.slice(-2)).toEqual([
    { time: new Date(midnight - 86_400_000).toISOString(), count: 2 },
    { time: new Date(midnight).toISOString(), count: 1 },
  ])
})

test('pickers answer the same every time: type and examples are chosen, not found first', async () => {
  const app = await startTestApp()
  const ws = await app.workspace()
  const letters = ['f', 'e', 'd', 'c', 'b', 'a']
  await ws.send({ type: 'page', name: 'P', userId: 'u', messageId: 'p' })
  await ws.settled()
  for (const [at, letter] of letters.entries()) {
    const properties = { letter, empty: '', deep: { part: letter } }
    await ws.send({ type: 'track', event: 'Page Viewed', userId: `u${at}`, messageId: `m${at}`, properties })
    await ws.settled()
  }
  const names = await ws.call<{ items: unknown[] }>('GET', '/api/events/names')
  expect(names.body.items).toMatchObject([{ name: 'Page Viewed', type: 'track', count: 7 }])
  const { body } = await ws.call<{ items: { path: string; examples: string[] }[] }>(
    'GET',
    '/api/events/properties?event=Page%20Viewed',
  )
  const examples = Object.fromEntries(body.items.map((one) => [one.path, one.examples]))
  expect(examples).toMatchObject({ letter: ['a', 'b', 'c', 'd', 'e'], empty: [] })
})
