import { beforeAll, expect, test } from 'vitest'
import { joinMember } from '#modules/profiles/server/testing/join-member.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let ws: TestWorkspace

type Row = [user: string, event: string, at: string, properties?: object, context?: object]
// Shanghai is eight hours ahead; 2026-01-05 is a Monday.
const history: Row[] = [
  ['ann', 'A', '2026-01-05T01:00:00.000Z', { channel: 'ad', course: 'x', paid: 10 }], // Monday, 9:00
  ['ann', 'A', '2026-01-05T01:10:00.000Z', { channel: 'search', course: 'y', paid: '2.5' }],
  ['ann', 'B', '2026-01-05T01:20:00.000Z', { course: 'x' }],
  ['ann', 'B', '2026-01-05T02:00:00.000Z', { course: 'y' }],
  ['ann', 'B', '2026-01-05T03:00:00.000Z', { course: 'x' }], // finds nothing that is open
  ['ben', 'A', '2026-01-05T15:59:59.999Z', { channel: 'ad', course: 'x' }, { timezone: 'America/New_York' }],
  ['ben', 'B', '2026-01-05T15:59:59.999Z', { course: 'x' }], // the same millisecond, a later message
  ['ben', 'A', '2026-01-11T16:00:00.000Z', { channel: 'ad' }], // the second Monday, 0:00
  ['ben', 'B', '2026-01-12T16:00:00.000Z'], // after the range
  ['cat', 'B', '2026-01-06T01:00:00.000Z'],
  ['cat', 'A', '2026-01-06T01:00:00.000Z', { paid: -4 }], // the same millisecond, but after its B
]
const range = { from: '2026-01-05', to: '2026-01-12' }

beforeAll(async () => {
  app = await startTestApp()
  ws = await app.workspace()
  const items = history.map(([userId, event, timestamp, properties = {}, context = {}], at) => ({
    ...{ type: 'track', messageId: `m${String(at).padStart(2, '0')}` },
    ...{ userId, event, timestamp, properties, context },
  }))
  await ws.send(
    ...items,
    { type: 'identify', userId: 'cat', traits: { timezone: 'Asia/Tokyo', email: 'cat@example.com' } },
    { type: 'identify', userId: 'ann', traits: { name: 'ann' } },
  )
  await ws.settled()
}, 60_000)

async function ask<T>(body: object, call: TestWorkspace['call'] = ws.call) {
  const reply = await call<T & { code: string; path: string }>('POST', '/api/analytics/query', {
    range,
    ...body,
  })
  return reply
}
const total = async (body: object, cell: object) =>
  (await ws.call<{ total: number }>('POST', '/api/analytics/people', { range, ...body, cell })).body.total

type Heats = {
  cells: { weekday: number; hour: number; value: number | null }[]
  weekdays: { weekday: number; value: number | null; days: number }[]
  hours: { hour: number; value: number | null }[]
  total: number | null
}
type Heatmap = Heats & { compare?: Heats & { range: object }; clocks?: object }
const heat = async (body: object = {}) =>
  (await ask<Heatmap>({ kind: 'heatmap', event: { event: 'A' }, ...body })).body
const filled = ({ cells }: Heats) =>
  Object.fromEntries(
    cells.filter(({ value }) => value).map((one) => [`${one.weekday} ${one.hour}`, one.value]),
  )

test('heat map: the very question, all 168 cells, in the hours of the workspace', async () => {
  const answer = await heat({ math: 'count' })
  expect(answer.cells).toHaveLength(168)
  expect(answer.cells[0]).toEqual({ weekday: 1, hour: 0, value: 1 })
  expect(filled(answer)).toEqual({ '1 0': 1, '1 9': 2, '1 23': 1, '2 9': 1 })
  expect(answer.weekdays.slice(0, 2)).toEqual([
    { weekday: 1, value: 4, days: 2 },
    { weekday: 2, value: 1, days: 1 },
  ])
  const question = { kind: 'heatmap', event: { event: 'A' }, math: 'count' }
  expect(await total(question, { weekday: 1, hour: 9 })).toBe(1)
  expect(await total(question, { weekday: 1 })).toBe(2)
  expect(await total(question, {})).toBe(3)
})

test('heat map: people of a row are not its cells added up; sums are exact; means are of people', async () => {
  const people = await heat({ math: 'people' })
  expect([people.weekdays[0]?.value, filled(people)['1 9'], people.total]).toEqual([2, 1, 3])
  const sums = await heat({ math: 'sum', prop: 'paid' })
  expect([filled(sums), sums.total]).toEqual([{ '1 9': 12.5, '2 9': -4 }, 8.5])
  const means = await heat({ math: 'per_person' })
  expect([filled(means)['1 9'], means.cells[1]?.value]).toEqual([2, null])
})

