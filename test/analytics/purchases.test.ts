import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { LtvQuestion } from '#modules/analytics/contract/ltv.ts'
import { RepurchaseQuestion } from '#modules/analytics/contract/repurchase.ts'
import { cities, makeWorld, type World } from '#test/analytics/journeys.ts'
import { livesOfShop, makeShop, type Shop } from '#test/analytics/shop.ts'
import { startTestApp } from '#test/start-test-app.ts'
import { ltvReference } from './reference/ltv.ts'
import {
  begun,
  type Life,
  livesOfEvents,
  type PurchaseQuestion,
  purchaseParts,
} from './reference/purchases.ts'
import { quantile, repurchaseReference } from './reference/repurchase.ts'
import { rounded } from './reference/rounded.ts'
import { earlierThan, isMeant, type Part } from './reference/select.ts'

const anyRange = fc
  .tuple(fc.constantFrom('2026-01-20', '2026-02-01', '2026-03-07'), fc.nat({ max: 70 }))
  .map(([from, length]) => ({
    from,
    to: new Date(Date.parse(from) + length * 86_400_000).toISOString().slice(0, 10),
  }))
const anyEvent = fc.constantFrom(
  { event: 'Order Completed' },
  { event: 'Order Completed', where: [{ prop: 'plan', op: 'eq', value: 'a' }] },
  { event: 'Added', or: [{ event: 'Order Completed' }] },
)
const shared = {
  range: anyRange,
  audience: fc.constantFrom(undefined, undefined, { attr: 'city', op: 'eq', value: cities[0] }),
  interval: fc.constantFrom('day', 'week', 'month'),
  periods: fc.integer({ min: 1, max: 7 }),
  order_id: fc.constantFrom(undefined, 'order_id', 'plan'),
  breakdown: fc.constantFrom<unknown>(
    undefined,
    undefined,
    ['channel'],
    [{ attr: 'city' }],
    [{ attr: 'city' }, 'channel'],
  ),
  top: fc.integer({ min: 1, max: 4 }),
  compare: fc.constantFrom<unknown>(undefined, undefined, 'previous', 'year', {
    from: '2026-02-10',
    to: '2026-03-20',
  }),
}
const plain = <T>(drawn: T): T => JSON.parse(JSON.stringify(drawn))
const anyRepurchase = fc
  .record({ ...shared, kind: fc.constant('repurchase'), event: anyEvent, cumulative: fc.boolean() })
  .map(plain)
const anyLtv = fc
  .record({
    ...shared,
    kind: fc.constant('ltv'),
    event: anyEvent,
    amount: fc.constantFrom(undefined, 'revenue'),
    start: fc.constantFrom(undefined, { event: 'Viewed' }, { event: 'Order Completed' }),
  })
  .map(plain)
const { order_id: _, ...ofFacts } = shared
const anyFactRepurchase = fc
  .record({ ...ofFacts, kind: fc.constant('repurchase'), cumulative: fc.boolean() })
  .map(plain)
const anyFactLtv = fc
  .record({
    ...ofFacts,
    kind: fc.constant('ltv'),
    currency: fc.constantFrom(undefined, 'CNY', 'USD'),
    start: fc.constantFrom(undefined, { event: 'Order Refunded' }),
  })
  .map(plain)

// In the middle of what is followed, and when all of it is over.
const moments = [Date.UTC(2026, 2, 20), Date.UTC(2028, 0, 1)]
const numRuns = Number(process.env.FC_RUNS ?? 12)

async function ask<T>(world: World, body: object): Promise<T> {
  const reply = await world.ws.call<T>('POST', '/api/analytics/query', body)
  expect({ status: reply.status, body: reply.status === 200 ? '' : reply.body }).toEqual({
    status: 200,
    body: '',
  })
  return reply.body
}
async function idsOf(world: World, body: object, cell: object): Promise<string[]> {
  type Page = { items: { id: string }[]; total: number }
  const reply = await world.ws.call<Page>('POST', '/api/analytics/people?limit=1000', { ...body, cell })
  expect({ status: reply.status, cell }).toEqual({ status: 200, cell })
  expect(reply.body.total).toBe(reply.body.items.length)
  return reply.body.items.map(({ id }) => id).sort()
}

