import { beforeAll, expect, test } from 'vitest'
import type { TrendAnswer } from '#modules/analytics/contract/trend.ts'
import { joinMember } from '#modules/profiles/server/testing/join-member.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let ws: TestWorkspace
/** What is sent to ClickHouse, with its values. */
const asked: { sql: string; params: Record<string, unknown> }[] = []

type Row = [user: string, event: string, at: string, properties?: Record<string, unknown>]
// Shanghai is eight hours ahead: 16:00Z is midnight.
const history: Row[] = [
  ['ann', 'Viewed', '2026-01-04T15:59:59.999Z', { channel: 'ad' }], // Sunday the 4th
  ['ann', 'Viewed', '2026-01-04T16:00:00.000Z', { channel: 'ad' }], // Monday the 5th
  ['ben', 'Viewed', '2026-01-05T03:00:00.000Z', { channel: 'search' }],
  ['ben', 'Viewed', '2026-01-05T03:00:00.000Z', { channel: 'search' }],
  ['cat', 'Viewed', '2026-01-12T03:00:00.000Z'],
  ['ann', 'Order Completed', '2026-01-05T04:00:00.000Z', { revenue: 0.1 }],
  ['ann', 'Order Completed', '2026-01-05T05:00:00.000Z', { revenue: 0.2 }],
  ['ben', 'Order Completed', '2026-01-06T05:00:00.000Z', { revenue: '30' }],
  ['cat', 'Order Completed', '2026-01-06T05:00:00.000Z', { revenue: 'free' }],
]

beforeAll(async () => {
  app = await startTestApp()
  const { query } = app.ch
  app.ch.query = (sql, params, ...rest) => {
    asked.push({ sql, params: params ?? {} })
    return query(sql, params, ...rest)
  }
  ws = await app.workspace()
  const items = history.map(([userId, event, timestamp, properties = {}], at) => ({
    ...{ type: 'track', messageId: `m${at}`, userId, event, timestamp, properties },
  }))
  await ws.send(...items, {
    type: 'identify',
    userId: 'ann',
    traits: { email: 'ann@example.com', name: 'ann' },
  })
  await ws.settled()
}, 60_000)

const range = { from: '2026-01-04', to: '2026-01-12' }
const ask = (body: object, call: TestWorkspace['call'] = ws.call) =>
  call<TrendAnswer & { code: string; path: string }>('POST', '/api/analytics/query', {
    ...{ kind: 'trend', range },
    ...body,
  })
const askPeople = (body: object, cell: object, call: TestWorkspace['call'] = ws.call, query = '') =>
  call<{ items: { id: string; name: string }[]; total: number; next: string | null; code: string }>(
    'POST',
    `/api/analytics/people${query}`,
    { kind: 'trend', range, ...body, cell },
  )
const values = ({ body }: Awaited<ReturnType<typeof ask>>, at = 0) =>
  Object.fromEntries((body.series[at]?.points ?? []).filter((p) => p.value).map((p) => [p.t, p.value]))

test('days begin at midnight of the workspace, weeks on Monday', async () => {
  const days = await ask({ series: [{ event: 'Viewed' }, { event: 'Viewed', math: 'people' }] })
  expect(days.body.series[0]?.points).toHaveLength(9)
  expect(values(days)).toEqual({ '2026-01-04': 1, '2026-01-05': 3, '2026-01-12': 1 })
  expect(values(days, 1)).toEqual({ '2026-01-04': 1, '2026-01-05': 2, '2026-01-12': 1 })
  const weeks = await ask({ series: [{ event: 'Viewed' }], interval: 'week' })
  expect(values(weeks)).toEqual({ '2025-12-29': 1, '2026-01-05': 3, '2026-01-12': 1 })
})

test('sums do not drift, text that is a number counts, what is none is in neither numbers nor people', async () => {
  const series = [
    { event: 'Order Completed', math: 'sum', prop: 'revenue' },
    { event: 'Order Completed', math: 'median', prop: 'revenue' },
    { event: 'Viewed', math: 'people' },
  ]
  const answer = await ask({ series, formulas: [{ expression: 'A / (C - 3)' }, { expression: 'A / C' }] })
  expect(values(answer)).toEqual({ '2026-01-05': 0.3, '2026-01-06': 30 })
  expect(answer.body.series.map(({ total }) => total)).toEqual([30.3, 0.2, 3, null, 10.1])
  const { body } = await askPeople({ series }, { series: 0 })
  expect(body.items.map(({ name }) => name).sort()).toEqual(['ann', 'ben'])
})

test('a whole period counts nobody twice, running totals neither, rolling people fall out again', async () => {
  const series = [{ event: 'Viewed', math: 'people' }]
  expect((await ask({ series })).body.series[0]?.total).toBe(3)
  const running = await ask({ series, cumulative: true })
  expect(running.body.series[0]?.points.map(({ value }) => value)).toEqual([1, 2, 2, 2, 2, 2, 2, 2, 3])
  const weekly = await ask({ series: [{ event: 'Viewed', math: 'wau' }] })
  expect(weekly.body.series[0]?.points.map(({ value }) => value)).toEqual([1, 2, 2, 2, 2, 2, 2, 2, 1])
})

test('a moving average needs its points; a comparison stands on the days before', async () => {
  const question = { series: [{ event: 'Viewed' }], range: { from: '2026-01-05', to: '2026-01-06' } }
  const { body } = await ask({ ...question, moving_average: 2, compare: 'previous' })
  expect(body.series[0]?.points.map(({ average }) => average)).toEqual([null, 1.5])
  expect(body.compare?.range).toEqual({ from: '2026-01-03', to: '2026-01-04' })
  expect(body.compare?.series[0]?.points.map(({ value }) => value)).toEqual([0, 1])
  const before = await askPeople({ ...question, compare: 'previous' }, { series: 0, compared: true })
  expect(before.body.items.map(({ name }) => name)).toEqual(['ann'])
})