test('heat map: people’s own clocks, their events’ first, then what is known of them', async () => {
  const answer = await heat({ zone: 'person' })
  // Ben was in New York, where it was still morning; cat is an hour further east than the workspace.
  expect(filled(answer)).toEqual({ '1 0': 1, '1 9': 2, '1 10': 1, '2 10': 1 })
  expect(answer.clocks).toEqual({ event: 1, person: 1, workspace: 3 })
})

test('heat map: a comparison stands Monday on Monday', async () => {
  const compared = await heat({ range: { from: '2026-01-12', to: '2026-01-12' }, compare: 'previous' })
  expect(compared.compare?.range).toEqual({ from: '2026-01-05', to: '2026-01-05' })
  expect([filled(compared), compared.compare?.total]).toEqual([{ '1 0': 1 }, 3])
})

type Gaps = Record<'people' | 'pairs' | 'p25' | 'p50' | 'p75' | 'avg', number | null>
type Interval = Gaps & {
  bins: object[]
  compare?: Gaps & { bins: object[] }
  values?: (Gaps & { breakdown: unknown[] })[]
}
const between = { kind: 'interval', from: { event: 'A' }, to: { event: 'B' }, pairing: 'nearest' }
const gaps = async (body: object = {}) => (await ask<Interval>({ ...between, ...body })).body

test('interval: each B takes the latest A that has none; ties by message', async () => {
  const answer = await gaps()
  // Ann: 1:10 → 1:20 and 1:00 → 2:00; ben: 0 seconds. Cat’s A comes after its B.
  expect(answer).toMatchObject({ people: 2, pairs: 3, p25: 300, p50: 600, p75: 2100, avg: 1400 })
  expect(answer.bins).toEqual([
    { from: 0, until: 1801, pairs: 2, people: 2 },
    { from: 1801, until: 3602, pairs: 1, people: 1 },
  ])
  expect(await total(between, { from: 0, until: 1801 })).toBe(2)
  expect(await total(between, {})).toBe(2)
})

test('interval: first pairs, a longest gap that reaches beyond the range, the same value, one visit', async () => {
  expect(await gaps({ pairing: 'first' })).toMatchObject({ people: 2, pairs: 2, p50: 600 })
  // Ben’s A of the last day finds its B a day later, to the millisecond.
  expect(await gaps({ max_gap: { value: 1, unit: 'day' } })).toMatchObject({ pairs: 4, people: 2 })
  expect(await gaps({ max_gap: { value: 59, unit: 'minute' } })).toMatchObject({ pairs: 2, avg: 300 })
  // x: 1:00 → 1:20, y: 1:10 → 2:00, ben 0.
  expect(await gaps({ hold: 'course' })).toMatchObject({ pairs: 3, p50: 1200, avg: 1400 })
  expect(await gaps({ gap_minutes: 15 })).toMatchObject({ pairs: 2, p50: 300 })
})

test('interval: of one event the time between occurrences', async () => {
  const same = { to: { event: 'A' } }
  expect(await gaps(same)).toMatchObject({ people: 2, pairs: 2 })
  expect(await gaps({ ...same, max_gap: { value: 1, unit: 'hour' } })).toMatchObject({ pairs: 1, p50: 600 })
  expect(await gaps({ from: { event: null }, to: { event: null } })).toMatchObject({ pairs: 7 })
})

test('interval: bounds in place of equal widths, values of the first event, the period before', async () => {
  const { bins } = await gaps({ brackets: [60, 1200] })
  expect(bins).toEqual([
    { from: 0, until: 60, pairs: 1, people: 1 },
    { from: 60, until: 1200, pairs: 1, people: 1 },
    { from: 1200, until: null, pairs: 1, people: 1 },
  ])
  const { values } = await gaps({ breakdown: ['channel'] })
  expect(values?.map(({ breakdown, pairs, p50 }) => [breakdown[0], pairs, p50])).toEqual([
    ['ad', 2, 1800],
    ['search', 1, 600],
  ])
  const later = await gaps({ range: { from: '2026-01-13', to: '2026-01-20' }, compare: 'previous' })
  expect(later).toMatchObject({ pairs: 0, p50: null, compare: { pairs: 3, p50: 600 } })
  // The same bounds, though nothing is in them now.
  expect([later.bins, later.compare?.bins]).toMatchObject([
    [
      { from: 0, until: 1801, pairs: 0 },
      { from: 1801, pairs: 0 },
    ],
    [
      { from: 0, until: 1801, pairs: 2 },
      { from: 1801, pairs: 1 },
    ],
  ])
})

