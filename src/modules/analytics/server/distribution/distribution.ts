import {
  type DistributionPoint,
  type DistributionQuestion,
  isOfProp,
} from '#modules/analytics/contract/distribution.ts'
import type { Analysis } from '#modules/analytics/server/analysis.ts'
import { badQuestion } from '#modules/analytics/server/check-question.ts'
import { boundsOf, bracketsOf } from '#modules/analytics/server/distribution/brackets.ts'
import { eventRows, innerQuery } from '#modules/analytics/server/distribution/inner-query.ts'
import { periodsOf, pointsByValue, wholePoints } from '#modules/analytics/server/distribution/points.ts'
import { combinationSql, type Ranked, rankCombinations } from '#modules/analytics/server/sql/combinations.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { comparedRange, type Days } from '#modules/analytics/server/sql/resolve-range.ts'
import { bindNumber } from '#modules/rules/index.ts'

/** How many people do something how often, or come to how much. */
export const distribution: Analysis<'distribution'> = {
  names: ({ event, measure, prop, breakdown }) => ({
    events: [{ at: '/event', choice: event }],
    props: isOfProp(measure) && prop !== undefined ? [{ at: '/prop', prop }] : [],
    breakdown,
  }),
  async numbers(inquiry, question) {
    check(question)
    const [bounds, top] = await Promise.all([
      boundsOf(inquiry, question),
      question.breakdown?.length ? rank(inquiry, question) : undefined,
    ])
    const days = question.compare ? comparedDays(inquiry, question) : undefined
    const [own, compared] = await Promise.all([
      countsOf(inquiry, question, bounds, top, inquiry.days),
      days && countsOf(inquiry, question, bounds, top, days),
    ])
    // What is less than the first bound is shown where anybody is there: of a count nobody is.
    const isLess = [own, compared].some(
      (one) => one && pointsIn(one).some(({ counts }) => (counts[0] ?? 0) > 0),
    )
    const shown = (points: DistributionPoint[]) =>
      isLess ? points : points.map((point) => ({ ...point, counts: point.counts.slice(1) }))
    const cut = ({ points, values }: Counted) => ({
      points: shown(points),
      ...(values ? { values: values.map((one) => ({ ...one, points: shown(one.points) })) } : {}),
    })
    return {
      interval: question.interval,
      brackets: bracketsOf(bounds).slice(isLess ? 0 : 1),
      ...cut(own),
      ...(days && compared ? { compare: { range: { from: days.from, to: days.to }, ...cut(compared) } } : {}),
    }
  },
  async people(inquiry, question, cell) {
    check(question)
    const days = cell.compared && question.compare ? comparedDays(inquiry, question) : inquiry.days
    const rows = eventRows(
      inquiry,
      cell.breakdown !== undefined ? question : { ...question, breakdown: [] },
      days,
    )
    const where = await combinationSql(inquiry, rows, cell.breakdown, () => rank(inquiry, question))
    const conditions = [
      ...(cell.from === undefined ? [] : [`value >= ${bindNumber(inquiry.bindings, cell.from)}`]),
      ...(cell.until === undefined ? [] : [`value < ${bindNumber(inquiry.bindings, cell.until)}`]),
      ...(cell.t === undefined ? [] : [`k = ${keyOf(inquiry, question, days, cell.t)}`]),
    ]
    return `SELECT person FROM (\n${innerQuery(question, rows.sql, { where })}\n) WHERE ${conditions.join(' AND ') || '1'}`
  },
}

function check({ measure, prop, brackets = [] }: DistributionQuestion): void {
  if (isOfProp(measure) && prop === undefined)
    throw badQuestion('/prop', 'prop_missing', `${measure} needs a property.`)
  if (brackets.some((bound, at) => at > 0 && bound <= (brackets[at - 1] as number)))
    throw badQuestion('/brackets', 'not_increasing', 'Lower bounds go up.')
}

const rank = (inquiry: Inquiry, question: DistributionQuestion) =>
  rankCombinations(inquiry, eventRows(inquiry, question), question.top, 'uniqExact(person)')

const comparedDays = (inquiry: Inquiry, { compare = 'previous', interval }: DistributionQuestion): Days =>
  comparedRange(compare, inquiry.days, interval === 'range' ? 'day' : interval, inquiry.zone)

type Counted = Awaited<ReturnType<typeof countsOf>>

/** Of one period: everybody, and each combination. */
async function countsOf(
  inquiry: Inquiry,
  question: DistributionQuestion,
  bounds: readonly number[],
  top: Ranked | undefined,
  days: Days,
) {
  const [points, values] = await Promise.all([
    wholePoints(inquiry, question, bounds, days),
    top && pointsByValue(inquiry, question, bounds, top, days),
  ])
  return { points, values }
}

const pointsIn = ({ points, values = [] }: Counted) => [...points, ...values.flatMap((one) => one.points)]

function keyOf(inquiry: Inquiry, question: DistributionQuestion, days: Days, t: string): number {
  const period = periodsOf(inquiry, question, days).find((one) => one.t === t)
  if (period === undefined) throw badQuestion('/cell/t', 'unknown_time', 'There is no such point.')
  return period.key
}