type Reference = ReturnType<typeof repurchaseReference>
type Counted = {
  cohorts: { date: string; size: number; values: (number | null)[] }[]
  second: {
    people: number
    p25: number
    p50: number
    p75: number
    bins: { from: number; until: number; people: number }[]
  }
  rates: { days: number; people: number; of: number }[]
}
type Broken<T> = T & { breakdown?: (T & { values: (string | null)[]; other?: boolean })[] }
type Answer<T> = Broken<T> & { compare?: Broken<T> & { range: object } }
type Asked<Q> = { body: object; question: Q; lives: readonly Life[]; now: number; pick: number }

/**
 * Holds everybody, each combination and the period compared against those counted by hand, and the people of one of them.
 * Parts add up: everybody is in one.
 */
async function holdParts<T extends { cohorts: { size: number }[] }, Q extends PurchaseQuestion>(
  world: World,
  { body, question, lives, pick }: Asked<Q>,
  hold: (counted: T, asked: Q, part: Part | undefined, cell: object | undefined) => Promise<void>,
) {
  const answer = await ask<Answer<T>>(world, body)
  const parts = question.breakdown ? purchaseParts(world, question, lives) : []
  const turn = pick % (1 + parts.length)
  for (const compared of question.compare ? [false, true] : [false]) {
    const asked = compared ? earlierThan(question) : question
    const counted = compared ? answer.compare : answer
    if (compared) expect(answer.compare?.range).toEqual(asked.range)
    const cell = compared === (question.compare !== undefined && pick % 3 > 0) ? { compared } : undefined
    await hold(counted as T, asked, undefined, turn === 0 ? cell : undefined)
    if (!question.breakdown) continue
    const there = parts.filter((part) => begun(world, asked, lives, part).length > 0)
    expect(counted?.breakdown?.map(({ values }) => values)).toEqual(there.map(({ values }) => values))
    for (const [at, part] of there.entries()) {
      const own = counted?.breakdown?.[at]
      expect(own?.other ?? false).toBe(part.other ?? false)
      await hold(
        own as T,
        asked,
        part,
        parts[turn - 1] === part ? cell && { ...cell, breakdown: part.values } : undefined,
      )
    }
    const sizeOf = (one: T | undefined) => (one?.cohorts ?? []).reduce((sum, { size }) => sum + size, 0)
    expect((counted?.breakdown ?? []).reduce((sum, one) => sum + sizeOf(one), 0)).toBe(sizeOf(counted))
  }
}

async function holdRepurchase(world: World, asked: Asked<PurchaseQuestion & { cumulative: boolean }>) {
  const { body, lives, now, pick } = asked
  await holdParts<Counted, typeof asked.question>(world, asked, async (counted, question, part, about) => {
    const expected = repurchaseReference(world, question, lives, now, part)
    expect(counted.cohorts).toEqual(expected.cohorts.map(({ people: _people, ...cohort }) => cohort))
    const days = expected.gaps.map(({ gap }) => gap / 86_400_000)
    expect(counted.second.people).toBe(days.length)
    for (const [name, level] of [
      ['p25', 0.25],
      ['p50', 0.5],
      ['p75', 0.75],
    ] as const)
      expect(rounded(counted.second[name])).toEqual(rounded(quantile(days, level)))
    expect(counted.second.bins.reduce((sum, { people }) => sum + people, 0)).toBe(days.length)
    const told = ({ days: within, of, people }: Reference['rates'][number]) => ({
      days: within,
      of: of.length,
      people: people.length,
    })
    expect(counted.rates).toMatchObject(expected.rates.map(told))
    const cohort = expected.cohorts[pick % expected.cohorts.length]
    if (!cohort || !about) return
    const period = pick % cohort.values.length
    expect(await idsOf(world, body, { cohort: cohort.date, period, ...about })).toEqual(cohort.people[period])
    const bin = counted.second.bins[pick % Math.max(1, counted.second.bins.length)]
    if (bin) {
      const ids = await idsOf(world, body, { second: { from: bin.from, until: bin.until }, ...about })
      expect(ids).toEqual(expected.inDays(bin.from, bin.until))
      expect(ids.length).toBe(bin.people)
    }
    const rate = expected.rates[pick % expected.rates.length] as Reference['rates'][number]
    expect(await idsOf(world, body, { within: rate.days, ...about })).toEqual(rate.people)
    expect(await idsOf(world, body, { within: rate.days, again: false, ...about })).toEqual(rate.of)
  })
}

