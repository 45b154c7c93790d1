import { beforeAll, expect, test } from 'vitest'
import type { Anomaly, SourceHealth, VolumePoint } from '#modules/health/contract.ts'
import { hourMs } from '#modules/health/server/judge-volume.ts'
import { joinMember } from '#modules/profiles/server/testing/join-member.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let ws: TestWorkspace
let hour: number
beforeAll(async () => {
  app = await startTestApp()
  ws = await app.workspace()
  hour = Math.floor(app.clock.now() / hourMs) * hourMs
  app.clock.set(hour + 35 * 60_000)
  // Four weeks in which this hour and the one before brought 30 events each on this weekday.
  const past = [1, 2, 3, 4].flatMap((weeks) =>
    [hour, hour - hourMs].map((at) => at - weeks * 7 * 24 * hourMs),
  )
  for (const at of past) await send(at, 30)
  await ws.settled()
})

let made = 0
const send = (at: number, count: number, event = 'Paid') =>
  ws.send(
    ...Array.from({ length: count }, (_, i) => ({
      type: 'track',
      event,
      userId: 'u1',
      messageId: `h${made++}`,
      timestamp: new Date(at + i * 1000).toISOString(),
    })),
  )
const source = async () =>
  (await ws.call<{ items: SourceHealth[] }>('GET', '/api/health/sources')).body.items[0] as SourceHealth
const anomalies = async (query = '?open=true') =>
  (await ws.call<{ items: Anomaly[] }>('GET', `/api/health/anomalies${query}`)).body.items
const look = async (minutes = 6) => {
  app.clock.advance(minutes * 60_000)
  await app.health.look()
}

test('a source in its usual is normal, and says its rate and what was refused', async () => {
  await send(hour - hourMs, 31)
  await send(hour, 28)
  await ws.send({ type: 'track', event: 'Paid' }, { type: 'nonsense', userId: 'u1' })
  await ws.settled()
  await look()
  expect(await anomalies()).toEqual([])
  expect(await source()).toMatchObject({
    state: 'normal',
    lastHour: 31,
    usual: 30,
    day: { stored: 59, rejected: 2, violations: 0 },
    muted: false,
  })
  expect((await source()).hours.slice(-2)).toEqual([31, 28])
})

test('a surge opens once for the source and the event, is told once, and closes by a normal hour', async () => {
  const eyes = await joinMember(app, ws, 'eyes@example.com', { scope: 'all', permissions: ['event:read'] })
  await send(hour - hourMs, 60)
  await ws.settled()
  await look()
  await look()
  const open = await anomalies()
  expect(open.map((one) => [one.series.split(':')[0], one.kind, one.seen, one.expected]).toSorted()).toEqual([
    ['event', 'surge', 91, 30],
    ['source', 'surge', 91, 30],
  ])
  const { body } = await eyes.call<{ items: { type: string; facts: object; href: string }[] }>(
    'GET',
    '/api/notices',
  )
  expect(body.items.map((one) => one.type)).toEqual(['anomaly.surge', 'anomaly.surge'])
  expect(body.items.map((one) => one.facts)).toContainEqual({
    of: 'event',
    name: 'Paid',
    expected: 30,
    seen: 91,
  })
  // The hour that is whole by then brought 28.
  app.clock.set(hour + hourMs + 5 * 60_000)
  await send(hour + hourMs, 1)
  await ws.settled()
  await look(1)
  await look(6)
  expect((await anomalies()).filter((one) => one.kind === 'surge')).toEqual([])
  expect((await anomalies('')).map((one) => one.closedAt)).not.toContain(null)
})

test('the chart has seven days with the band that is usual', async () => {
  const series = `source:${(await source()).id}`
  const { body } = await ws.call<{ items: VolumePoint[] }>(
    'GET',
    `/api/health/series?series=${encodeURIComponent(series)}`,
  )
  expect(body.items).toHaveLength(168)
  expect(body.items.find((one) => one.hour === new Date(hour - hourMs).toISOString())).toMatchObject({
    count: 91,
    usual: 30,
  })
})

test('a source that falls silent is noticed before its hour is over, and heard of again', async () => {
  // A week later, in the same hour: 30 are usual, nothing comes.
  app.clock.set(hour + 7 * 24 * hourMs - 2 * hourMs)
  await send(hour + 7 * 24 * hourMs - 2 * hourMs, 1)
  await ws.settled()
  app.clock.set(hour + 7 * 24 * hourMs + 45 * 60_000)
  await look(0)
  const silent = (await anomalies()).find((one) => one.kind === 'silent')
  expect(silent).toMatchObject({ seen: 0 })
  expect(silent?.expected).toBeGreaterThan(20)
  expect((await source()).state).toBe('silent')
  await send(hour + 7 * 24 * hourMs, 3)
  await ws.settled()
  await look(2)
  expect((await anomalies()).filter((one) => one.kind === 'silent')).toEqual([])
})

test('a muted series says nothing, and speaks again', async () => {
  const { id } = await source()
  const series = `source:${id}`
  expect((await ws.call('PUT', '/api/health/mute', { series, hours: null })).status).toBe(204)
  expect((await source()).muted).toBe(true)
  await ws.call('PUT', '/api/health/mute', { series, hours: 0 })
  expect((await source()).muted).toBe(false)
  expect((await ws.call('PUT', '/api/health/mute', { series: 'nonsense', hours: 1 })).status).toBe(422)
})