test('people come in pages, each once', async () => {
  const body = { series: [{ event: null }] }
  const first = await askPeople(body, { series: 0 }, ws.call, '?limit=2')
  const second = await askPeople(body, { series: 0 }, ws.call, `?limit=2&cursor=${first.body.next}`)
  expect([first.body.total, second.body.total, second.body.next]).toEqual([3, 3, null])
  const ids = [...first.body.items, ...second.body.items].map(({ id }) => id)
  expect(new Set(ids).size).toBe(3)
})

test('who is in the bin counts nowhere', async () => {
  const { body } = await askPeople({ series: [{ event: null }] }, { series: 0 })
  const cat = body.items.find(({ name }) => name === 'cat')?.id
  expect((await ws.call('POST', '/api/profiles/trash', { ids: [cat] })).status).toBeLessThan(300)
  await ws.settled()
  expect((await ask({ series: [{ event: 'Viewed', math: 'people' }] })).body.series[0]?.total).toBe(2)
  await ws.call('POST', '/api/profiles/restore', { ids: [cat] })
})

test('a narrow scope sees its own people only, in numbers and in lists', async () => {
  const permissions = ['people:read', 'analytics:read']
  const rep = await joinMember(app, ws, 'rep@members.example', { scope: 'self', permissions })
  const { body: all } = await askPeople({ series: [{ event: null }] }, { series: 0 })
  const ann = all.items.find(({ name }) => name === 'ann')?.id
  await ws.call('PUT', `/api/profiles/${ann}/owner`, { owner: rep.id })
  await ws.settled()
  const answer = await ask({ series: [{ event: 'Viewed' }] }, rep.call)
  expect(values(answer)).toEqual({ '2026-01-04': 1, '2026-01-05': 1 })
  const { body } = await askPeople({ series: [{ event: 'Viewed' }] }, { series: 0 }, rep.call)
  expect([body.total, body.items.map(({ id }) => id)]).toEqual([1, [ann]])
})

test('who sees mails masked can neither break down by them nor guess them', async () => {
  const permissions = ['people:read', 'analytics:read', 'segment:read']
  const blind = await joinMember(app, ws, 'blind@members.example', { scope: 'all', permissions })
  const series = [{ event: 'Viewed' }]
  const broken = await ask({ series, breakdown: [{ attr: 'email' }] }, blind.call)
  expect([broken.status, broken.body.code]).toEqual([403, 'analytics.asks_too_much'])
  const guessed = await ask(
    { series: [{ event: 'Viewed', where: [{ prop: 'email', op: 'starts_with', value: 'a' }] }] },
    blind.call,
  )
  expect([guessed.status, guessed.body.code]).toEqual([403, 'rule.asks_too_much'])
  const audience = { attr: 'email', op: 'starts_with', value: 'a' }
  expect((await ask({ series, audience }, blind.call)).body.code).toBe('rule.asks_too_much')
})

test.each([
  [{ series: [{ event: 'A', math: 'sum' }] }, 'analytics.bad_question', '/series/0/prop'],
  [{ series: [{ event: 'A', math: 'mau' }], interval: 'hour' }, 'analytics.bad_question', '/series/0/math'],
  [
    { series: [{ event: 'A' }], formulas: [{ expression: 'A +' }] },
    'analytics.bad_question',
    '/formulas/0/expression',
  ],
  [
    { series: [{ event: 'A' }], formulas: [{ expression: 'B' }] },
    'analytics.bad_question',
    '/formulas/0/expression',
  ],
  [{ series: [{ event: 'A', where: [{ prop: 'x', op: 'is' }] }] }, 'rule.malformed', '/series/0/where/0/op'],
  [
    { series: [{ event: 'A' }], range: { from: '2026-01-02', to: '2026-01-01' } },
    'analytics.bad_question',
    '/range',
  ],
  [
    { series: [{ event: 'A' }], range: { from: '2020-01-01', to: '2026-01-01' }, interval: 'hour' },
    'analytics.bad_question',
    '/interval',
  ],
])('says what is wrong and where: %j', async (body, code, path) => {
  const answer = await ask(body)
  expect([answer.status, answer.body.code, answer.body.path]).toEqual([422, code, path])
})

test('the engine reads by primary key and asks nobody who a person is by a join', async () => {
  const question = { series: [{ event: 'Viewed', math: 'people' }], breakdown: ['channel'] }
  const reading = async (body: object) => {
    asked.length = 0
    expect((await ask(body)).status).toBe(200)
    return asked.filter(({ sql }) => sql.includes('FROM events'))
  }
  const once = await reading(question)
  expect(once).toHaveLength(1)
  // Who goes with the rest is counted by itself: their people are no sum.
  expect(await reading({ ...question, top: 1 })).toHaveLength(2)
  for (const { sql, params } of once) {
    expect(sql).not.toMatch(/JOIN/)
    const plan = await app.ch.query<{ explain: string }>(`EXPLAIN indexes = 1 ${sql}`, params)
    const text = plan.map(({ explain }) => explain).join('\n')
    expect(text).toMatch(/PrimaryKey/)
    expect(text).toMatch(/Condition: .*ws in \[/)
    expect(text).toMatch(/Partition/)
  }
})