test('interval: up to a mark and above it, of everybody, of a value, of the period before', async () => {
  // Ben 0 s; ann 600 s and 3600 s. Quartiles 300, 600, 2100; the average 1400.
  const parts = [
    { upto: 'p25' },
    { above: 'p25', upto: 'p50' },
    { above: 'p50', upto: 'p75' },
    { above: 'p75' },
  ]
  expect(await Promise.all(parts.map((cell) => total(between, cell)))).toEqual([1, 1, 0, 1])
  expect([await total(between, { upto: 'avg' }), await total(between, { above: 'avg' })]).toEqual([2, 1])
  const broken = { ...between, breakdown: ['channel'] }
  // Of `ad` they are 0 s and 3600 s, with marks of its own.
  expect(await total(broken, { above: 'p50', breakdown: ['ad'] })).toBe(1)
  expect(await total(broken, { upto: 'p50', breakdown: ['search'] })).toBe(1)
  const later = { ...between, range: { from: '2026-01-13', to: '2026-01-20' }, compare: 'previous' }
  expect([await total(later, { upto: 'p25', compared: true }), await total(later, { upto: 'p25' })]).toEqual([
    1, 0,
  ])
})

type Distribution = {
  brackets: { from: number | null; until: number | null }[]
  points: { t: string | null; people: number; avg: number | null; median: number | null; counts: number[] }[]
}
const spread = async (body: object = {}) =>
  (await ask<Distribution>({ kind: 'distribution', event: { event: 'A' }, ...body })).body

test('distribution: each count by itself, everybody in one', async () => {
  const { brackets, points } = await spread()
  expect(brackets).toEqual([
    { from: 1, until: 2 },
    { from: 2, until: null },
  ])
  expect(points).toEqual([{ t: null, people: 3, avg: 5 / 3, median: 2, counts: [1, 2] }])
  const question = { kind: 'distribution', event: { event: 'A' } }
  expect(await total(question, { from: 2 })).toBe(2)
  expect(await total(question, { from: 1, until: 2 })).toBe(1)
})

test('distribution: days, hours, sums, brackets of one’s own and what is less, week by week', async () => {
  expect((await spread({ measure: 'days' })).points[0]?.counts).toEqual([2, 1])
  expect((await spread({ measure: 'hours' })).points[0]?.counts).toEqual([2, 1])
  const sums = await spread({ measure: 'sum', prop: 'paid', brackets: [0, 12.5] })
  expect(sums.brackets[0]).toEqual({ from: null, until: 0 })
  expect(sums.points).toEqual([{ t: null, people: 2, avg: 4.25, median: 4.25, counts: [1, 0, 1] }])
  const weeks = await spread({ interval: 'week', brackets: [1, 2] })
  expect(weeks.points.map(({ t, counts }) => [t, counts])).toEqual([
    ['2026-01-05', [2, 1]],
    ['2026-01-12', [1, 0]],
  ])
})

test.each([
  [{ kind: 'heatmap', event: { event: 'A' }, math: 'sum' }, '/prop'],
  [{ kind: 'distribution', event: { event: 'A' }, measure: 'avg' }, '/prop'],
  [{ kind: 'distribution', event: { event: 'A' }, brackets: [3, 1] }, '/brackets'],
  [{ ...between, brackets: [3, 3] }, '/brackets'],
])('says what is wrong and where: %j', async (body, path) => {
  const { status, body: answer } = await ask(body)
  expect([status, answer.code, answer.path]).toEqual([422, 'analytics.bad_question', path])
})

test('who sees mails masked can read them by none of the three', async () => {
  const permissions = ['people:read', 'analytics:read', 'segment:read']
  const blind = await joinMember(app, ws, 'blind@members.example', { scope: 'all', permissions })
  const event = { event: 'A' }
  for (const body of [
    { kind: 'heatmap', event, math: 'sum', prop: 'email' },
    { kind: 'heatmap', event, breakdown: [{ attr: 'email' }] },
    { ...between, hold: 'email' },
    { kind: 'distribution', event, measure: 'max', prop: 'email' },
  ]) {
    const { status, body: answer } = await ask(body, blind.call)
    expect([status, answer.code]).toEqual([403, 'analytics.asks_too_much'])
  }
})
