import { beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestWorkspace } from '#test/start-test-app.ts'

let ws: TestWorkspace
// Shanghai is eight hours ahead: 16:00Z is midnight.
const orders: [user: string, at: string, properties: Record<string, unknown>][] = [
  ['ann', '2026-01-30T16:00:00.000Z', { revenue: 100, order_id: 'a1' }], // the 31st, 00:00
  ['ann', '2026-01-10T04:00:00.000Z', { revenue: 50, order_id: 'a2' }],
  ['ann', '2026-01-11T04:00:00.000Z', { revenue: 999, order_id: 'a2' }], // told again: the first of them counts
  ['ann', '2026-01-05T04:00:00.000Z', { revenue: 0.1 }], // names no order: one by itself
  ['ann', '2026-01-05T04:00:00.000Z', { revenue: 0.2 }],
  ['ben', '2026-01-29T15:59:59.999Z', { revenue: '200', order_id: 'b1' }], // still the 29th
  ['ben', '2026-01-20T04:00:00.000Z', { revenue: 'free', order_id: 'b2' }], // an order without an amount
  ['cat', '2026-01-20T04:00:00.000Z', { revenue: 30, order_id: 'c1' }],
  ['dan', '2026-01-10T04:00:00.000Z', { revenue: 30, order_id: 'd1' }],
  ['eva', '2026-01-02T04:00:00.000Z', { revenue: 5, order_id: 7 }],
  ['eva', '2026-01-31T16:00:00.000Z', { revenue: 7777, order_id: 'later' }], // 1 February: after the as-of day
]

beforeAll(async () => {
  ws = await (await startTestApp()).workspace()
  await ws.send(
    ...orders.map(([userId, timestamp, properties], at) => ({
      ...{ type: 'track', messageId: `m${at}`, userId, event: 'Order Completed', timestamp, properties },
    })),
  )
  await ws.settled()
}, 60_000)

type Group = {
  r: number
  f: number
  m: number
  people: number
  monetary_sum: number
  recency_days_avg: number
}
type Answer = {
  code: string
  path: string
  as_of: string
  people: number
  monetary_sum: number
  groups: (Group & { frequency_avg: number })[]
  named: { group: string; people: number; share: number; monetary_sum: number; monetary_share: number }[]
  levels: Record<'r' | 'f' | 'm', { score: number; people: number; from: number; to: number }[]>
  high_from: Record<'r' | 'f' | 'm', number>
}
const range = { from: '2026-01-01', to: '2026-02-28' }
const base = { kind: 'rfm', event: { event: 'Order Completed' }, as_of: '2026-01-31', range }
const ask = async (body: object = {}) =>
  (await ws.call<Answer>('POST', '/api/analytics/query', { ...base, ...body })).body
async function namesOf(cell: object, body: object = {}): Promise<string[]> {
  type People = { items: { identifiers: { value: string }[] }[] }
  const reply = await ws.call<People>('POST', '/api/analytics/people', { ...base, ...body, cell })
  return reply.body.items.map(({ identifiers }) => identifiers[0]?.value ?? '?').sort()
}

test('five people, five scores; an order is told once, the day after the as-of day does not count', async () => {
  const answer = await ask()
  expect(answer).toMatchObject({ as_of: '2026-01-31', people: 5, monetary_sum: 415.3 })
  const scores = answer.groups.map(({ r, f, m, people, recency_days_avg, frequency_avg, monetary_sum }) => [
    ...[r, f, m, people, recency_days_avg, frequency_avg, monetary_sum],
  ])
  expect(scores).toEqual([
    // ann: today, four orders, 150.3; the second of most money
    [5, 5, 4, 1, 0, 4, 150.3],
    // ben: the most money
    [4, 4, 5, 1, 2, 2, 200],
    // cat and dan paid the same, so they share a score: two fifths do not exceed 30 … three fifths do not either
    [3, 1, 2, 1, 11, 1, 30],
    [2, 1, 2, 1, 21, 1, 30],
    [1, 1, 1, 1, 29, 1, 5],
  ])
  expect(answer.levels.f).toEqual([
    { score: 1, people: 3, from: 1, to: 1 },
    { score: 4, people: 1, from: 2, to: 2 },
    { score: 5, people: 1, from: 4, to: 4 },
  ])
})

