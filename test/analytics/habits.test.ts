import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { DistributionMeasure, DistributionQuestion } from '#modules/analytics/contract/distribution.ts'
import { HeatmapMath, HeatmapQuestion } from '#modules/analytics/contract/heatmap.ts'
import { IntervalQuestion } from '#modules/analytics/contract/interval.ts'
import { cities, eventNames, makeWorld, type Told, type World } from '#test/analytics/journeys.ts'
import { startTestApp } from '#test/start-test-app.ts'
import {
  inCombination,
  percentile,
  rankReference,
  shownCombinations,
  type Values,
} from './reference/combinations.ts'
import { distributionEvents, distributionValues } from './reference/distribution.ts'
import { heatmapMeasure, heatmapRows, type Placed, placedEvents, valuesOf } from './reference/heatmap.ts'
import { intervalPairs, type Pair } from './reference/interval.ts'
import { earlierThan } from './reference/select.ts'

type Dated<T> = T & { range: { from: string; to: string } }
type Cell = Record<string, unknown>

const anyEvent = fc.oneof(
  { weight: 3, arbitrary: fc.record({ event: fc.constantFrom(...eventNames) }) },
  fc.constantFrom(
    { event: null },
    { event: 'Viewed', where: [{ prop: 'plan', op: 'eq', value: 'a' }] },
    { event: 'Added', where: [{ prop: 'revenue', op: 'gte', value: 10 }], or: [{ event: '退款' }] },
  ),
)
const anyRange = fc
  .tuple(fc.constantFrom('2026-01-25', '2026-02-01', '2026-03-07'), fc.nat({ max: 45 }))
  .map(([from, length]) => ({
    from,
    to: new Date(Date.parse(from) + length * 86_400_000).toISOString().slice(0, 10),
  }))
const shared = {
  range: anyRange,
  audience: fc.constantFrom<unknown>(undefined, undefined, { attr: 'city', op: 'eq', value: cities[0] }),
  breakdown: fc.constantFrom<unknown>(undefined, ['channel'], [{ attr: 'city' }], ['plan', { attr: 'city' }]),
  top: fc.integer({ min: 1, max: 4 }),
  compare: fc.constantFrom<unknown>(undefined, 'previous', { from: '2026-02-10', to: '2026-02-24' }),
}
const plain = <T>(drawn: T): T => JSON.parse(JSON.stringify(drawn))

const anyHeatmap = fc
  .record({
    ...shared,
    kind: fc.constant('heatmap'),
    event: anyEvent,
    math: fc.constantFrom(...HeatmapMath.options),
    prop: fc.constant('revenue'),
    zone: fc.constantFrom('workspace', 'person'),
  })
  .map(plain)
const anyInterval = fc
  .record({
    ...shared,
    kind: fc.constant('interval'),
    from: anyEvent,
    to: anyEvent,
    pairing: fc.constantFrom('nearest', 'nearest', 'first'),
    max_gap: fc.constantFrom(undefined, { value: 2, unit: 'day' }, { value: 1, unit: 'week' }),
    hold: fc.constantFrom(undefined, undefined, 'plan', 'channel'),
    gap_minutes: fc.constantFrom(undefined, undefined, 1440, 10_080),
    interval: fc.constantFrom(undefined, 'day', 'week', 'month'),
    bins: fc.constantFrom(undefined, 1, 7),
    brackets: fc.constantFrom(undefined, undefined, [0, 3600, 86_400.5], [60, 604_800]),
  })
  .map(plain)
const anyDistribution = fc
  .record({
    ...shared,
    kind: fc.constant('distribution'),
    event: anyEvent,
    measure: fc.constantFrom(...DistributionMeasure.options),
    prop: fc.constant('revenue'),
    interval: fc.constantFrom('range', 'range', 'day', 'week', 'month'),
    brackets: fc.constantFrom(undefined, undefined, [1, 3, 7], [-10, 0, 0.5, 100]),
  })
  .map(plain)

