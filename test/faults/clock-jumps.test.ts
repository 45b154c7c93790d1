import { expect, test } from 'vitest'
import { createQuota } from '#modules/collect/server/rate-quota.ts'
import { type RestartableApp, startRestartable } from '#test/faults/restartable-app.ts'

const hour = 3_600_000
const day = 24 * hour
const iso = (ms: number) => new Date(ms).toISOString()

/** A segment of everybody with an event in the last days, as it is stored. */
async function recentViewers(app: RestartableApp, days: number) {
  const rule = { event: 'Viewed', within: { last: days, unit: 'day' } }
  const made = await app.call<{ id: string }>('POST', '/api/segments', { name: `${days} days`, rule })
  const read = async () => {
    const { body } = await app.call<{ state: string; size: number | null }>(
      'GET',
      `/api/segments/${made.body.id}`,
    )
    return body.state === 'live' ? body.size : undefined
  }
  await expect.poll(read, { timeout: 20_000 }).toBeTypeOf('number')
  const preview = async () =>
    (await app.call<{ count: number }>('POST', '/api/segments/preview', { rule })).body.count
  return { size: read, preview }
}

test('an hour back, a day ahead, a year back and forth: stored memberships are those of the present clock', {
  timeout: 120_000,
}, async () => {
  const app = await startRestartable()
  const start = app.clock.now()
  const viewed = (user: string, daysAgo: number) => ({
    type: 'track',
    event: 'Viewed',
    userId: user,
    messageId: `${user}-${daysAgo}`,
    timestamp: iso(start - daysAgo * day),
  })
  await app.send(viewed('u1', 0.5), viewed('u2', 1.5), viewed('u3', 6.9), viewed('u4', 30))
  await app.settled()
  const segments = [await recentViewers(app, 1), await recentViewers(app, 2), await recentViewers(app, 7)]
  expect(await Promise.all(segments.map((one) => one.size()))).toEqual([1, 2, 3])
  for (const jump of [-hour, hour, day, -day, 365 * day, -365 * day, -0.4 * day, 7 * day]) {
    app.clock.advance(jump)
    await app.app.segments.recheck()
    for (const one of segments)
      expect({ jump, size: await one.size() }).toEqual({ jump, size: await one.preview() })
  }
  // Not all alike, or this showed nothing.
  expect(await Promise.all(segments.map((one) => one.size()))).not.toEqual([1, 2, 3])
})

test('sessions live by the present clock, and nobody is locked out for as long as a clock was ahead', {
  timeout: 60_000,
}, async () => {
  const app = await startRestartable()
  const { server } = app.app
  const logIn = async (password: string) => {
    const reply = await server.inject({
      method: 'POST',
      url: '/api/session',
      headers: { 'sec-fetch-site': 'same-origin' },
      payload: { email: 'owner@example.com', password },
    })
    return { status: reply.statusCode, cookie: String(reply.headers['set-cookie']).split(';')[0] as string }
  }
  const { cookie } = await logIn('correct horse battery')
  const session = async () =>
    (await server.inject({ url: '/api/session', headers: { cookie, 'sec-fetch-site': 'same-origin' } }))
      .statusCode
  expect(await session()).toBe(200)
  for (const [jump, status] of [
    [-hour, 200],
    [hour + day, 200],
    [-day, 200],
    [60 * day, 401],
    [-60 * day, 200],
  ] as const) {
    app.clock.advance(jump)
    expect({ jump, status: await session() }).toEqual({ jump, status })
  }
  app.clock.advance(2 * hour)
  for (let n = 0; n < 6; n++) await logIn('wrong')
  expect((await logIn('correct horse battery')).status).toBe(429)
  app.clock.advance(-2 * hour)
  expect((await logIn('correct horse battery')).status).toBe(200)
})

test('a clock set back takes nothing from a workspace’s share of events', () => {
  let now = Date.parse('2026-03-01T12:00:00Z')
  const admit = createQuota(10, () => now)
  admit(1, 20)
  expect(() => admit(1, 1)).toThrow(/items per second/)
  now -= hour
  expect(() => admit(1, 1)).toThrow(/items per second/)
  now += 1000
  admit(1, 10)
})