test('groups: above the mean of scores is high, or from a score on; shares are of people and of money', async () => {
  const answer = await ask()
  // Means: r 3, f 2.4, m 2.8.
  expect(answer.high_from).toEqual({ r: 4, f: 3, m: 3 })
  const filled = answer.named.filter(({ people }) => people > 0)
  expect(filled.map(({ group, people, share }) => [group, people, share])).toEqual([
    ['champions', 2, 0.4],
    ['dormant', 3, 0.6],
  ])
  expect(filled[0]?.monetary_share).toBeCloseTo(350.3 / 415.3, 12)
  expect(await namesOf({ group: 'champions' })).toEqual(['ann', 'ben'])
  expect(await namesOf({ group: 'new' }, { high: 3 })).toEqual(['cat'])
  expect(await namesOf({ r: 2, f: 1, m: 2 })).toEqual(['dan'])
  expect(await namesOf({ m: 2 })).toEqual(['cat', 'dan'])
  expect(await namesOf({})).toHaveLength(5)
})

test('own cut points: days up to, orders and money from', async () => {
  const fixed = { method: 'fixed', cuts: { r: [2, 20], f: [2], m: [30, 200] } }
  const { groups } = await ask(fixed)
  expect(groups.map(({ r, f, m, people }) => [r, f, m, people])).toEqual([
    [3, 2, 3, 1], // ben: 2 days, 2 orders, exactly 200
    [3, 2, 2, 1], // ann
    [2, 1, 2, 1], // cat
    [1, 1, 2, 1], // dan
    [1, 1, 1, 1],
  ])
  expect(await ask({ method: 'fixed' })).toMatchObject({ code: 'analytics.bad_question', path: '/cuts' })
  const unordered = await ws.call('POST', '/api/analytics/query', {
    ...base,
    ...{ method: 'fixed', cuts: { r: [20, 2], f: [2], m: [1] } },
  })
  expect(unordered.status).toBe(422)
})

test('everybody alike shares the scores; nobody at all is no fault', async () => {
  const alike = await ask({ range: { from: '2026-01-20', to: '2026-01-20' }, as_of: undefined })
  // ben and cat: the same day, one order each; of two people half do not exceed what the poorer one paid.
  expect(alike.groups.map(({ r, f, m, people }) => [r, f, m, people])).toEqual([
    [5, 1, 3, 1],
    [5, 1, 1, 1],
  ])
  const nobody = await ask({ range: { from: '2020-01-01', to: '2020-01-02' } })
  expect(nobody).toMatchObject({ people: 0, monetary_sum: 0, groups: [], levels: { r: [] } })
  expect(nobody.named).toHaveLength(8)
  expect(await ask({ as_of: '2025-12-31' })).toMatchObject({ people: 0 })
})

test('the question of the outside contract works as it stands', async () => {
  const body = {
    ...{ kind: 'rfm', event: { event: 'Order Completed' }, amount: 'revenue', as_of: '1998-06-30' },
    ...{ method: 'quantile', bins: 5, range: { from: '1997-01-01', to: '1998-06-30' } },
  }
  const reply = await ws.call<Answer>('POST', '/api/analytics/query', body)
  expect(reply).toMatchObject({ status: 200, body: { people: 0, groups: [] } })
  const people = await ws.call('POST', '/api/analytics/people', { ...body, cell: { r: 5, f: 5, m: 5 } })
  expect(people).toMatchObject({ status: 200, body: { items: [], total: 0 } })
})

test('who went from which group to which; each period is scored by itself, and its as-of day moves along', async () => {
  type Move = { from: string | null; to: string | null; people: number }
  type Compared = { compare: { range: object; as_of: string; people: number; moves: Move[] } }
  const question = { range: { from: '2026-01-20', to: '2026-01-31' }, compare: 'previous' }
  const { compare } = (await ask(question)) as unknown as Compared
  expect(compare.range).toEqual({ from: '2026-01-08', to: '2026-01-19' })
  expect([compare.as_of, compare.people]).toEqual(['2026-01-19', 2])
  const sum = (is: (move: Move) => boolean) =>
    compare.moves.filter(is).reduce((all, { people }) => all + people, 0)
  // Ann ordered in both, dan only then, ben and cat only now.
  expect([sum(() => true), sum(({ to }) => to === null), sum(({ from }) => from === null)]).toEqual([4, 1, 2])
  expect(await namesOf({ move: { to: null } }, question)).toEqual(['dan'])
  expect(await namesOf({ move: { from: null } }, question)).toEqual(['ben', 'cat'])
  const [stayed] = compare.moves.filter(({ from, to }) => from !== null && to !== null)
  expect(await namesOf({ move: { from: stayed?.from, to: stayed?.to } }, question)).toEqual(['ann'])
})

test('a move needs a period to compare with, and groups break down by attributes only', async () => {
  const fault = async (body: object, cell?: object) => {
    const path = cell ? '/api/analytics/people' : '/api/analytics/query'
    return (await ws.call<Answer>('POST', path, { ...base, ...body, ...(cell ? { cell } : {}) })).body.path
  }
  expect(await fault({}, { move: { from: null } })).toBe('/compare')
  expect(await fault({ breakdown: ['channel'] })).toBe('/breakdown/0')
})