// One whose clocks change, one that is half an hour off; FC_RUNS=500 asks more.
describe.each(['America/New_York', 'Asia/Kolkata'])('in %s', (zone) => {
  const numRuns = Number(process.env.FC_RUNS ?? 16)
  let world: World
  beforeAll(async () => {
    world = await makeWorld(await startTestApp(), zone, { size: 700, seed: zone.length })
  }, 120_000)

  async function ask<T>(body: object): Promise<T> {
    const reply = await world.ws.call<T>('POST', '/api/analytics/query', body)
    expect({ status: reply.status, body: reply.status === 200 ? '' : reply.body }).toEqual({
      status: 200,
      body: '',
    })
    return reply.body
  }
  async function samePeople(body: object, cell: Cell, rows: readonly { person: string }[]): Promise<number> {
    const reply = await world.ws.call<{ items: { id: string }[]; total: number }>(
      'POST',
      '/api/analytics/people?limit=1000',
      { ...body, cell },
    )
    const expected = [...new Set(rows.map(({ person }) => person))].sort()
    expect({ cell, ids: reply.body.items?.map(({ id }) => id).sort() }).toEqual({ cell, ids: expected })
    expect(reply.body.total).toBe(expected.length)
    return expected.length
  }

  test('heat map: every cell, row and column and its people equal those counted by hand', async () => {
    await fc.assert(
      fc.asyncProperty(anyHeatmap, fc.nat(), async (body, pick) => {
        const question = HeatmapQuestion.parse(body) as Dated<HeatmapQuestion>
        type Heat = { value: number | null; weekday?: number; hour?: number }
        type Heats = { cells: Heat[]; weekdays: Heat[]; hours: Heat[]; total: number | null }
        type Answer = Heats & {
          values?: (Heats & { breakdown: Values })[]
          clocks?: Record<string, number>
        }
        type Compared = Answer & { range: object }
        const answer = await ask<Answer & { compare?: Compared }>(body)
        const placed = placedEvents(world, question)
        const events = placed.map(({ event }) => event)
        const own = (event: Told) => valuesOf(world, question, event)
        const size = (rows: Told[]) =>
          question.math === 'per_person' ? rows.length : (heatmapMeasure(question, rows) ?? 0)
        const top = question.breakdown?.length ? rankReference(events, own, size, question.top) : []
        const check = (heats: Heats, breakdown: Values | undefined, placed: Placed[]) => {
          const of = (cell: { weekday?: number; hour?: number }) =>
            heatmapMeasure(
              question,
              heatmapRows(placed, { ...cell, ...(breakdown ? { breakdown: [...breakdown] } : {}) }, top),
            )
          expect(heats.cells).toHaveLength(168)
          const byHand = heats.cells.map(({ weekday, hour }) => ({
            ...{ weekday, hour },
            value: of({ weekday, hour } as Cell),
          }))
          expect(heats.cells).toEqual(byHand)
          expect(heats.weekdays.map(({ value }) => value)).toEqual(
            heats.weekdays.map(({ weekday }) => of({ weekday } as Cell)),
          )
          expect(heats.hours.map(({ value }) => value)).toEqual(
            heats.hours.map(({ hour }) => of({ hour } as Cell)),
          )
          expect(heats.total).toBe(of({}))
          if (question.math === 'count')
            expect(heats.cells.reduce((sum, { value }) => sum + (value ?? 0), 0)).toBe(heats.total)
        }
        check(answer, undefined, placed)
        if (question.compare) {
          const earlier = earlierThan(question, 'week')
          const before = placedEvents(world, earlier)
          expect(answer.compare?.range).toEqual(earlier.range)
          check(answer.compare as Compared, undefined, before)
          const values = answer.compare?.values ?? []
          // In the same combinations, as far as anybody is there.
          const isThere = (breakdown: Values) =>
            before.some((one) => inCombination(one.values, breakdown, top))
          const all = [...top, question.breakdown?.map(() => '$other') ?? []]
          if (question.breakdown?.length)
            expect(values.map(({ breakdown }) => breakdown)).toEqual(all.filter(isThere))
          const one = values[pick % Math.max(1, values.length)]
          if (one) check(one, one.breakdown, before)
          const about = { weekday: 1 + (pick % 7), ...(one ? { breakdown: [...one.breakdown] } : {}) }
          await samePeople(body, { ...about, compared: true }, heatmapRows(before, about, top))
        }
        if (question.breakdown?.length) {
          const shown = events.length > 0 ? shownCombinations(events, own, top) : []
          expect(answer.values?.map(({ breakdown }) => breakdown)).toEqual(shown)
          const one = answer.values?.[pick % shown.length]
          if (one) check(one, one.breakdown, placed)
        }
        if (answer.clocks) {
          const sum = Object.values(answer.clocks).reduce((all, count) => all + count, 0)
          expect(sum).toBe(events.length)
        }
        const full = answer.cells.filter(({ value }) => value)
        const cell = full[pick % full.length]
        if (!cell) return
        const asked = { weekday: cell.weekday, ...(pick % 3 ? { hour: cell.hour } : {}) } as Cell
        const count = await samePeople(body, asked, heatmapRows(placed, asked, top))
        if (question.math === 'people' && asked.hour !== undefined) expect(count).toBe(cell.value)
        const value = answer.values?.[pick % answer.values.length]?.breakdown
        if (value)
          await samePeople(body, { breakdown: value }, heatmapRows(placed, { breakdown: [...value] }, top))
      }),
      { numRuns },
    )
  }, 300_000)

  test('interval: pairs, quartiles, bins and people equal those found by walking along, in both periods', async () => {
    await fc.assert(
      fc.asyncProperty(anyInterval, fc.nat(), async (body, pick) => {
        const question = IntervalQuestion.parse(body) as Dated<IntervalQuestion>
        const pairs = intervalPairs(world, question)
        type Bin = { from: number; until: number | null; pairs: number; people: number }
        type Gaps = Record<string, number | null>
        type Line = { breakdown: Values; points: ({ t: string } & Gaps)[] }
        type Counted = Gaps & {
          bins: Bin[]
          values?: (Gaps & { breakdown: Values; bins: Bin[] })[]
          trend?: { lines: Line[] }
        }
        const answer = (await ask(body)) as Counted & { compare?: Counted & { range: object } }
        const own = ({ from }: Pair) => valuesOf(world, question, from)
        const isBroken = Boolean(question.breakdown?.length)
        const top = isBroken ? rankReference(pairs, own, (all) => all.length, question.top) : []
        const inBin = ({ ms }: Pair, { from, until }: Pick<Bin, 'from' | 'until'>) =>
          ms >= from * 1000 && (until === null || ms < until * 1000)
        const isOf = (pair: Pair, breakdown: Values) => inCombination(own(pair), breakdown, top)
        const holdBins = (bins: Bin[], rows: Pair[]) => {
          for (const bin of bins) {
            const found = rows.filter((pair) => inBin(pair, bin))
            expect(bin).toMatchObject({
              pairs: found.length,
              people: new Set(found.map((one) => one.person)).size,
            })
          }
          expect(bins.reduce((sum, bin) => sum + bin.pairs, 0)).toBe(rows.length)
        }
        const hold = (counted: Counted, rows: Pair[], shown: readonly Values[]) => {
          expect(near(pickGaps(counted), gapsOf(rows))).toEqual(gapsOf(rows))
          const { p10, p25, p50, p75, p90, min, max } = counted as Record<string, number>
          const rising = [min, p10, p25, p50, p75, p90, max]
          if (rows.length > 0) expect(rising).toEqual(rising.toSorted((a, b) => (a ?? 0) - (b ?? 0)))
          holdBins(counted.bins, rows)
          expect(counted.values?.map(({ breakdown }) => breakdown)).toEqual(isBroken ? shown : undefined)
          for (const value of counted.values ?? []) {
            const of = rows.filter((pair) => isOf(pair, value.breakdown))
            expect(near(pickGaps(value), gapsOf(of))).toEqual(gapsOf(of))
            holdBins(value.bins, of)
          }
          for (const { breakdown, points } of counted.trend?.lines ?? [])
            for (const { t, ...numbers } of points) {
              const until = points[points.findIndex((point) => point.t === t) + 1]?.t ?? '9999'
              const found = rows.filter((pair) => {
                const day = dayOf(pair.from, world.zone)
                return day >= t && day < until && isOf(pair, breakdown)
              })
              const { pairs: count, people, p50, avg } = gapsOf(found)
              const expected = { people, pairs: count, p50, avg }
              expect(near(numbers, expected)).toEqual(expected)
            }
        }
        const shown = isBroken && pairs.length > 0 ? shownCombinations(pairs, own, top) : []
        hold(answer, pairs, shown)
        const earlier = earlierThan(question, question.interval ?? 'day')
        const before = question.compare ? intervalPairs(world, earlier) : []
        if (question.compare) {
          const compared = answer.compare as Counted & { range: object }
          expect(compared.range).toEqual(earlier.range)
          const all: Values[] =
            top.length < shown.length || before.some((pair) => isOf(pair, ['$other']))
              ? [...top, question.breakdown?.map(() => '$other') ?? []]
              : top
          hold(
            compared,
            before,
            all.filter((values) => before.some((pair) => isOf(pair, values))),
          )
          if (pairs.length > 0 && before.length > 0)
            expect(compared.bins.map(({ from, until }) => ({ from, until }))).toEqual(
              answer.bins.map(({ from, until }) => ({ from, until })),
            )
        }
        // Behind bins, quarters and what is above or below the average, of either period.
        const compared = before.length > 0 && pick % 2 === 0
        const counted = compared ? answer.compare : answer
        const rows = compared ? before : pairs
        const bin = counted?.bins[pick % Math.max(1, counted.bins.length)]
        if (!bin) return
        const breakdown = shown[pick % Math.max(1, shown.length)]
        const about = { ...(compared ? { compared } : {}), ...(breakdown ? { breakdown } : {}) }
        const of = rows.filter((pair) => !breakdown || isOf(pair, breakdown))
        const cell = { from: bin.from, ...(bin.until === null ? {} : { until: bin.until }), ...about }
        const count = await samePeople(
          body,
          cell,
          of.filter((pair) => inBin(pair, bin)),
        )
        if (!breakdown) expect(count).toBe(bin.people)
        const marks = gapsOf(of) as Record<string, number | null>
        const [above, upto] = quarters[pick % quarters.length] as (typeof quarters)[number]
        const bound = (mark: string | undefined, none: number) => (mark ? (marks[mark] ?? none) : none) * 1000
        const between = of.filter(
          ({ ms }) =>
            (above === undefined || ms > bound(above, 0) + 1e-6) &&
            (upto === undefined || ms <= bound(upto, 0) + 1e-6),
        )
        await samePeople(body, { ...(above ? { above } : {}), ...(upto ? { upto } : {}), ...about }, between)
      }),
      { numRuns: numRuns * 2 },
    )
  }, 300_000)

  test('distribution: everybody is in one bracket of each period, and it is the right one', async () => {
    await fc.assert(
      fc.asyncProperty(anyDistribution, fc.nat(), async (body, pick) => {
        const question = DistributionQuestion.parse(body) as Dated<DistributionQuestion>
        type Bracket = { from: number | null; until: number | null }
        type Point = {
          t: string | null
          people: number
          avg: number | null
          median: number | null
          counts: number[]
        }
        type Answer = {
          brackets: Bracket[]
          points: Point[]
          values?: { breakdown: Values; points: Point[] }[]
        }
        type Compared = Pick<Answer, 'points' | 'values'> & { range: object }
        const answer = await ask<Answer & { compare?: Compared }>(body)
        if (question.brackets) expect(answer.brackets.at(-1)?.from).toBe(question.brackets.at(-1))
        const isIn = (value: number, { from, until }: Bracket) =>
          (from === null || value >= from) && (until === null || value < until)
        const check = (points: Point[], values: ReturnType<typeof distributionValues>) => {
          for (const { t, people, avg, median, counts } of points) {
            const own = [...(values.get(t)?.values() ?? [])].toSorted((a, b) => a - b)
            expect(counts).toEqual(
              answer.brackets.map((one) => own.filter((value) => isIn(value, one)).length),
            )
            expect(counts.reduce((sum, count) => sum + count, 0)).toBe(people)
            expect(people).toBe(own.length)
            const mean = own.length ? own.reduce((sum, one) => sum + one, 0) / own.length : null
            expect(close([avg, median])).toEqual(close([mean, own.length ? percentile(own, 0.5) : null]))
          }
          expect([...values.keys()].every((t) => points.some((point) => point.t === t))).toBe(true)
        }
        check(answer.points, distributionValues(world, question))
        const events = distributionEvents(world, question)
        const own = (event: Told) => valuesOf(world, question, event)
        const people = (rows: Told[]) => new Set(rows.map(({ person }) => person)).size
        const top = question.breakdown?.length ? rankReference(events, own, people, question.top) : []
        const shown =
          question.breakdown?.length && events.length > 0 ? shownCombinations(events, own, top) : []
        if (question.breakdown?.length) {
          expect(answer.values?.map(({ breakdown }) => breakdown)).toEqual(shown)
          for (const { breakdown, points } of answer.values ?? [])
            check(points, distributionValues(world, question, breakdown, top))
        }
        const earlier = earlierThan(question, question.interval === 'range' ? 'day' : question.interval)
        if (question.compare) {
          expect(answer.compare?.range).toEqual(earlier.range)
          check(answer.compare?.points ?? [], distributionValues(world, earlier))
          const before = distributionEvents(world, earlier)
          const all = [...top, question.breakdown?.map(() => '$other') ?? []]
          const there = all.filter((values) => before.some((event) => inCombination(own(event), values, top)))
          if (question.breakdown?.length)
            expect(answer.compare?.values?.map(({ breakdown }) => breakdown)).toEqual(there)
          for (const { breakdown, points } of answer.compare?.values ?? [])
            check(points, distributionValues(world, earlier, breakdown, top))
        }
        const compared = question.compare !== undefined && pick % 2 === 0
        const points = (compared ? answer.compare?.points : answer.points) ?? []
        const point = points[pick % points.length]
        const at = point?.counts.findIndex((count) => count > 0) ?? -1
        const bracket = answer.brackets[at]
        if (!point || !bracket) return
        const bounds = Object.entries(bracket).filter(([, bound]) => bound !== null)
        const breakdown = shown[pick % Math.max(1, shown.length)]
        const inBracket = (values: Values) =>
          [...(distributionValues(world, compared ? earlier : question, values, top).get(point.t) ?? [])]
            .filter(([, value]) => isIn(value, bracket))
            .map(([person]) => ({ person }))
        const cell = {
          ...Object.fromEntries(bounds),
          ...(point.t === null ? {} : { t: point.t }),
          ...(compared ? { compared } : {}),
        }
        expect(await samePeople(body, cell, inBracket([]))).toBe(point.counts[at])
        if (breakdown) await samePeople(body, { ...cell, breakdown }, inBracket(breakdown))
      }),
      { numRuns },
    )
  }, 300_000)
})

