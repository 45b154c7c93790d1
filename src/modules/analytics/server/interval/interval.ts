import type {
  GapMark,
  Gaps,
  IntervalAnswer,
  IntervalCell,
  IntervalQuestion,
} from '#modules/analytics/contract/interval.ts'
import type { Analysis } from '#modules/analytics/server/analysis.ts'
import { badQuestion } from '#modules/analytics/server/check-question.ts'
import { type BinPlan, countBins, planBins } from '#modules/analytics/server/interval/count-bins.ts'
import { innerQuery } from '#modules/analytics/server/interval/inner-query.ts'
import {
  combinationAt,
  combinationSql,
  type Inner,
  placed,
  type Ranked,
  rankCombinations,
  wholeAndPlaces,
} from '#modules/analytics/server/sql/combinations.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { comparedRange, type Days } from '#modules/analytics/server/sql/resolve-range.ts'
import { bucketsOf } from '#modules/analytics/server/sql/time-buckets.ts'

/** How long it takes from one event to another. */
export const interval: Analysis<'interval'> = {
  names: ({ from, to, hold, breakdown }) => ({
    events: [
      { at: '/from', choice: from },
      { at: '/to', choice: to },
    ],
    props: hold === undefined ? [] : [{ at: '/hold', prop: hold }],
    breakdown,
  }),
  async numbers(inquiry, question) {
    check(question)
    const inner = innerQuery(inquiry, question)
    const top = await rank(inquiry, question, inner)
    const days = question.compare ? comparedDays(inquiry, question) : undefined
    const before = days && innerQuery(inquiry, question, days)
    const [own, then] = await Promise.all([
      measure(inquiry, inner, top),
      before && measure(inquiry, before, top),
    ])
    // One set of bounds, so that bin stands beside bin.
    const plan = planBins(question, [own.whole, ...(then ? [then.whole] : [])])
    const [counted, compared] = await Promise.all([
      countsOf(inquiry, question, { inner, top, plan, days: inquiry.days, measured: own }),
      before && countsOf(inquiry, question, { inner: before, top, plan, days, measured: then as Measured }),
    ])
    if (days === undefined || compared === undefined) return counted
    return { ...counted, compare: { range: { from: days.from, to: days.to }, ...compared } }
  },
  async people(inquiry, question, cell) {
    check(question)
    const days = cell.compared && question.compare ? comparedDays(inquiry, question) : inquiry.days
    const inner = innerQuery(inquiry, question, days)
    const ranked = () => rank(inquiry, question, innerQuery(inquiry, question))
    const about = [
      ...(cell.t === undefined ? [] : [`k = ${keyOf(inquiry, question, days, cell)}`]),
      ...(await combinationSql(inquiry, inner, cell.breakdown, ranked)),
    ]
    const pairs = `SELECT person, took FROM (\n${inner.sql}\n) WHERE ${about.join(' AND ') || '1'}`
    // The mark as the numbers have it: over the same pairs.
    const markOf = (mark: GapMark) => `(SELECT ${markSql[mark]} FROM (\n${pairs}\n))`
    const conditions = [
      ...(cell.from === undefined ? [] : [`took >= ${cell.from * 1000}`]),
      ...(cell.until === undefined ? [] : [`took < ${cell.until * 1000}`]),
      ...(cell.above === undefined ? [] : [`took > ${markOf(cell.above)}`]),
      ...(cell.upto === undefined ? [] : [`took <= ${markOf(cell.upto)}`]),
    ]
    return `SELECT person FROM (\n${pairs}\n) WHERE ${conditions.join(' AND ') || '1'}`
  },
}

function check({ brackets = [] }: IntervalQuestion): void {
  if (brackets.some((bound, at) => at > 0 && bound <= (brackets[at - 1] as number)))
    throw badQuestion('/brackets', 'not_increasing', 'Bounds of bins go up.')
}

// By pairs, as the numbers are of pairs.
const rank = (inquiry: Inquiry, { top }: IntervalQuestion, inner: Inner) =>
  rankCombinations(inquiry, inner, top, 'count()')

const comparedDays = (inquiry: Inquiry, { compare = 'previous', interval = 'day' }: IntervalQuestion): Days =>
  comparedRange(compare, inquiry.days, interval, inquiry.zone)

type Row = { all: number; place: number; people: number; pairs: number; q: number[]; numbers: number[] }
const shares = [0.1, 0.25, 0.5, 0.75, 0.9]
const sums = `uniqExact(person) AS people, count() AS pairs, quantilesExactInclusive(${shares.join(', ')})(took) AS q,
  [avg(took), toFloat64(min(took)), toFloat64(max(took))] AS numbers`

