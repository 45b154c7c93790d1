import { beforeAll, expect, test } from 'vitest'
import type { PathAnswer } from '#modules/analytics/contract/path.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
}, 60_000)

type Row = [user: string, event: string, at: string, properties?: Record<string, unknown>]
const range = { from: '2026-01-01', to: '2026-01-31' }

/** A workspace of its own with that history, all of it on one day. */
async function history(rows: readonly Row[], aliases: [user: string, anonymousId: string][] = []) {
  const ws = await app.workspace()
  const messages = rows.map(([user, event, at, properties = {}], place) => ({
    ...{
      type: event === 'page' ? 'page' : 'track',
      messageId: `m${String(place).padStart(3, '0')}`,
      properties,
    },
    ...(event === 'page' ? {} : { event }),
    ...(user.startsWith('d-') ? { anonymousId: user } : { userId: user }),
    timestamp: `2026-01-05T${at}Z`,
  }))
  const identifies = aliases.map(([userId, anonymousId]) => ({
    ...{ type: 'identify', userId, anonymousId, timestamp: '2026-01-05T00:00:00Z' },
  }))
  await ws.send(...messages, ...identifies)
  await ws.settled()
  return ws
}

type Reply = PathAnswer & { code: string; path: string }
const ask = (ws: TestWorkspace, body: object) =>
  ws.call<Reply>('POST', '/api/analytics/query', { ...{ kind: 'path', range }, ...body })
/** Edges as `source → target value`, in the order they come. */
const edges = async (ws: TestWorkspace, body: object = {}) => {
  const { status, body: answer } = await ask(ws, body)
  expect({ status, answer: status === 200 ? '' : answer }).toEqual({ status: 200, answer: '' })
  return answer.edges.map(({ source, target, value }) => `${source} → ${target} ${value}`)
}
const total = async (ws: TestWorkspace, body: object, cell: object) =>
  (await ws.call<{ total: number }>('POST', '/api/analytics/people', { kind: 'path', range, ...body, cell }))
    .body.total
const real = (all: string[]) => all.filter((one) => !one.includes('$')).toSorted()

const at = (...times: string[]) => times.map((time) => `03:${time}`)
const [t1, t2, t3] = at('21:34', '28:34', '29:34') as [string, string, string]

test('paths by the address of pages, two devices of one person being one', async () => {
  const page = (user: string, path: string, time: string): Row => [user, 'page', time, { path }]
  const ws = await history(
    [
      ...[page('p1', '/', t1), page('p1', '/about', t2)],
      ...[page('p2', '/', t1), page('d-2', '/pricing', t2), page('p2', '/about', t3)],
      ...[page('p3', '/pricing', t1), page('p3', '/', t2)],
      ...[page('p4', '/', t1), page('p4', '/pricing', t2)],
    ],
    [['p2', 'd-2']],
  )
  const body = { by: { prop: 'path' } }
  const all = await edges(ws, body)
  expect(real(all)).toEqual([
    '1_/ → 2_/about 1',
    '1_/ → 2_/pricing 2',
    '1_/pricing → 2_/ 1',
    '2_/pricing → 3_/about 1',
  ])
  expect(all.filter((one) => one.includes('$'))).toEqual([
    '2_/ → 3_$exit 1',
    '2_/about → 3_$exit 1',
    '2_/pricing → 3_$exit 1',
    '3_/about → 4_$exit 1',
  ])
  const answer = (await ask(ws, body)).body
  expect(answer.sessions).toBe(4)
  expect(answer.edges[0]).toEqual({
    ...{ source: '1_/', target: '2_/pricing', value: 2, avg_seconds: 420 },
  })
  expect(answer.edges.find(({ target }) => target === '4_$exit')?.avg_seconds).toBeNull()
  expect(await total(ws, body, { source: '1_/', target: '2_/pricing' })).toBe(2)
  expect(await total(ws, body, { node: '1_/' })).toBe(3)
  expect(await total(ws, body, { node: '3_$exit' })).toBe(3)
  const grouped = { ...body, groups: [{ name: 'Reading', patterns: ['/a*', '/p*'] }] }
  expect(real(await edges(ws, grouped))).toEqual(['1_/ → 2_Reading 3', '1_Reading → 2_/ 1'])
}, 60_000)

const abc: Row[] = [
  ...([
    ['p1', '1', t1],
    ['p1', '3', t2],
  ] as Row[]),
  ...([
    ['p2', '1', t1],
    ['p2', '2', t2],
    ['p2', '3', t3],
  ] as Row[]),
  ...([
    ['p3', '2', t1],
    ['p3', '1', t2],
  ] as Row[]),
  ...([
    ['p4', '1', t1],
    ['p4', '2', t2],
  ] as Row[]),
]

test('paths by event, asked with the very body of the contract', async () => {
  const ws = await history(abc)
  const body = { kind: 'path', start: null, end: null, by: 'event', gap_minutes: 30, steps: 5, edges: 50 }
  const { body: answer } = await ask(ws, body)
  expect(answer.edges[0]).toEqual({ source: '1_1', target: '2_2', value: 2, avg_seconds: 420 })
  expect(real(await edges(ws, body))).toEqual(['1_1 → 2_2 2', '1_1 → 2_3 1', '1_2 → 2_1 1', '2_2 → 3_3 1'])
}, 60_000)