/** The four quarters of pairs, the middle half, and both sides of the average. */
const quarters = [
  [undefined, 'p25'],
  ['p25', 'p50'],
  ['p50', 'p75'],
  ['p75', undefined],
  ['p25', 'p75'],
  [undefined, 'avg'],
  ['avg', undefined],
] as const

function gapsOf(pairs: readonly Pair[]) {
  const ms = pairs.map((pair) => pair.ms).toSorted((a, b) => a - b)
  const of = (value: () => number) => (ms.length === 0 ? null : value() / 1000)
  const at = (share: number) => of(() => percentile(ms, share))
  return {
    people: new Set(pairs.map(({ person }) => person)).size,
    pairs: pairs.length,
    ...{ p10: at(0.1), p25: at(0.25), p50: at(0.5), p75: at(0.75), p90: at(0.9) },
    avg: of(() => ms.reduce((sum, one) => sum + one, 0) / ms.length),
    min: of(() => ms[0] as number),
    max: of(() => ms.at(-1) as number),
  }
}

/** The same, with what differs from the expected in its last digits as expected: no edge of a rounding decides. */
function near(actual: Record<string, unknown>, expected: Record<string, number | null>) {
  return Object.fromEntries(
    Object.entries(actual).map(([name, value]) => {
      const wanted = expected[name]
      const isNear =
        typeof value === 'number' &&
        typeof wanted === 'number' &&
        Math.abs(value - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted))
      return [name, isNear ? wanted : value]
    }),
  )
}

const pickGaps = (answer: Record<string, unknown>) =>
  Object.fromEntries(Object.keys(gapsOf([])).map((name) => [name, answer[name]]))

const dayOf = ({ time }: Told, zone: string) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(time)

// Sums of doubles of both signs drift by their order.
const close = (values: (number | null)[]) =>
  values.map((value) => (value === null ? null : Number(value.toFixed(6)) + 0))
