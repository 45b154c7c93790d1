import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { RetentionQuestion } from '#modules/analytics/contract/retention.ts'
import { StickinessQuestion } from '#modules/analytics/contract/stickiness.ts'
import { UsageLifecycleQuestion, UsageState } from '#modules/analytics/contract/usage-lifecycle.ts'
import { cities, eventNames, makeWorld } from '#test/analytics/journeys.ts'
import { startTestApp } from '#test/start-test-app.ts'
import { retentionPeopleReference, retentionReference } from './reference/retention.ts'
import { stickinessReference } from './reference/stickiness.ts'
import { type LivingWorld, usageLifecycleReference } from './reference/usage-lifecycle.ts'

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
const shared = { range: anyRange, audience: anyAudience, interval: fc.constantFrom('day', 'week', 'month') }
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
        const { cohorts } = await ask<{ cohorts: typeof expected }>(body)
        expect(rounded(cohorts)).toEqual(rounded(expected))
        const living = expected.filter(({ size }) => size > 0)
        const cohort = living[pick % Math.max(1, living.length)]
        if (!cohort) return
        const cell = { cohort: cohort.date, period: pick % cohort.values.length }
        const ids = await idsOf(body, cell)
        expect(ids).toEqual(retentionPeopleReference(world, question, cell))
        if (question.measure === 'people') expect(cohort.values[cell.period]).toBe(ids.length)
        expect(ids.length).toBeLessThanOrEqual(cohort.size)
      }),
      { numRuns: numRuns * 2 },
    )
  }, 300_000)

  test('lifecycle: the parts are those of the sets, and add up', async () => {
    await fc.assert(
      fc.asyncProperty(anyLifecycle, fc.nat(), async (body, pick) => {
        const question = UsageLifecycleQuestion.parse(body) as Parameters<typeof usageLifecycleReference>[1]
        const expected = usageLifecycleReference(world, question)
        type Point = { t: string } & Record<UsageState, number>
        const { points } = await ask<{ points: Point[] }>(body)
        const counted = [...expected].map(([t, states]) => ({
          t,
          ...Object.fromEntries(UsageState.options.map((state) => [state, states[state].length])),
        }))
        expect(points).toEqual(counted)
        const active = ({ new: fresh, returning, resurrecting }: Point) => fresh + returning + resurrecting
        for (const [at, point] of points.entries())
          if (at > 0)
            expect(point.returning + point.dormant).toBeLessThanOrEqual(active(points[at - 1] as Point))
        const { t } = points[pick % points.length] as Point
        const state = UsageState.options[pick % 4] as UsageState
        expect(await idsOf(body, { t, state })).toEqual(expected.get(t)?.[state])
      }),
      { numRuns },
    )
  }, 300_000)

  test('stickiness: bins are of the people counted by hand, and add up to all of them', async () => {
    await fc.assert(
      fc.asyncProperty(anyStickiness, fc.nat(), async (body, pick) => {
        const question = StickinessQuestion.parse(body) as Parameters<typeof stickinessReference>[1]
        const expected = stickinessReference(world, question)
        const isIn = (own: number, days: number) => (question.cumulative ? own >= days : own === days)
        type Bin = { days: number; people: number }
        const { bins, people } = await ask<{ bins: Bin[]; people: number }>(body)
        for (const bin of bins)
          expect(bin.people).toBe([...expected.values()].filter((own) => isIn(own, bin.days)).length)
        expect(people).toBe(expected.size)
        const sum = bins.reduce((all, bin) => all + bin.people, 0)
        expect(question.cumulative ? bins[0]?.people : sum).toBe(people)
        const { days } = bins[pick % Math.min(5, bins.length)] as Bin
        const ids = [...expected].filter(([, own]) => isIn(own, days)).map(([id]) => id)
        expect(await idsOf(body, { days })).toEqual(ids.sort())
      }),
      { numRuns },
    )
  }, 300_000)
})

/** Means may differ in their last digit. */
function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, one) => (typeof one === 'number' ? Number(one.toPrecision(12)) : one)),
  )
}
