import { beforeAll, expect, test } from 'vitest'
import type { FunnelAnswer } from '#modules/analytics/contract/funnel.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
}, 60_000)

type Row = [user: string, event: string, at: string, properties?: Record<string, unknown>]
const range = { from: '2026-01-01', to: '2026-01-31' }

/** A workspace of its own with that history; times of one day may be written short. */
async function history(rows: readonly Row[], aliases: [user: string, anonymousId: string][] = []) {
  const ws = await app.workspace()
  const moment = (at: string) => (at.length < 10 ? `2026-01-05T${at}Z` : at)
  const messages = rows.map(([user, event, at, properties = {}], place) => ({
    ...{ type: 'track', messageId: `m${String(place).padStart(3, '0')}`, event, properties },
    ...(user.startsWith('d-') ? { anonymousId: user } : { userId: user }),
    timestamp: moment(at),
  }))
  const identifies = aliases.map(([userId, anonymousId]) => ({
    ...{ type: 'identify', userId, anonymousId, timestamp: moment('00:00:00') },
  }))
  await ws.send(...messages, ...identifies)
  await ws.settled()
  return ws
}

const ask = async (ws: TestWorkspace, body: object) =>
  (await ws.call<FunnelAnswer & { code: string; path: string }>('POST', '/api/analytics/query', {
    ...{ kind: 'funnel', range },
    ...body,
  })) as { status: number; body: FunnelAnswer & { code: string; path: string } }
const counts = async (ws: TestWorkspace, body: object) =>
  (await ask(ws, body)).body.steps.map(({ count }) => count)
const total = async (ws: TestWorkspace, body: object, cell: object) =>
  (
    await ws.call<{ total: number }>('POST', '/api/analytics/people', {
      ...{ kind: 'funnel', range },
      ...body,
      cell,
    })
  ).body.total

const steps = (...events: (string | null)[]) => events.map((event) => ({ event }))

test('sign up, pay, watch: who skips a step does not reach the next, two devices of one person are one', async () => {
  const rows: Row[] = [
    ['p1', 'signup', '01:00:00'],
    ['p2', 'signup', '01:00:00'],
    ['p2', 'pay', '02:00:00'],
    ['d-3', 'signup', '01:00:00'],
    ['p3', 'pay', '02:00:00'],
    ['p3', 'movie', '03:00:00'],
    ['p4', 'movie', '01:00:00'],
    ['p5', 'pay', '01:00:00'],
    ['p5', 'signup', '02:00:00'],
    ['p5', 'movie', '03:00:00'],
  ]
  const ws = await history(rows, [['p3', 'd-3']])
  const body = { steps: steps('signup', 'pay', 'movie'), window: { value: 14, unit: 'day' } }
  expect(await counts(ws, body)).toEqual([4, 2, 1])
  expect(await total(ws, body, { step: 2, dropped: false })).toBe(2)
  expect(await total(ws, body, { step: 2, dropped: true })).toBe(2)
  type People = { items: { id: string; identifiers: { value: string }[] }[] }
  const people = await ws.call<People>('GET', '/api/profiles?limit=100')
  const idOf = (user: string) =>
    people.body.items.find(({ identifiers }) => identifiers.some(({ value }) => value === user))?.id
  const merged = await ws.call('POST', `/api/profiles/${idOf('p2')}/merge`, { with: idOf('p1') })
  expect(merged.status).toBe(200)
  await ws.settled()
  expect(await counts(ws, body)).toEqual([3, 2, 1])
}, 60_000)

test('times between steps and windows are the same in every order', async () => {
  const times = await history([
    ['p1', 'sign up', '12:00:00'],
    ['p1', 'play movie', '13:00:00'],
    ['p1', 'buy', '15:00:00'],
    ['p2', 'sign up', '14:00:00'],
    ['p2', 'play movie', '16:00:00'],
    ['p3', 'sign up', '14:00:00'],
    ['p3', 'play movie', '16:00:00'],
    ['p3', 'buy', '17:00:00'],
  ])
  const windows = await history([
    ['a', 'first', '14:00:00'],
    ['a', 'second', '14:05:00'],
    ['b', 'first', '14:03:00'],
    ['c', 'first', '12:00:00'],
    ['c', 'second', '12:15:00'],
  ])
  for (const order of ['ordered', 'strict', 'any']) {
    const three = { steps: steps('sign up', 'play movie', 'buy'), window: { value: 7, unit: 'day' }, order }
    expect((await ask(times, three)).body.steps).toEqual([
      { count: 3, avg_seconds: null, median_seconds: null },
      { count: 3, avg_seconds: 6000, median_seconds: 7200 },
      { count: 2, avg_seconds: 5400, median_seconds: 5400 },
    ])
    const two = { steps: steps('first', 'second'), order }
    expect((await ask(windows, two)).body.steps).toMatchObject([{ count: 3 }, { count: 2, avg_seconds: 600 }])
    const short = { ...two, window: { value: 5, unit: 'minute' } }
    expect((await ask(windows, short)).body.steps).toMatchObject([
      { count: 3 },
      { count: 1, avg_seconds: 300 },
    ])
  }
}, 60_000)

