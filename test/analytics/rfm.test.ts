import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type RfmAnswer, RfmGroup, RfmQuestion } from '#modules/analytics/contract/rfm.ts'
import { cities, eventNames, makeWorld, type Told, type World } from '#test/analytics/journeys.ts'
import { startTestApp } from '#test/start-test-app.ts'
import { groupsOf, movesReference, rfmPeopleReference, rfmReference, type Scored } from './reference/rfm.ts'
import { earlierThan, type Part, partsOf, rankedValues, valueBy } from './reference/select.ts'

const ascending = (min: number, max: number) =>
  fc
    .uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 5 })
    .map((cuts) => cuts.sort((a, b) => a - b))
const day = (from: string, length: number) =>
  new Date(Date.parse(from) + length * 86_400_000).toISOString().slice(0, 10)

const anyQuestion = fc
  .record({
    kind: fc.constant('rfm'),
    event: fc.oneof(
      fc.record({ event: fc.constantFrom(...eventNames, null) }),
      fc.constant({
        event: 'Added',
        where: [{ prop: 'plan', op: 'eq', value: 'a' }],
        or: [{ event: '退款' }],
      }),
    ),
    amount: fc.constantFrom(undefined, 'revenue', 'channel'),
    order_id: fc.constantFrom(undefined, undefined, 'plan', 'nothing'),
    range: fc
      .tuple(fc.constantFrom('2026-01-15', '2026-02-01', '2026-03-07'), fc.nat({ max: 70 }))
      .map(([from, length]) => ({ from, to: day(from, length) })),
    as_of: fc.option(
      fc.nat({ max: 120 }).map((length) => day('2026-01-10', length)),
      { nil: undefined },
    ),
    method: fc.constantFrom(undefined, 'quantile', 'fixed'),
    bins: fc.constantFrom(undefined, 2, 3, 4, 5, 7, 10),
    cuts: fc.record({ r: ascending(0, 90), f: ascending(0, 12), m: ascending(-50, 3000) }),
    high: fc.constantFrom(undefined, 'mean', 2, 3, 4),
    audience: fc.constantFrom(undefined, undefined, { attr: 'city', op: 'eq', value: cities[0] }),
    breakdown: fc.constantFrom<unknown>(
      undefined,
      undefined,
      [{ attr: 'city' }],
      [{ attr: 'likes' }, { attr: 'city' }],
    ),
    top: fc.integer({ min: 1, max: 3 }),
    compare: fc.constantFrom<unknown>(undefined, 'previous', { from: '2026-01-20', to: '2026-02-19' }),
  })
  .map((drawn): Record<string, unknown> => JSON.parse(JSON.stringify(drawn)))

type Question = Parameters<typeof rfmReference>[1]
/** The same question over the days it is compared with; the as-of day is as far from their end as it was. */
function before(question: Question): Question {
  const { range, as_of = range.to } = question
  const own = earlierThan(question, 'day').range
  const after = (Date.parse(as_of) - Date.parse(range.to)) / 86_400_000
  return { ...question, range: own, as_of: day(own.to, after) }
}