test('cut to few moves or steps, as many come into every node as go out of it', async () => {
  const ws = await history(abc)
  expect(await edges(ws, { edges: 1 })).toEqual([
    '1_1 → 2_2 2',
    '2_$other → 3_$exit 2',
    '1_$other → 2_$other 1',
    '1_1 → 2_$other 1',
    '2_2 → 3_$exit 1',
    '2_2 → 3_$other 1',
    '3_$other → 4_$exit 1',
  ])
  expect((await ask(ws, { edges: 1 })).body).toMatchObject({ sessions: 4, gathered: 3 })
  const cell = (source: string, target: string) => total(ws, { edges: 1 }, { source, target })
  expect(await cell('1_1', '2_$other')).toBe(1)
  expect(await cell('1_$other', '2_$other')).toBe(1)
  expect(await cell('2_$other', '3_$exit')).toBe(2)
  expect(await total(ws, { edges: 1 }, { node: '2_$other' })).toBe(2)
  expect(await edges(ws, { steps: 2 })).toEqual([
    '1_1 → 2_2 2',
    '1_1 → 2_3 1',
    '1_2 → 2_1 1',
    '2_1 → 3_$exit 1',
    // Goes on to 3 beyond the last step.
    '2_2 → 3_$exit 1',
    '2_2 → 3_$other 1',
    '2_3 → 3_$exit 1',
  ])
  expect(await edges(ws, { min_weight: 2 })).toContain('1_1 → 2_2 2')
}, 60_000)

test('a session of one item ends after it; a pause, repeats, equal moments and what is left out', async () => {
  const ws = await history([
    ['one', 'A', '01:00:00'],
    // The pause is over after exactly half an hour; what is left out of paths goes on with the session.
    ['two', 'A', '01:00:00'],
    ['two', 'B', '01:30:00'],
    ['beat', 'A', '02:00:00'],
    ['beat', 'Beat', '02:20:00'],
    ['beat', 'B', '02:40:00'],
    ['again', 'C', '03:00:00'],
    ['again', 'C', '03:00:10'],
    ['again', 'D', '03:00:30'],
    ['tie', 'Y', '04:00:00'],
    ['tie', 'X', '04:00:00'],
  ])
  const body = { exclude: [{ event: 'Beat' }] }
  expect(await edges(ws, body)).toEqual(
    [
      '1_A → 2_$exit 2',
      '2_B → 3_$exit 1',
      '1_A → 2_B 1',
      '1_B → 2_$exit 1',
      '1_C → 2_D 1',
      '1_Y → 2_X 1',
      '2_D → 3_$exit 1',
      '2_X → 3_$exit 1',
    ].toSorted((a, b) => Number(b.at(-1)) - Number(a.at(-1)) || order(a, b)),
  )
  const seconds = async (more: object) =>
    (await ask(ws, { ...body, ...more })).body.edges.find(({ target }) => target === '2_D')?.avg_seconds
  expect(await seconds({})).toBe(20)
  expect(await seconds({ collapse: 'first' })).toBe(30)
  expect(await edges(ws, { ...body, collapse: 'none' })).toContain('1_C → 2_C 1')
  expect(await edges(ws, { include: ['A', 'B'], count: 'people' })).toEqual([
    '1_A → 2_B 2',
    '2_B → 3_$exit 2',
    '1_A → 2_$exit 1',
  ])
}, 60_000)

const order = (a: string, b: string) => (a < b ? -1 : 1)

test('from the first time at a start, to the first time at an end, or both', async () => {
  const way = ['L', 'A', 'B', 'C', 'D', 'E', 'A', 'F']
  const ws = await history(way.map((event, place): Row => ['w', event, `05:0${place}:00`]))
  expect(await edges(ws, { start: 'A', steps: 3 })).toEqual([
    '1_A → 2_B 1',
    '2_B → 3_C 1',
    '3_C → 4_$other 1',
  ])
  expect(await edges(ws, { end: 'D', steps: 3 })).toEqual(['1_B → 2_C 1', '2_C → 3_D 1', '3_D → 4_$exit 1'])
  expect(await edges(ws, { end: { event: 'A' } })).toEqual(['1_L → 2_A 1', '2_A → 3_$exit 1'])
  const both = { start: 'A', end: 'E', steps: 4 }
  expect(await edges(ws, both)).toEqual([
    '1_A → 2_B 1',
    '2_B → 3_$other 1',
    '3_$other → 4_E 1',
    '4_E → 5_$exit 1',
  ])
  expect(await total(ws, both, { source: '3_$other', target: '4_E' })).toBe(1)
  expect((await edges(ws, { start: 'A', end: 'A', steps: 6 })).at(-1)).toBe('6_A → 7_$exit 1')
  expect(await edges(ws, { start: 'nowhere' })).toEqual([])
}, 60_000)

test.each([[{ start: 'A', end: 'B', steps: 2 }, '/steps']])(
  'says what is wrong and where: %j',
  async (body, path) => {
    const ws = await app.workspace()
    const answer = await ask(ws, body)
    expect([answer.status, answer.body.code, answer.body.path]).toEqual([422, 'analytics.bad_question', path])
  },
)
