import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type RetentionAnswer, RetentionQuestion } from '#modules/analytics/contract/retention.ts'
import { type StickinessAnswer, StickinessQuestion } from '#modules/analytics/contract/stickiness.ts'
import {
  type UsageLifecycleAnswer,
  UsageLifecycleQuestion,
  UsageState,
} from '#modules/analytics/contract/usage-lifecycle.ts'
import { cities, eventNames, makeWorld } from '#test/analytics/journeys.ts'
import { startTestApp } from '#test/start-test-app.ts'
import { retentionParts, retentionPeopleReference, retentionReference } from './reference/retention.ts'
import { rounded } from './reference/rounded.ts'
import { earlierThan } from './reference/select.ts'
import { stickinessParts, stickinessReference } from './reference/stickiness.ts'
import {
  type LivingWorld,
  usageLifecycleParts,
  usageLifecycleReference,
} from './reference/usage-lifecycle.ts'

const anyEvent = fc.oneof(
  fc.record({ event: fc.constantFrom(...eventNames, null) }),
  fc.constantFrom(
    { event: 'Viewed', where: [{ prop: 'plan', op: 'eq', value: 'a' }] },
    { event: 'Added', where: [{ prop: 'revenue', op: 'gte', value: 10 }], or: [{ event: '退款' }] },
  ),
)
const anyAudience = fc.constantFrom<unknown>(undefined, undefined, {
  attr: 'city',
  op: 'eq',
  value: cities[0],
})
const anyRange = fc
  .tuple(fc.constantFrom('2026-01-25', '2026-02-01', '2026-03-07'), fc.nat({ max: 30 }))
  .map(([from, length]) => ({
    from,
    to: new Date(Date.parse(from) + length * 86_400_000).toISOString().slice(0, 10),
  }))
const shared = {
  range: anyRange,
  audience: anyAudience,
  interval: fc.constantFrom('day', 'week', 'month'),
  breakdown: fc.constantFrom<unknown>(
    undefined,
    undefined,
    ['channel'],
    ['plan', { attr: 'city' }],
    [{ attr: 'city' }, 'channel'],
    [{ attr: 'likes' }],
  ),
  top: fc.integer({ min: 1, max: 5 }),
  compare: fc.constantFrom<unknown>(undefined, undefined, 'previous', {
    from: '2026-02-10',
    to: '2026-02-20',
  }),
}
const plain = <T>(drawn: T): T => JSON.parse(JSON.stringify(drawn))

const anyRetention = fc
  .record({
    ...shared,
    interval: fc.constantFrom('day', 'day', 'week', 'month', 'hour'),
    kind: fc.constant('retention'),
    start: anyEvent,
    return: anyEvent,
    mode: fc.constantFrom('recurring', 'first_time', 'first_ever'),
    periods: fc.integer({ min: 1, max: 9 }),
    brackets: fc.constantFrom(undefined, undefined, [1, 3, 7], [2]),
    window: fc.constantFrom('calendar', '24_hour'),
    cumulative: fc.boolean(),
    minimum: fc.constantFrom(1, 1, 2),
    measure: fc.constantFrom('people', 'people', 'sum', 'avg'),
    prop: fc.constant('revenue'),
  })
  // A few days of hours are as good as many.
  .map((drawn) => plain(drawn.interval === 'hour' ? { ...drawn, range: fewDays } : drawn))
const fewDays = { from: '2026-03-07', to: '2026-03-09' }
const anyLifecycle = fc
  .record({
    ...shared,
    kind: fc.constant('usage_lifecycle'),
    event: anyEvent,
    anchor: fc.constantFrom('first_event', 'person_created'),
  })
  .map(plain)
const anyStickiness = fc
  .record({
    ...shared,
    kind: fc.constant('stickiness'),
    event: anyEvent,
    minimum: fc.constantFrom(1, 2),
    cumulative: fc.boolean(),
  })
  .map(plain)