const markSql: Record<GapMark, string> = {
  avg: 'avg(took)',
  ...(Object.fromEntries(
    (['p10', 'p25', 'p50', 'p75', 'p90'] as const).map((name, at) => [
      name,
      `quantileExactInclusive(${shares[at]})(took)`,
    ]),
  ) as Record<Exclude<GapMark, 'avg'>, string>),
}

type Measured = Awaited<ReturnType<typeof measure>>

async function measure(inquiry: Inquiry, inner: Inner, top: Ranked) {
  const isBroken = inner.names.length > 0
  const [place, all] = isBroken ? ['place', 'grouping(place)'] : ['0 AS place', '1']
  const rows = await inquiry.ask<Row>(
    `SELECT ${place}, ${all} AS all, ${sums} FROM (\n${placed(inquiry, inner, top)}\n)
     ${isBroken ? `GROUP BY GROUPING SETS (${wholeAndPlaces(inner)})` : ''}`,
  )
  const values = rows
    .filter((row) => row.all === 0)
    .toSorted((a, b) => a.place - b.place)
    .map((row) => ({ place: row.place, gaps: gapsOf(row) }))
  return { whole: gapsOf(rows.find((row) => row.all === 1)), values: isBroken ? values : undefined }
}

function gapsOf(row: Row | undefined): Gaps {
  const { people = 0, pairs = 0 } = row ?? {}
  const of = (ms: number | undefined) => (pairs === 0 || ms === undefined ? null : ms / 1000)
  const [p10, p25, p50, p75, p90] = (row?.q ?? []).map(of)
  const [avg, min, max] = (row?.numbers ?? []).map(of)
  const known = { p25, p50, p75, avg, p10, p90, min, max }
  const filled = Object.entries(known).map(([name, value]) => [name, value ?? null])
  return { people, pairs, ...Object.fromEntries(filled) }
}

type Counted = { inner: Inner; top: Ranked; plan: BinPlan; days: Days; measured: Measured }

/** Of one period: what was measured, with its bins and how it went over time. */
async function countsOf(inquiry: Inquiry, question: IntervalQuestion, counted: Counted) {
  const { inner, top, plan, days, measured } = counted
  const [binsAt, trend] = await Promise.all([
    countBins(inquiry, inner, top, plan),
    question.interval ? trendOf(inquiry, question.interval, { inner, top, days }) : undefined,
  ])
  const values = measured.values?.map(({ place, gaps }) => ({
    ...combinationAt(inner.names.length, top, place),
    ...gaps,
    bins: binsAt(place),
  }))
  return {
    ...{ ...measured.whole, bins: binsAt() },
    ...(values ? { values } : {}),
    ...(trend ? { trend } : {}),
  }
}

async function trendOf(
  inquiry: Inquiry,
  interval: NonNullable<IntervalQuestion['interval']>,
  { inner, top, days }: Pick<Counted, 'inner' | 'top' | 'days'>,
): Promise<IntervalAnswer['trend']> {
  const buckets = bucketsOf(days, interval, inquiry.zone)
  const rows = await inquiry.ask<Row & { k: number }>(
    `SELECT place, k, 0 AS all, ${sums} FROM (\n${placed(inquiry, inner, top)}\n) GROUP BY place, k`,
  )
  const size = inner.names.length
  const places = size === 0 ? [0] : [...new Set(rows.map(({ place }) => place))].toSorted((a, b) => a - b)
  const lines = places.map((place) => {
    const own = new Map(rows.filter((row) => row.place === place).map((row) => [Number(row.k), row]))
    const points = buckets.map(({ t, key }) => {
      const { people, pairs, p50, avg } = gapsOf(own.get(key))
      return { t, people, pairs, p50, avg }
    })
    return { ...(size === 0 ? { breakdown: [] } : combinationAt(size, top, place)), points }
  })
  return { interval, lines }
}

function keyOf(inquiry: Inquiry, { interval }: IntervalQuestion, days: Days, { t }: IntervalCell): number {
  if (interval === undefined)
    throw badQuestion('/interval', 'interval_missing', 'A point in time belongs to an interval.')
  const bucket = bucketsOf(days, interval, inquiry.zone).find((one) => one.t === t)
  if (bucket === undefined) throw badQuestion('/cell/t', 'unknown_time', 'There is no such point.')
  return bucket.key
}
