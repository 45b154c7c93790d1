import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { type OrderMeasures, OrdersPeople, OrdersQuestion } from '#modules/analytics/contract/orders.ts'
import { makeShop, type Shop } from '#test/analytics/shop.ts'
import { startTestApp } from '#test/start-test-app.ts'
import { ordersReference, rankedValues } from './reference/orders.ts'
import { rounded } from './reference/rounded.ts'
import { earlierThan } from './reference/select.ts'

type Question = Parameters<typeof ordersReference>[1]

const anyQuestion = fc
  .record({
    kind: fc.constant('orders'),
    range: fc
      .tuple(fc.constantFrom('2026-01-05', '2026-02-01', '2026-03-07'), fc.nat({ max: 60 }))
      .map(([from, length]) => ({
        from,
        to: new Date(Date.parse(from) + length * 86_400_000).toISOString().slice(0, 10),
      })),
    audience: fc.constantFrom(undefined, undefined, { attr: 'city', op: 'eq', value: 'Delhi' }),
    interval: fc.constantFrom('day', 'week', 'month'),
    currency: fc.constantFrom(undefined, 'CNY', 'USD'),
    breakdown: fc.constantFrom(
      ...[undefined, [{ order: 'product' }], [{ order: 'category' }], [{ order: 'coupon' }]],
      ...[[{ prop: 'channel' }], [{ attr: 'city' }]],
    ),
    compare: fc.constantFrom<unknown>(undefined, 'previous', 'year', {
      from: '2026-01-20',
      to: '2026-02-25',
    }),
    top: fc.constantFrom(1, 2, 10),
  })
  .map((drawn): Record<string, unknown> => JSON.parse(JSON.stringify(drawn)))

type Line = {
  breakdown: (string | null)[]
  other?: boolean
  total: OrderMeasures
  points: ({ t: string } & OrderMeasures)[]
}
type Lines = { total: Line; lines: Line[] }
type Answer = Lines & {
  compare?: Lines & { range: Question['range'] }
  returns: {
    reasons: { count: number; amount: number }[]
    delay: { count: number; bins: { people: number }[] }
  }
}
type Expected = ReturnType<typeof ordersReference>
let shop: Shop
beforeAll(async () => {
  const app = await startTestApp()
  shop = await makeShop(app, 'America/New_York')
  app.clock.set(Date.UTC(2028, 0, 1))
}, 120_000)

test('order analysis: every number on both clocks, and the people behind it, equal those counted by hand', async () => {
  await fc.assert(
    fc.asyncProperty(anyQuestion, fc.nat(), async (body, pick) => {
      const question = OrdersQuestion.parse(body) as Question
      const reply = await shop.ws.call<Answer>('POST', '/api/analytics/query', body)
      expect({ status: reply.status, body: reply.status === 200 ? '' : reply.body }).toEqual({
        status: 200,
        body: '',
      })
      const { returns, compare, ...own } = reply.body
      const top = rankedValues(shop, question)
      const expected = ordersReference(shop, question, top)
      holdLines(own, expected)
      const back = returns.reasons.reduce((sum, { amount }) => sum + Math.round(amount * 100), 0)
      expect(back).toBe(Math.round(own.total.total.refunds * 100))
      expect(returns.delay.bins.reduce((sum, { people }) => sum + people, 0)).toBe(returns.delay.count)
      await holdPeople(body, own, expected, { pick, compared: false })
      expect(compare === undefined).toBe(question.compare === undefined)
      if (!compare) return
      // The same over the other days, by the values of its own.
      const before = earlierThan(question)
      expect(compare.range).toEqual(before.range)
      const then = ordersReference(shop, before, top)
      holdLines(compare, then)
      await holdPeople(body, compare, then, { pick, compared: true })
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 25) },
  )
}, 3_600_000)

function holdLines({ total, lines }: Lines, expected: Expected) {
  const pointsOf = (of: Expected['total']) => total.points.map(({ t }) => ({ t, ...of(t).numbers }))
  expect(rounded(total.total)).toEqual(rounded(expected.total(undefined).numbers))
  expect(rounded(total.points)).toEqual(rounded(pointsOf(expected.total)))
  expect(lines.map((line) => line.breakdown)).toEqual(expected.lines.map((line) => line.breakdown))
  for (const [at, line] of lines.entries()) {
    const of = expected.lines[at]?.of as Expected['total']
    expect(line.other ?? false).toBe(line.breakdown[0] === '$other')
    expect(rounded(line.total)).toEqual(rounded(of(undefined).numbers))
    expect(rounded(line.points)).toEqual(rounded(pointsOf(of)))
  }
}

async function holdPeople(
  body: object,
  { total }: Lines,
  expected: Expected,
  { pick, compared }: { pick: number; compared: boolean },
) {
  const line = expected.lines.at(-1 - (pick % Math.max(1, expected.lines.length)))
  const t = pick % 2 === 0 ? undefined : total.points[pick % total.points.length]?.t
  const who = OrdersPeople.options[pick % 3] as 'orders'
  const cell = { who, compared, ...(t ? { t } : {}), ...(line ? { breakdown: line.breakdown } : {}) }
  const people = await shop.ws.call<{ items: { id: string }[] }>(
    ...(['POST', '/api/analytics/people?limit=1000', { ...body, cell }] as const),
  )
  expect({ status: people.status, cell }).toEqual({ status: 200, cell })
  expect(people.body.items.map(({ id }) => id).sort()).toEqual((line?.of ?? expected.total)(t).people[who])
}