// One whose clocks change, one that is half an hour off; FC_RUNS=500 asks more.
describe.each(['America/New_York', 'Asia/Kolkata'])('in %s', (zone) => {
  const numRuns = Number(process.env.FC_RUNS ?? 12)
  let world: LivingWorld
  beforeAll(async () => {
    const app = await startTestApp()
    const made = await makeWorld(app, zone, { size: 700, seed: zone.length })
    // Everything asked for is over, seven months after the last cohort too; what is not has tests of its own.
    app.clock.set(Date.UTC(2028, 0, 1))
    const { body } = await made.ws.call<{ items: { id: string; firstSeen: string | null }[] }>(
      'GET',
      '/api/profiles?limit=1000',
    )
    const firstSeen = new Map(body.items.map((one) => [one.id, Date.parse(one.firstSeen ?? '')]))
    world = { ...made, firstSeen }
  }, 120_000)

  async function ask<T>(body: object): Promise<T> {
    const reply = await world.ws.call<T>('POST', '/api/analytics/query', body)
    expect({ status: reply.status, body: reply.status === 200 ? '' : reply.body }).toEqual({
      status: 200,
      body: '',
    })
    return reply.body
  }
  async function idsOf(body: object, cell: object): Promise<string[]> {
    const reply = await world.ws.call<{ items: { id: string }[]; total: number }>(
      'POST',
      '/api/analytics/people?limit=1000',
      { ...body, cell },
    )
    expect(reply.status).toBe(200)
    expect(reply.body.total).toBe(reply.body.items.length)
    return reply.body.items.map(({ id }) => id).sort()
  }

  test('retention: every value and its people equal those counted by hand', async () => {
    await fc.assert(
      fc.asyncProperty(anyRetention, fc.nat(), async (body, pick) => {
        const question = RetentionQuestion.parse(body) as Parameters<typeof retentionReference>[1]
        const expected = retentionReference(world, question)
        const parts = question.breakdown ? retentionParts(world, question) : []
        const byHand = (asked: typeof question) => ({
          cohorts: retentionReference(world, asked),
          ...(question.breakdown && {
            breakdown: parts
              .map(({ holds, ...part }) => ({
                ...part,
                cohorts: retentionReference(world, asked, { holds, ...part }),
              }))
              .filter(({ cohorts }) => cohorts.some(({ size }) => size > 0)),
          }),
        })
        const answer = await ask<RetentionAnswer>(body)
        const { cohorts, breakdown, compare } = answer
        expect(rounded({ cohorts, breakdown })).toEqual(rounded(byHand(question)))
        if (question.breakdown && question.measure === 'people') addUp(answer)
        const earlier = earlierThan(question)
        if (question.compare)
          expect(rounded(compare)).toEqual(rounded({ range: earlier.range, ...byHand(earlier) }))
        const living = expected.filter(({ size }) => size > 0)
        const cohort = living[pick % Math.max(1, living.length)]
        if (!cohort) return
        const cell = { cohort: cohort.date, period: pick % cohort.values.length }
        const ids = await idsOf(body, cell)
        expect(ids).toEqual(retentionPeopleReference(world, question, cell))
        if (question.measure === 'people') expect(cohort.values[cell.period]).toBe(ids.length)
        expect(ids.length).toBeLessThanOrEqual(cohort.size)
        const part = parts[pick % Math.max(1, parts.length)]
        if (part)
          expect(await idsOf(body, { ...cell, breakdown: part.values })).toEqual(
            retentionPeopleReference(world, question, cell, part),
          )
        const [first] = question.compare ? retentionReference(world, earlier) : []
        if (first)
          expect(await idsOf(body, { cohort: first.date, period: 0, compared: true })).toEqual(
            retentionPeopleReference(world, earlier, { cohort: first.date, period: 0 }),
          )
      }),
      { numRuns: numRuns * 2 },
    )
  }, 300_000)

  test('lifecycle: the parts are those of the sets, and add up', async () => {
    await fc.assert(
      fc.asyncProperty(anyLifecycle, fc.nat(), async (body, pick) => {
        const question = UsageLifecycleQuestion.parse(body) as Parameters<typeof usageLifecycleReference>[1]
        const expected = usageLifecycleReference(world, question)
        const parts = question.breakdown ? usageLifecycleParts(world, question) : []
        const counted = (sets: typeof expected) =>
          [...sets].map(([t, states]) => ({
            t,
            ...Object.fromEntries(UsageState.options.map((state) => [state, states[state].length])),
          }))
        const byHand = (asked: typeof question) => ({
          points: counted(usageLifecycleReference(world, asked)),
          ...(question.breakdown && {
            breakdown: parts
              .map(({ holds, ...part }) => ({
                ...part,
                points: counted(usageLifecycleReference(world, asked, { holds, ...part })),
              }))
              .filter((one) => one.points.some(isAnybody)),
          }),
        })
        const answer = await ask<UsageLifecycleAnswer>(body)
        const { points, breakdown = [], compare } = answer
        expect({ points, ...(question.breakdown && { breakdown: breakdown.filter(hasAnybody) }) }).toEqual(
          byHand(question),
        )
        const active = ({ new: fresh, returning, resurrecting }: Point) => fresh + returning + resurrecting
        for (const [at, point] of points.entries())
          if (at > 0)
            expect(point.returning + point.dormant).toBeLessThanOrEqual(active(points[at - 1] as Point))
        if (isOfPeople(question))
          for (const [at, point] of points.entries())
            for (const state of UsageState.options)
              expect(sum(breakdown.map((one) => one.points[at]?.[state] ?? 0))).toBe(point[state])
        const earlier = earlierThan(question)
        if (question.compare)
          expect({
            ...compare,
            ...(question.breakdown && { breakdown: compare?.breakdown?.filter(hasAnybody) }),
          }).toEqual({ range: earlier.range, ...byHand(earlier) })
        const { t } = points[pick % points.length] as Point
        const state = UsageState.options[pick % 4] as UsageState
        expect(await idsOf(body, { t, state })).toEqual(expected.get(t)?.[state])
        const part = parts[pick % Math.max(1, parts.length)]
        if (part)
          expect(await idsOf(body, { t, state, breakdown: part.values })).toEqual(
            usageLifecycleReference(world, question, part).get(t)?.[state],
          )
        const then = compare?.points[pick % compare.points.length]
        if (then)
          expect(await idsOf(body, { t: then.t, state, compared: true })).toEqual(
            usageLifecycleReference(world, earlier).get(then.t)?.[state],
          )
      }),
      { numRuns },
    )
  }, 300_000)

  test('stickiness: bins are of the people counted by hand, and add up to all of them', async () => {
    await fc.assert(
      fc.asyncProperty(anyStickiness, fc.nat(), async (body, pick) => {
        const question = StickinessQuestion.parse(body) as Parameters<typeof stickinessReference>[1]
        const isIn = (own: number, days: number) => (question.cumulative ? own >= days : own === days)
        const parts = question.breakdown ? stickinessParts(world, question) : []
        const answer = await ask<StickinessAnswer>(body)
        const { bins, people, breakdown = [], compare } = answer
        const same = (
          of: { people: number; bins: typeof bins } | undefined,
          expected: Map<string, number>,
        ) => {
          for (const bin of of?.bins ?? [])
            expect(bin.people).toBe([...expected.values()].filter((own) => isIn(own, bin.days)).length)
          expect(of?.people ?? 0).toBe(expected.size)
          const all = sum((of?.bins ?? []).map((bin) => bin.people))
          expect(question.cumulative ? (of?.bins[0]?.people ?? 0) : all).toBe(expected.size)
        }
        const named = (list: typeof breakdown, values: unknown) =>
          list.find((one) => JSON.stringify(one.values) === JSON.stringify(values))
        const expected = stickinessReference(world, question)
        const earlier = earlierThan(question)
        same(answer, expected)
        if (question.compare) same(compare, stickinessReference(world, earlier))
        for (const part of parts) {
          same(named(breakdown, part.values), stickinessReference(world, question, part))
          if (compare)
            same(named(compare.breakdown ?? [], part.values), stickinessReference(world, earlier, part))
        }
        const order = parts.map(({ values }) => JSON.stringify(values))
        const places = breakdown.map(({ values }) => order.indexOf(JSON.stringify(values)))
        expect(places).toEqual(places.toSorted((a, b) => a - b))
        expect(places).not.toContain(-1)
        if (isOfPeople(question)) expect(sum(breakdown.map((one) => one.people))).toBe(people)
        const { days } = bins[pick % Math.min(5, bins.length)] as { days: number }
        const idsIn = (found: Map<string, number>) =>
          [...found].flatMap(([id, own]) => (isIn(own, days) ? [id] : [])).sort()
        expect(await idsOf(body, { days })).toEqual(idsIn(expected))
        const part = parts[pick % Math.max(1, parts.length)]
        if (part)
          expect(await idsOf(body, { days, breakdown: part.values })).toEqual(
            idsIn(stickinessReference(world, question, part)),
          )
        if (compare && days <= compare.bins.length)
          expect(await idsOf(body, { days, compared: true })).toEqual(
            idsIn(stickinessReference(world, earlier)),
          )
      }),
      { numRuns },
    )
  }, 300_000)
})

type Point = UsageLifecycleAnswer['points'][number]
const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0)
const isAnybody = (point: object) =>
  Object.values(point).some((value) => typeof value === 'number' && value > 0)
const hasAnybody = ({ points }: { points: object[] }) => points.some(isAnybody)
/** Everybody has one value, so parts are of different people. */
const isOfPeople = ({ breakdown }: { breakdown?: unknown[] | undefined }) =>
  breakdown !== undefined && JSON.stringify(breakdown) === JSON.stringify([{ attr: 'likes' }])

function addUp({ cohorts, breakdown = [] }: RetentionAnswer) {
  for (const [at, { size, values }] of cohorts.entries()) {
    expect(sum(breakdown.map((one) => one.cohorts[at]?.size ?? 0))).toBe(size)
    for (const [period, value] of values.entries())
      expect(sum(breakdown.map((one) => one.cohorts[at]?.values[period] ?? 0))).toBe(value)
  }
}