test('the latest beginning wins, or the first; equal moments go by message id; no event serves two steps', async () => {
  const ws = await history([
    ['again', 'A', '01:00:00'],
    ['again', 'A', '01:00:05'],
    ['again', 'B', '01:00:06'],
    ['tie', 'A', '02:00:00'],
    ['tie', 'B', '02:00:00'],
    ['reverse', 'B', '03:00:00'],
    ['reverse', 'A', '03:00:00'],
  ])
  const latest = await ask(ws, { steps: steps('A', 'B') })
  // One second and none: who needs no time counts in averages too.
  expect(latest.body.steps).toMatchObject([{ count: 3 }, { count: 2, avg_seconds: 0.5 }])
  const first = await ask(ws, { steps: steps('A', 'B'), start: 'first' })
  expect(first.body.steps).toMatchObject([{ count: 3 }, { count: 2, avg_seconds: 3 }])
  expect(await counts(ws, { steps: steps('A', 'A') })).toEqual([3, 1])
  expect(await counts(ws, { steps: steps(null, null, null) })).toEqual([3, 3, 1])
  expect(await counts(ws, { steps: steps('A', 'A', 'B'), order: 'any' })).toEqual([3, 3, 1])
}, 60_000)

test('who is hit by an exclusion leaves the funnel, from step 1 on', async () => {
  const ws = await history([
    ['hit', 'A', '01:00:00'],
    ['hit', 'X', '01:01:00'],
    ['hit', 'B', '01:02:00'],
    ['after', 'A', '01:00:00'],
    ['after', 'B', '01:01:00'],
    ['after', 'X', '01:02:00'],
    ['before', 'X', '01:00:00'],
    ['before', 'A', '01:01:00'],
    ['again', 'A', '01:00:00'],
    ['again', 'X', '01:01:00'],
    ['again', 'A', '01:02:00'],
    ['again', 'B', '01:03:00'],
    ['alone', 'A', '01:00:00'],
    ['alone', 'X', '01:01:00'],
    ['late', 'A', '2026-01-05T01:00:00Z'],
    ['late', 'X', '2026-01-25T01:00:00Z'],
  ])
  const exclusions = [{ event: 'X', between: [1, 2] }]
  expect(await counts(ws, { steps: steps('A', 'B') })).toEqual([6, 3])
  expect(await counts(ws, { steps: steps('A', 'B'), exclusions })).toEqual([4, 2])
  // Nothing but the steps may come in between.
  expect(await counts(ws, { steps: steps('A', 'B'), order: 'strict' })).toEqual([6, 2])
}, 60_000)

test('only step 1 lies in the range; a held property, visits and values by the event of a step', async () => {
  const ws = await history([
    ['ann', 'A', '2026-01-31T15:59:59Z', { item: 'x', channel: 'ad' }],
    ['ann', 'B', '2026-02-10T00:00:00Z', { item: 'x', channel: 'mail' }],
    ['ben', 'A', '2026-01-10T00:00:00Z', { item: 'x', channel: 'ad' }],
    ['ben', 'B', '2026-01-10T02:00:00Z', { item: 'y' }],
    ['cat', 'A', '2025-12-31T15:00:00Z', { item: 'x' }],
    ['cat', 'B', '2026-01-01T02:00:00Z', { item: 'x' }],
  ])
  const body = { steps: steps('A', 'B') }
  expect(await counts(ws, body)).toEqual([2, 2])
  expect(await counts(ws, { ...body, hold: 'item' })).toEqual([2, 1])
  expect(await counts(ws, { ...body, count: 'sessions' })).toEqual([2, 0])
  expect(await counts(ws, { ...body, count: 'sessions', gap_minutes: 180 })).toEqual([2, 1])
  const of = async (attribution: unknown) =>
    (await ask(ws, { ...body, breakdown: ['channel'], attribution })).body.values?.map(
      ({ breakdown, steps: [one, two] }) => [breakdown[0], one?.count, two?.count],
    )
  expect(await of('first')).toEqual([['ad', 2, 2]])
  expect(await of('last')).toEqual([
    ['ad', 1, 1],
    ['mail', 1, 1],
  ])
  expect(await of({ step: 2 })).toEqual([
    ['mail', 1, 1],
    [null, 1, 1],
  ])
  const trend = await ask(ws, { ...body, interval: 'week' })
  expect(trend.body.trend?.lines[0]?.points.filter(({ counts: [n] }) => n)).toEqual([
    { t: '2026-01-05', counts: [1, 1] },
    { t: '2026-01-26', counts: [1, 1] },
  ])
  expect(await total(ws, { ...body, interval: 'week' }, { step: 2, t: '2026-01-26' })).toBe(1)
  const convert = await ask(ws, { ...body, convert: {} })
  expect(convert.body.convert).toMatchObject({ count: 2, bins: [{ from: 7200, count: 1 }, { count: 1 }] })
}, 60_000)

