import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type FunnelAnswer, FunnelQuestion } from '#modules/analytics/contract/funnel.ts'
import { cities, eventNames, makeWorld, type World } from '#test/analytics/journeys.ts'
import { startTestApp } from '#test/start-test-app.ts'
import { correlationReference } from './reference/correlation.ts'
import {
  average,
  type Counted,
  funnelPeopleReference,
  funnelReference,
  median,
  ofValues,
  ranked,
  stepsOf,
  times,
} from './reference/funnel.ts'
import { rounded } from './reference/rounded.ts'
import { earlierThan } from './reference/select.ts'

type Question = Parameters<typeof funnelReference>[1]
type Picked = { pick: number; top: (string | null)[][] }

const anyWhere = fc.constantFrom<unknown[] | undefined>(
  undefined,
  undefined,
  [{ prop: 'channel', op: 'in', value: ['paid', 'organic', 7] }],
  [{ prop: 'revenue', op: 'gte', value: 10 }],
)
const anyChoice = fc.oneof(
  { weight: 5, arbitrary: fc.record({ event: fc.constantFrom(...eventNames), where: anyWhere }) },
  { weight: 1, arbitrary: fc.constant({ event: null }) },
  {
    weight: 1,
    arbitrary: fc.record({
      event: fc.constantFrom(...eventNames),
      or: fc.constantFrom(
        [{ event: '退款' }],
        [{ event: 'Viewed', where: [{ prop: 'plan', op: 'eq', value: 'a' }] }],
      ),
    }),
  },
)
const anyQuestion = fc
  .record({
    kind: fc.constant('funnel'),
    // Nothing but steps in order, which is read in a way of its own, and asked most.
    plain: fc.boolean(),
    steps: fc.array(anyChoice, { minLength: 2, maxLength: 4 }),
    order: fc.constantFrom('ordered', 'ordered', 'strict', 'any'),
    window: fc.constantFrom(
      ...[1, 3, 14, 40].map((value) => ({ value, unit: 'day' })),
      { value: 1, unit: 'second' },
      { value: 1, unit: 'month' },
    ),
    exclusions: fc.array(fc.tuple(anyChoice, fc.nat({ max: 2 }), fc.nat({ max: 2 })), { maxLength: 2 }),
    hold: fc.constantFrom(undefined, undefined, 'plan', 'order_id', 'channel'),
    start: fc.constantFrom('latest', 'first'),
    count: fc.constantFrom('people', 'people', 'sessions'),
    gap_minutes: fc.constantFrom(30, 2000, 10_000),
    breakdown: fc.constantFrom<unknown>(
      undefined,
      ['channel'],
      ['plan', { attr: 'city' }],
      [{ attr: 'city' }],
    ),
    attribution: fc.constantFrom<unknown>('first', 'last', { step: 1 }, { step: 2 }),
    top: fc.integer({ min: 1, max: 4 }),
    correlate: fc.constantFrom<unknown>(undefined, 'events', 'events', ['channel', { attr: 'city' }]),
    interval: fc.constantFrom(undefined, 'day', 'week', 'month'),
    convert: fc.constantFrom(undefined, {}, { from: 1, to: 2 }, { bins: 7 }),
    compare: fc.constantFrom<unknown>(undefined, undefined, 'previous', 'year', {
      from: '2026-02-10',
      to: '2026-02-20',
    }),
    audience: fc.constantFrom<unknown>(undefined, undefined, { attr: 'city', op: 'eq', value: cities[0] }),
    range: fc
      .tuple(fc.constantFrom('2026-01-25', '2026-02-01', '2026-03-07'), fc.nat({ max: 40 }))
      .map(([from, length]) => ({
        from,
        to: new Date(Date.parse(from) + length * 86_400_000).toISOString().slice(0, 10),
      })),
  })
  .map((drawn) => {
    const last = drawn.steps.length
    if (drawn.plain) {
      const {
        plain: _plain,
        exclusions: _exclusions,
        hold: _hold,
        count: _count,
        order: _order,
        ...rest
      } = drawn
      const attributes = rest.breakdown === undefined ? undefined : [{ attr: 'city' }]
      return JSON.parse(JSON.stringify({ ...rest, breakdown: attributes }))
    }
    const exclusions = drawn.exclusions.map(([choice, a, b]) => {
      const from = 1 + (a % (last - 1))
      return { ...choice, between: drawn.order === 'any' ? [1, last] : [from, Math.min(last, from + 1 + b)] }
    })
    return JSON.parse(
      JSON.stringify({
        ...drawn,
        plain: undefined,
        correlate:
          drawn.count === 'sessions' || (drawn.hold && drawn.correlate === 'events')
            ? undefined
            : drawn.correlate,
        exclusions: drawn.order === 'strict' || exclusions.length === 0 ? undefined : exclusions,
      }),
    )
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
        const question = FunnelQuestion.parse(body) as Question
        const answer = await post<FunnelAnswer>('query', body)
        const counted = funnelReference(world, question)
        expect(rounded(answer.steps)).toEqual(rounded(stepsOf(question, counted)))
        const whole = times(counted, 1, question.steps.length)
        expect(rounded(answer.whole)).toEqual(
          rounded({ avg_seconds: average(whole), median_seconds: median(whole) }),
        )
        expect(rounded(answer.values)).toEqual(rounded(valuesByHand(question, counted)))
        invariants(question, answer)
        await compareByHand(question, body, answer, { pick, top: ranked(question, counted) })
        if (question.convert) convertByHand(answer, counted)
        if (question.interval) trendByHand(question, answer, ranked(question, counted))
        await samePeople(question, body, answer, { pick, top: ranked(question, counted) })
        await correlationByHand(question, body, answer, pick)
      }),
      { numRuns: Number(process.env.FC_RUNS ?? 15) },
    )
  }, 3_600_000)

  async function post<T>(route: string, body: object): Promise<T> {
    const { status, body: answer } = await world.ws.call<T>('POST', `/api/analytics/${route}`, body)
    expect({ status, answer: status === 200 ? '' : answer }).toEqual({ status: 200, answer: '' })
    return answer
  }

  /** The other period is the same question about its days, by the values of this one. */
  async function compareByHand(question: Question, body: object, answer: FunnelAnswer, asked: Picked) {
    const { compare } = answer
    expect(compare === undefined).toBe(question.compare === undefined)
    if (!compare) return
    const before = earlierThan(question)
    expect(compare.range).toEqual(before.range)
    const counted = funnelReference(world, before)
    expect(rounded(compare.steps)).toEqual(rounded(stepsOf(question, counted)))
    expect(rounded(compare.values)).toEqual(rounded(valuesByHand(question, counted, asked.top)))
    const { trend: _trend, convert: _convert, ...ofThen } = { ...answer, ...compare }
    await samePeople(before, body, { ...ofThen, values: compare.values }, asked, true)
  }

  function valuesByHand(question: Question, counted: Counted[], top = ranked(question, counted)) {
    if (!question.breakdown) return undefined
    return [...top, question.breakdown.map(() => '$other')].flatMap((breakdown) => {
      const own = ofValues(counted, breakdown, top)
      const other = breakdown[0] === '$other' ? { other: true } : {}
      return own.length === 0 ? [] : [{ breakdown, ...other, steps: stepsOf(question, own) }]
    })
  }

  function convertByHand(answer: FunnelAnswer, counted: ReturnType<typeof funnelReference>) {
    const { from, to, count, avg_seconds, median_seconds, bins } = answer.convert as NonNullable<
      FunnelAnswer['convert']
    >
    const took = times(counted, from, to)
    expect(rounded({ count, avg_seconds, median_seconds })).toEqual(
      rounded({ count: took.length, avg_seconds: average(took), median_seconds: median(took) }),
    )
    for (const bin of bins)
      expect(bin.count).toBe(took.filter((one) => bin.from <= one && one < bin.until).length)
    expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(took.length)
  }

  /** A line for each combination anybody began with in any interval, and in all of them everybody. */
  function trendByHand(question: Question, { trend }: FunnelAnswer, top: (string | null)[][]) {
    const { lines = [] } = trend ?? {}
    for (const { t } of lines[0]?.points ?? []) {
      const began = funnelReference(world, question, t)
      const countsOf = (own: Counted[]) => stepsOf(question, own).map(({ count }) => count)
      const told = lines.map(({ breakdown, points }) => [
        ...[t, breakdown, points.find((point) => point.t === t)?.counts],
      ])
      expect(told).toEqual(
        lines.map(({ breakdown }) => [t, breakdown, countsOf(ofValues(began, breakdown, top))]),
      )
      const sums = question.steps.map((_, at) =>
        lines.reduce((sum, { points }) => sum + (points.find((point) => point.t === t)?.counts[at] ?? 0), 0),
      )
      expect([t, ...sums]).toEqual([t, ...countsOf(began)])
    }
  }

  async function correlationByHand(question: Question, body: object, answer: FunnelAnswer, pick: number) {
    const found = answer.correlation
    if (!found) return
    const expected = correlationReference(world, question)
    expect({ people: found.people, converted: found.converted }).toEqual({
      people: answer.steps[0]?.count,
      converted: answer.steps.at(-1)?.count,
    })
    const counts = found.rows.map(({ event, by, value, with: having, without }) => ({
      ...(event === undefined ? { by, value } : { event }),
      ...{ with: having, without },
    }))
    const sorted = (rows: unknown[]) => rows.map((row) => JSON.stringify(row)).sort()
    expect(sorted(counts)).toEqual(sorted(expected.map(({ people: _, ...row }) => row)))
    const row = expected[pick % Math.max(1, expected.length)]
    if (!row) return
    const { event, by, value } = row
    for (const [has, converted] of [
      [true, true],
      [true, false],
      [false, true],
      [false, false],
    ] as const) {
      const cell = { step: 1, correlation: { event, by, value, has, converted } }
      const people = await post<{ items: { id: string }[] }>('people?limit=1000', { ...body, cell })
      const ids = people.items.map(({ id }) => id).sort()
      expect(ids).toEqual(row.people(has, converted))
      expect(ids.length).toBe((has ? row.with : row.without)[converted ? 'converted' : 'lost'])
    }
  }

  function invariants(question: Question, { steps, values }: FunnelAnswer) {
    for (const [at, { count }] of steps.entries())
      if (at > 0) expect(count).toBeLessThanOrEqual(steps[at - 1]?.count ?? 0)
    if (question.breakdown)
      for (const [at, { count }] of steps.entries())
        expect((values ?? []).reduce((sum, one) => sum + (one.steps[at]?.count ?? 0), 0)).toBe(count)
  }

  async function samePeople(
    question: Question,
    body: object,
    answer: Pick<FunnelAnswer, 'steps' | 'values' | 'trend' | 'convert'>,
    { pick, top }: Picked,
    compared = false,
  ) {
    const value = answer.values?.at(-1 - (pick % Math.max(1, answer.values.length)))
    const line = answer.trend?.lines.at(-1 - (pick % Math.max(1, answer.trend.lines.length)))
    const point = pick % 3 === 1 ? line?.points[pick % line.points.length] : undefined
    const step = 1 + (pick % question.steps.length)
    const breakdown = point ? line?.breakdown : value?.breakdown
    const cell = {
      ...{ step, dropped: step > 1 && pick % 3 === 0, compared },
      ...(breakdown && pick % 4 ? { breakdown } : {}),
      ...(point ? { t: point.t } : {}),
    }
    const people = await post<{ items: { id: string }[]; total: number }>('people?limit=1000', {
      ...body,
      cell,
    })
    const expected = funnelPeopleReference(world, question, cell, top)
    expect(people.items.map(({ id }) => id).sort()).toEqual(expected)
    expect(people.total).toBe(expected.length)
    if (question.count === 'people' && !cell.dropped) {
      const steps = cell.breakdown ? value?.steps : answer.steps
      const counts = cell.breakdown ? point?.counts : undefined
      if (!point || counts) expect(people.total).toBe(counts ? counts[step - 1] : steps?.[step - 1]?.count)
    }
    const bin = answer.convert?.bins[pick % Math.max(1, answer.convert.bins.length)]
    if (!bin || question.count !== 'people') return
    const took = await post<{ total: number }>('people?limit=1', {
      ...body,
      cell: { step: 1, took: { from: bin.from, until: bin.until } },
    })
    expect(took.total).toBe(bin.count)
  }
})