// One whose clocks change, one that is half an hour off; FC_RUNS=500 asks more.
describe.each(['America/New_York', 'Asia/Kolkata'])('in %s', (zone) => {
  const numRuns = Number(process.env.FC_RUNS ?? 16)
  let world: World
  beforeAll(async () => {
    const app = await startTestApp()
    world = await makeWorld(app, zone, { size: 700, seed: zone.length + 1 })
  }, 120_000)

  async function idsOf(body: object, cell: object): Promise<string[]> {
    type People = { items: { id: string }[]; total: number }
    const reply = await world.ws.call<People>('POST', '/api/analytics/people?limit=1000', { ...body, cell })
    expect(reply.status).toBe(200)
    expect(reply.body.total).toBe(reply.body.items.length)
    return reply.body.items.map(({ id }) => id).sort()
  }

  test('scores, sums and people of every cell and group equal those counted by hand', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuestion, fc.nat(), async (body, pick) => {
        const question = RfmQuestion.parse(body) as Parameters<typeof rfmReference>[1]
        const scored = rfmReference(world, question)
        const reply = await world.ws.call<RfmAnswer>('POST', '/api/analytics/query', body)
        expect({ status: reply.status, body: reply.status === 200 ? '' : reply.body }).toEqual({
          ...{ status: 200, body: '' },
        })
        const { groups, named, people, levels, breakdown, compare } = reply.body
        const byScores = Map.groupBy(scored, ({ r, f, m }) => `${r} ${f} ${m}`)
        expect(new Set(groups.map(({ r, f, m }) => `${r} ${f} ${m}`))).toEqual(new Set(byScores.keys()))
        for (const group of groups) {
          const own = byScores.get(`${group.r} ${group.f} ${group.m}`) ?? []
          const sum = (of: 'recency' | 'frequency' | 'money') => own.reduce((all, one) => all + one[of], 0)
          expect(group.people).toBe(own.length)
          expect(group.recency_days_avg).toBeCloseTo(sum('recency') / own.length, 9)
          expect(group.frequency_avg).toBeCloseTo(sum('frequency') / own.length, 9)
          expect(group.monetary_sum).toBeCloseTo(sum('money') / 1e6, 6)
        }
        // Whoever ordered is in one cell and in one group.
        const total = (of: readonly { people: number }[]) => of.reduce((all, one) => all + one.people, 0)
        expect([people, total(groups), total(named)]).toEqual([scored.length, scored.length, scored.length])
        expect(named.map(({ group }) => group)).toEqual(RfmGroup.options)
        for (const key of ['r', 'f', 'm'] as const) {
          expect(total(levels[key])).toBe(scored.length)
          // Equal values share a score: what the scores cover does not touch.
          for (const [at, level] of levels[key].entries()) {
            const next = levels[key][at + 1]
            if (next) expect(key === 'r' ? next.to < level.from : level.to < next.from).toBe(true)
          }
        }
        const group = RfmGroup.options[pick % 8] as RfmGroup
        const ofGroup = await idsOf(body, { group })
        expect(ofGroup).toEqual(rfmPeopleReference(scored, question, { group }))
        expect(named[pick % 8]?.people).toBe(ofGroup.length)
        const { r, f, m } = groups[pick % Math.max(1, groups.length)] ?? { r: 1, f: 1, m: 1 }
        const cell = [{ r, f, m }, { r, f }, { m }, {}][pick % 4] as object
        expect(await idsOf(body, cell)).toEqual(rfmPeopleReference(scored, question, cell))
        // Broken down by attributes: the groups of everybody, so that the parts add up.
        const attrs = (question.breakdown ?? []) as { attr: string }[]
        const keyOf = ({ person }: Scored) =>
          JSON.stringify(attrs.map((by) => valueBy(world, { person, props: {} } as Told, by)))
        const peopleBy = Map.groupBy(scored, keyOf)
        const sets = new Map([...peopleBy].map(([key, own]) => [key, new Set(own.map((one) => one.person))]))
        const parts = partsOf(rankedValues(sets, question.top), attrs.length)
        const there = parts.filter(({ holds }) => scored.some((one) => holds(keyOf(one))))
        const groupOf = groupsOf(scored, question)
        const idsIn = (of: string, { holds }: Part) =>
          scored.filter((one) => groupOf(one) === of && holds(keyOf(one))).map((one) => one.person)
        if (question.breakdown) {
          expect(breakdown?.map(({ values }) => values)).toEqual(there.map(({ values }) => values))
          for (const [at, part] of there.entries())
            expect(breakdown?.[at]?.named.map((one) => one.people)).toEqual(
              RfmGroup.options.map((one) => idsIn(one, part).length),
            )
          for (const [at, one] of named.entries())
            expect(total((breakdown ?? []).map((part) => part.named[at] as { people: number }))).toBe(
              one.people,
            )
          const part = there[pick % Math.max(1, there.length)]
          if (part)
            expect(await idsOf(body, { group, breakdown: part.values })).toEqual(idsIn(group, part).sort())
        }
        if (!question.compare) return
        const earlier = before(question)
        const then = rfmReference(world, earlier)
        expect(compare?.range).toEqual(earlier.range)
        expect(compare?.as_of).toBe(earlier.as_of)
        expect(compare?.people).toBe(then.length)
        const thenIn = (of: RfmGroup) => rfmPeopleReference(then, earlier, { group: of })
        expect(compare?.named.map((one) => one.people)).toEqual(
          RfmGroup.options.map((one) => thenIn(one).length),
        )
        expect(await idsOf(body, { group, compared: true })).toEqual(thenIn(group))
        // Everybody who ordered in either moves from somewhere to somewhere.
        const moves = movesReference(scored, then, question, earlier)
        const told = new Map(
          compare?.moves.map(({ people: count, ...move }) => [JSON.stringify(move), count]),
        )
        expect(told).toEqual(new Map([...moves].map(([move, ids]) => [move, ids.length])))
        const [move, ids] = [...moves][pick % Math.max(1, moves.size)] ?? []
        if (move && ids) expect(await idsOf(body, { move: JSON.parse(move) })).toEqual(ids)
        const from = [...moves].filter(([key]) => JSON.parse(key).from === group).flatMap(([, all]) => all)
        expect(await idsOf(body, { move: { from: group } })).toEqual(from.sort())
      }),
      { numRuns },
    )
  }, 300_000)
})