async function holdLtv(world: World, asked: Asked<PurchaseQuestion>) {
  const { body, lives, now, pick } = asked
  type Values = { cohorts: { size: number }[] }
  await holdParts<Values, PurchaseQuestion>(world, asked, async (counted, question, part, about) => {
    const expected = ltvReference(world, question, lives, now, part)
    expect(rounded(counted.cohorts)).toEqual(rounded(expected.map(({ answer }) => answer)))
    const cohort = expected[pick % expected.length]
    if (!cohort || !about) return
    const cell = { cohort: cohort.answer.date, period: pick % cohort.people.length, ...about }
    expect(await idsOf(world, body, cell)).toEqual(cohort.people[cell.period])
    expect(await idsOf(world, body, { ...cell, of: 'cohort' })).toEqual(cohort.cohort)
  })
}

describe.each(['America/New_York', 'Asia/Kolkata'])('of events in %s', (zone) => {
  let world: World
  let at: (time: number) => void
  beforeAll(async () => {
    const app = await startTestApp()
    world = await makeWorld(app, zone, { size: 700, seed: zone.length })
    at = (time) => app.clock.set(time)
  }, 120_000)

  test('repurchase: every value and its people equal those counted by hand', async () => {
    await fc.assert(
      fc.asyncProperty(anyRepurchase, fc.nat(), async (body, pick) => {
        const now = moments[pick % 2] as number
        at(now)
        const question = RepurchaseQuestion.parse(body) as PurchaseQuestion & { cumulative: boolean }
        await holdRepurchase(world, { body, question, lives: livesOfEvents(world, question), now, pick })
      }),
      { numRuns },
    )
  }, 300_000)

  test('lifetime value: every value and its people equal those counted by hand', async () => {
    await fc.assert(
      fc.asyncProperty(anyLtv, fc.nat(), async (body, pick) => {
        const now = moments[pick % 2] as number
        at(now)
        const question = LtvQuestion.parse(body) as PurchaseQuestion
        await holdLtv(world, { body, question, lives: livesOfEvents(world, question), now, pick })
      }),
      { numRuns },
    )
  }, 300_000)
})

describe('of order facts', () => {
  let shop: Shop
  let at: (time: number) => void
  beforeAll(async () => {
    const app = await startTestApp()
    shop = await makeShop(app, 'America/New_York')
    at = (time) => app.clock.set(time)
  }, 120_000)
  const meant = (audience: unknown) => (id: string) => isMeant(shop, id, audience as never)

  test('repurchase: paid orders that stand, in whatever currency', async () => {
    await fc.assert(
      fc.asyncProperty(anyFactRepurchase, fc.nat(), async (body, pick) => {
        const now = moments[pick % 2] as number
        at(now)
        const question = RepurchaseQuestion.parse(body) as PurchaseQuestion & { cumulative: boolean }
        const lives = livesOfShop(shop, undefined, meant(question.audience))
        await holdRepurchase(shop, { body, question, lives, now, pick })
      }),
      { numRuns: numRuns * 2 },
    )
  }, 300_000)

  test('lifetime value: net of refunds when they happen, in one currency', async () => {
    await fc.assert(
      fc.asyncProperty(anyFactLtv, fc.nat(), async (body, pick) => {
        const now = moments[pick % 2] as number
        at(now)
        const question = LtvQuestion.parse(body) as PurchaseQuestion & { currency?: string }
        const lives = livesOfShop(shop, question.currency ?? 'CNY', meant(question.audience))
        await holdLtv(shop, { body, question, lives, now, pick })
      }),
      { numRuns: numRuns * 2 },
    )
  }, 300_000)
})
