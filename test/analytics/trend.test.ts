import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { countMaths, propMaths, TrendQuestion } from '#modules/analytics/contract/trend.ts'
import { cities, eventNames, makeWorld, type World } from '#test/analytics/journeys.ts'
import { startTestApp } from '#test/start-test-app.ts'
import { rounded } from './reference/rounded.ts'
import { trendPeopleReference, trendReference } from './reference/trend.ts'

const anyWhere = fc.constantFrom<unknown[] | undefined>(
  undefined,
  [{ prop: 'channel', op: 'in', value: ['paid', 'organic', 7] }],
  [{ prop: 'revenue', op: 'gte', value: 10 }],
  [
    {
      any: [
        { prop: 'plan', op: 'eq', value: 'a' },
        { prop: 'channel', op: 'not_exists' },
      ],
    },
  ],
)
const anyAudience = fc.constantFrom<unknown>(
  undefined,
  undefined,
  { attr: 'city', op: 'eq', value: cities[0] },
  { any: [{ event: 'Added', count: { op: 'gte', value: 3 } }, { not: { attr: 'city', op: 'exists' } }] },
)
const anySeries = fc.oneof(
  fc.record({
    event: fc.constantFrom(...eventNames, null),
    where: anyWhere,
    math: fc.constantFrom(...countMaths),
  }),
  fc.record({
    event: fc.constantFrom(...eventNames, null),
    where: anyWhere,
    math: fc.constantFrom(...propMaths),
    prop: fc.constant('revenue'),
  }),
)
const anyRange = fc
  .tuple(fc.constantFrom('2026-01-25', '2026-02-01', '2026-03-07'), fc.nat({ max: 40 }))
  .map(([from, length]) => ({
    from,
    to: new Date(Date.parse(from) + length * 86_400_000).toISOString().slice(0, 10),
  }))
const anyBreakdown = fc.constantFrom<unknown>(
  undefined,
  ['channel'],
  ['plan', { attr: 'city' }],
  [{ attr: 'city' }],
  ['plan', 'channel', { attr: 'city' }],
)

const anyQuestion = fc
  .record({
    kind: fc.constant('trend'),
    series: fc.array(anySeries, { minLength: 1, maxLength: 2 }),
    range: anyRange,
    interval: fc.constantFrom('hour', 'day', 'day', 'week', 'month'),
    breakdown: anyBreakdown,
    top: fc.integer({ min: 1, max: 4 }),
    audience: anyAudience,
    cumulative: fc.boolean(),
  })
  .map((drawn) => {
    const maths = drawn.series.map(({ math }) => math as string)
    const rolling = maths.some((math) => ['dau', 'wau', 'mau'].includes(math))
    const summable = maths.every((math) => ['count', 'people', 'sum'].includes(math))
    const interval = drawn.interval === 'hour' && rolling ? 'day' : drawn.interval
    return JSON.parse(JSON.stringify({ ...drawn, interval, cumulative: drawn.cumulative && summable }))
  })

// One whose clocks change, one that is half an hour off; FC_RUNS=500 asks more.
describe.each(['America/New_York', 'Asia/Kolkata'])('in %s', (zone) => {
  let world: World
  beforeAll(async () => {
    world = await makeWorld(await startTestApp(), zone, { size: 900, seed: zone.length })
  }, 120_000)

  test('numbers and people equal those counted by hand', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuestion, fc.nat(), async (body, pick) => {
        const question = TrendQuestion.parse(body) as Parameters<typeof trendReference>[1]
        const { status, body: answer } = await world.ws.call<{ series: never[] }>(
          'POST',
          '/api/analytics/query',
          body,
        )
        expect({ status, answer: status === 200 ? '' : answer }).toEqual({ status: 200, answer: '' })
        const expected = trendReference(world, question)
        expect(rounded(answer.series)).toEqual(rounded(expected))
        const line = expected[pick % Math.max(1, expected.length)]
        if (line) await samePeople(question, body, line, pick)
      }),
      { numRuns: Number(process.env.FC_RUNS ?? 20) },
    )
  }, 300_000)

  async function samePeople(
    question: Parameters<typeof trendReference>[1],
    body: object,
    line: ReturnType<typeof trendReference>[number],
    pick: number,
  ) {
    const point = line.points[pick % line.points.length]
    const cell = {
      series: line.series,
      breakdown: line.breakdown,
      ...(pick % 5 && point ? { t: point.t } : {}),
    }
    const { status, body: people } = await world.ws.call<{ items: { id: string }[]; total: number }>(
      'POST',
      '/api/analytics/people?limit=1000',
      { ...body, cell },
    )
    const expected = trendPeopleReference(world, question, { ...cell, compared: false })
    expect({ status, ids: people.items?.map(({ id }) => id).sort() }).toEqual({ status: 200, ids: expected })
    expect(people.total).toBe(expected.length)
    const { math } = question.series[line.series] as { math: string }
    if (math === 'people' || math.endsWith('au'))
      if (cell.t !== undefined) expect(point?.value).toBe(expected.length)
  }
})
