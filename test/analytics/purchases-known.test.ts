import { beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

const range = { from: '2026-01-01', to: '2026-03-31' }
let app: TestApp
let ws: TestWorkspace

const say = (event: string, userId: string, day: string, properties: object, messageId?: string) => ({
  ...{ type: 'track', event, userId, properties, timestamp: `${day}T10:00:00Z` },
  ...(messageId === undefined ? {} : { messageId }),
})
const bought = (userId: string, day: string, order_id: string, revenue: number, currency = 'CNY') =>
  say('Order Completed', userId, day, { order_id, revenue, currency })

// Ann buys in January, February and April; Bob twice in January, and one of it goes back in March; Cai cancels, then buys in
// February in dollars; Dan only signs up.
beforeAll(async () => {
  app = await startTestApp()
  ws = await app.workspace()
  await ws.call('PATCH', '/api/workspace', { timezone: 'UTC' })
  await ws.send(
    ...['ann', 'bob', 'cai', 'dan'].map((user) => say('Signed Up', user, '2026-01-02', {})),
    bought('ann', '2026-01-05', 'a1', 100),
    bought('ann', '2026-01-05', 'a1', 100),
    bought('ann', '2026-02-04', 'a2', 50),
    bought('ann', '2026-04-01', 'a3', 10.1),
    bought('bob', '2026-01-10', 'b1', 30),
    bought('bob', '2026-01-20', 'b2', 70),
    say('Order Refunded', 'bob', '2026-03-03', { order_id: 'b1', total: 20, refund_id: 'x' }),
    say('Order Refunded', 'bob', '2026-03-03', { order_id: 'b1', total: 20, refund_id: 'x' }),
    bought('cai', '2026-01-07', 'c1', 500),
    say('Order Cancelled', 'cai', '2026-01-08', { order_id: 'c1' }),
    bought('cai', '2026-02-07', 'c2', 8, 'USD'),
  )
  await ws.settled()
  app.clock.set(Date.parse('2026-04-15T00:00:00Z'))
}, 60_000)

async function ask<T>(body: object): Promise<T> {
  const reply = await ws.call<T>('POST', '/api/analytics/query', body)
  expect({ status: reply.status, body: reply.status === 200 ? '' : reply.body }).toEqual({
    status: 200,
    body: '',
  })
  return reply.body
}
type Cohorts = { cohorts: { date: string; size: number; values: (number | null)[] }[] }
const short = ({ cohorts }: Cohorts) => cohorts.map(({ date, size, values }) => [date, size, ...values])

describe('the bodies of the contract, as they stand', () => {
  test('repurchase of an event: an order id counts once, cancelled or not; what is not over is null', async () => {
    const body = {
      ...{ kind: 'repurchase', event: { event: 'Order Completed' }, order_id: 'order_id' },
      ...{ interval: 'month', periods: 12, range },
    }
    const answer = await ask<Cohorts>(body)
    const open = Array<null>(8).fill(null)
    expect(short(answer)).toEqual([
      // Ann and Cai in February, nobody in March; April is not over.
      ['2026-01-01', 3, 3, 2, 0, null, ...open],
      ['2026-02-01', 0, 0, 0, null, null, ...open],
      ['2026-03-01', 0, 0, null, null, null, ...open],
    ])
    const { status, body: people } = await ws.call<{ total: number }>('POST', '/api/analytics/people', {
      ...body,
      cell: { cohort: '2026-01-01', period: 1 },
    })
    expect([status, people.total]).toEqual([200, 2])
  })

  test('lifetime value of an event: cumulative for each buyer', async () => {
    const answer = await ask<Cohorts>({
      ...{ kind: 'ltv', event: { event: 'Order Completed' }, amount: 'revenue' },
      ...{ interval: 'month', periods: 12, range },
    })
    const open = Array<null>(9).fill(null)
    // Ann 100 + 50, Bob 100, Cai 500 + 8.
    expect(short(answer)[0]).toEqual(['2026-01-01', 3, 700 / 3, 758 / 3, 758 / 3, ...open])
    expect(short(answer)[1]).toEqual(['2026-02-01', 0, ...Array<null>(12).fill(null)])
  })
})

test('repurchase of orders: cancelled ones are none, rates are of those who had so long', async () => {
  type Second = { people: number; p50: number; bins: { from: number; until: number; people: number }[] }
  type Rates = { rates: { days: number; people: number; of: number; rate: number | null }[]; second: Second }
  const answer = await ask<Cohorts & Rates>({ kind: 'repurchase', periods: 3, range })
  expect(short(answer)).toEqual([
    ['2026-01-01', 2, 2, 1, 0],
    ['2026-02-01', 1, 1, 0, null],
    ['2026-03-01', 0, 0, null, null],
  ])
  expect(short(await ask<Cohorts>({ kind: 'repurchase', periods: 2, cumulative: true, range }))[0]).toEqual([
    ...['2026-01-01', 2],
    ...[2, 2],
  ])
  expect(answer.rates).toEqual([
    { days: 30, people: 2, of: 3, rate: 2 / 3 },
    { days: 60, people: 2, of: 3, rate: 2 / 3 },
    { days: 90, people: 2, of: 2, rate: 1 },
    { days: 180, people: 0, of: 0, rate: null },
    { days: 365, people: 0, of: 0, rate: null },
  ])
  expect(answer.second).toMatchObject({ people: 2, p50: 20 })
  expect(answer.second.bins.filter(({ people }) => people > 0)).toEqual([
    { from: 10, until: 12, people: 1 },
    { from: 30, until: 32, people: 1 },
  ])
})

test('lifetime value of orders: refunds when they happen, one currency, those who never buy', async () => {
  type Ltv = Cohorts & { currency: string; currencies: object[]; cohorts: { buyers: (number | null)[] }[] }
  const own = await ask<Ltv>({ kind: 'ltv', periods: 3, range })
  expect(own).toMatchObject({
    currency: 'CNY',
    currencies: [
      { currency: 'CNY', orders: 6 },
      { currency: 'USD', orders: 1 },
    ],
  })
  expect(short(own)[0]).toEqual(['2026-01-01', 2, 100, 125, 115])
  const all = await ask<Ltv>({ kind: 'ltv', start: { event: 'Signed Up' }, periods: 3, range })
  expect(short(all)[0]).toEqual(['2026-01-01', 4, 50, 62.5, 57.5])
  expect(all.cohorts[0]?.buyers).toEqual([2, 2, 2])
  const dollars = await ask<Ltv>({ kind: 'ltv', currency: 'USD', periods: 1, range })
  expect(short(dollars)).toEqual([
    ['2026-01-01', 0, null],
    ['2026-02-01', 1, 8],
    ['2026-03-01', 0, null],
  ])
})

test('who may not see orders asks of events only', async () => {
  const { body } = await ws.call<{ secret: string }>('POST', '/api/api-keys', {
    ...{ name: 'analyst', permissions: ['analytics:read', 'people:read'] },
  })
  const headers = { authorization: `Bearer ${body.secret}` }
  const asked = (question: object) => ws.call('POST', '/api/analytics/query', question, headers)
  expect((await asked({ kind: 'ltv', range })).status).toBe(403)
  expect((await asked({ kind: 'ltv', event: { event: 'Order Completed' }, range })).status).toBe(200)
})

test('by the first order’s values, and beside the period before, in which nobody bought', async () => {
  const body = {
    kind: 'repurchase',
    interval: 'month',
    periods: 2,
    range,
    breakdown: ['currency'],
    compare: 'previous',
  }
  type Part = Cohorts & { values: (string | null)[] }
  const { breakdown, compare } = await ask<{ breakdown: Part[]; compare: Cohorts & { range: object } }>(body)
  expect(breakdown.map((part) => [part.values, short(part)])).toEqual([
    [
      ['CNY'],
      [
        ['2026-01-01', 2, 2, 1],
        ['2026-02-01', 0, 0, 0],
        ['2026-03-01', 0, 0, null],
      ],
    ],
    [
      ['USD'],
      [
        ['2026-01-01', 0, 0, 0],
        ['2026-02-01', 1, 1, 0],
        ['2026-03-01', 0, 0, null],
      ],
    ],
  ])
  expect(compare.range).toEqual({ from: '2025-10-01', to: '2025-12-31' })
  expect(compare.cohorts.every(({ size }) => size === 0)).toBe(true)
})
