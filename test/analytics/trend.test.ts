import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { countMaths, propMaths, TrendQuestion } from '#modules/analytics/contract/trend.ts'
import { cities, eventNames, makeWorld, type World } from '#test/analytics/journeys.ts'
import { startTestApp } from '#test/start-test-app.ts'
import { anyFormula, type FormulaTree, seriesIn, writtenOut } from './reference/formula.ts'
import { rounded } from './reference/rounded.ts'
import { earlierThan } from './reference/select.ts'
import { ranked, trendPeopleReference, trendReference } from './reference/trend.ts'

type Question = Parameters<typeof trendReference>[1]

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

// Of these a difference of nothing is nothing to the last digit, whoever works it out.
const exactMaths = ['count', 'people', 'dau', 'wau', 'mau', 'sum', 'min', 'max']

const anyQuestion = fc
  .record({
    kind: fc.constant('trend'),
    trees: fc.oneof(
      { weight: 1, arbitrary: fc.constant<FormulaTree[]>([]) },
      { weight: 2, arbitrary: fc.array(anyFormula(2), { minLength: 1, maxLength: 2 }) },
    ),
    moving_average: fc.constantFrom(undefined, undefined, 2, 3, 7),
    compare: fc.constantFrom<unknown>(undefined, undefined, 'previous', 'year', {
      from: '2026-02-10',
      to: '2026-03-09',
    }),
    series: fc.array(anySeries, { minLength: 1, maxLength: 2 }),
    range: anyRange,
    interval: fc.constantFrom('hour', 'day', 'day', 'week', 'month'),
    breakdown: anyBreakdown,
    top: fc.integer({ min: 1, max: 4 }),
    audience: anyAudience,
    cumulative: fc.boolean(),
  })
  .map(({ trees: drawnTrees, ...drawn }) => {
    const maths = drawn.series.map(({ math }) => math as string)
    const rolling = maths.some((math) => ['dau', 'wau', 'mau'].includes(math))
    const summable = maths.every((math) => ['count', 'people', 'sum'].includes(math))
    const interval = drawn.interval === 'hour' && rolling ? 'day' : drawn.interval
    const isExact = maths.every((math) => exactMaths.includes(math))
    const trees = drawnTrees.filter((tree) => isExact && seriesIn(tree).every((one) => one < maths.length))
    const formulas = trees.length > 0 ? trees.map((tree) => ({ expression: writtenOut(tree) })) : undefined
    const question = { ...drawn, interval, formulas, cumulative: drawn.cumulative && summable }
    return { trees, body: JSON.parse(JSON.stringify(question)) as object }
  })

// One whose clocks change, one that is half an hour off; FC_RUNS=500 asks more.
describe.each(['America/New_York', 'Asia/Kolkata'])('in %s', (zone) => {
  let world: World
  beforeAll(async () => {
    world = await makeWorld(await startTestApp(), zone, { size: 900, seed: zone.length })
  }, 120_000)

  test('numbers and people equal those counted by hand', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuestion, fc.nat(), async ({ body, trees }, pick) => {
        const question = TrendQuestion.parse(body) as Question
        type Answer = { series: never[]; compare?: { range: Question['range']; series: never[] } }
        const { status, body: answer } = await world.ws.call<Answer>('POST', '/api/analytics/query', body)
        expect({ status, answer: status === 200 ? '' : answer }).toEqual({ status: 200, answer: '' })
        const top = ranked(world, question)
        const expected = trendReference(world, question, trees, top)
        expect(rounded(answer.series)).toEqual(rounded(expected))
        const line = expected[pick % Math.max(1, expected.length)]
        if (line) await samePeople({ question, body, trees, top }, line, pick, false)
        expect(answer.compare === undefined).toBe(question.compare === undefined)
        if (question.compare === undefined) return
        // The same question about the other days, by the combinations of its own.
        const before = earlierThan(question)
        const other = trendReference(world, before, trees, top)
        expect(answer.compare?.range).toEqual(before.range)
        expect(rounded(answer.compare?.series)).toEqual(rounded(other))
        const there = other[pick % Math.max(1, other.length)]
        if (there) await samePeople({ question: before, body, trees, top }, there, pick, true)
      }),
      { numRuns: Number(process.env.FC_RUNS ?? 20) },
    )
  }, 540_000)

  type Asked = { question: Question; body: object; trees: FormulaTree[]; top: (string | null)[][] }

  async function samePeople(
    { question, body, trees, top }: Asked,
    line: ReturnType<typeof trendReference>[number],
    pick: number,
    compared: boolean,
  ) {
    const point = line.points[pick % line.points.length]
    const cell = {
      ...{ series: line.series, breakdown: line.breakdown, compared },
      ...(pick % 5 && point ? { t: point.t } : {}),
    }
    const { status, body: people } = await world.ws.call<{ items: { id: string }[]; total: number }>(
      'POST',
      '/api/analytics/people?limit=1000',
      { ...body, cell },
    )
    const expected = trendPeopleReference(world, question, cell, trees, top)
    expect({ status, ids: people.items?.map(({ id }) => id).sort() }).toEqual({ status: 200, ids: expected })
    expect(people.total).toBe(expected.length)
    const math = question.series[line.series]?.math ?? ''
    if (math === 'people' || math.endsWith('au'))
      if (cell.t !== undefined) expect(point?.value).toBe(expected.length)
  }
})