test('twenty steps are answered', async () => {
  const ws = await history(
    Array.from({ length: 20 }, (_, at): Row => ['long', `E${at}`, `01:${String(at).padStart(2, '0')}:00`]),
  )
  const twenty = steps(...Array.from({ length: 20 }, (_, at) => `E${at}`))
  for (const order of ['ordered', 'strict', 'any'])
    expect(await counts(ws, { steps: twenty, order })).toEqual(Array(20).fill(1))
}, 60_000)

test.each([
  [{ exclusions: [{ event: 'X', between: [1, 2] }], order: 'strict' }, '/exclusions'],
  [{ exclusions: [{ event: 'X', between: [2, 1] }] }, '/exclusions/0/between'],
  [{ exclusions: [{ event: 'X', between: [1, 2] }], order: 'any' }, '/exclusions/0/between'],
  [{ attribution: { step: 4 }, breakdown: ['x'] }, '/attribution/step'],
  [{ convert: { from: 3, to: 3 } }, '/convert'],
])('says what is wrong and where: %j', async (body, path) => {
  const ws = await app.workspace()
  const answer = await ask(ws, { steps: steps('A', 'B', 'C'), ...body })
  expect([answer.status, answer.body.code, answer.body.path]).toEqual([422, 'analytics.bad_question', path])
})

test('correlation: what those who convert did on the way, and had when they began', async () => {
  const rows: Row[] = Array.from({ length: 24 }, (_, at) => `p${at}`).flatMap((user, at): Row[] => {
    const [converts, demo] = [at < 12, at % 12 < (at < 12 ? 9 : 3)]
    return [
      [user, 'signup', '01:00:00', { plan: demo ? 'pro' : 'free', secret: user }],
      ...(demo ? ([[user, 'demo', '02:00:00']] as Row[]) : []),
      ...(converts ? ([[user, 'pay', '03:00:00']] as Row[]) : []),
      // After they paid, so not on the way; of the others within the window.
      ...(converts ? ([[user, 'mail', '04:00:00']] as Row[]) : []),
    ]
  })
  const ws = await history(rows)
  const body = { steps: steps('signup', 'pay'), window: { value: 1, unit: 'day' } }
  const numbers = { with: { converted: 9, lost: 3 }, without: { converted: 3, lost: 9 } }
  const ofEvents = (await ask(ws, { ...body, correlate: 'events' })).body.correlation
  expect(ofEvents).toMatchObject({
    people: 24,
    converted: 12,
    left_out: 0,
    rows: [{ event: 'demo', ...numbers }],
  })
  expect(ofEvents?.rows).toHaveLength(1)
  expect(ofEvents?.rows[0]?.odds).toBeCloseTo((9.5 * 9.5) / (3.5 * 3.5), 10)
  expect(ofEvents?.rows[0]?.p).toBeCloseTo(0.0391, 4)
  expect(ofEvents?.rows[0]?.sure).toBe(true)
  const ofValues = (await ask(ws, { ...body, correlate: ['plan', 'secret'] })).body.correlation?.rows
  expect(ofValues?.map(({ by, value }) => `${by} ${value}`).sort()).toEqual(['plan free', 'plan pro'])
  const cell = { step: 1, correlation: { by: 'plan', value: 'pro', has: false, converted: true } }
  expect(await total(ws, { ...body, correlate: ['plan'] }, cell)).toBe(3)
  expect((await ask(ws, { ...body, correlate: 'events', count: 'sessions' })).body.path).toBe('/correlate')
}, 60_000)
