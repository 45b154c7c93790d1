import type { BreakdownValues } from '#modules/analytics/contract/question.ts'
import type { RetentionQuestion } from '#modules/analytics/contract/retention.ts'
import type { Analysis } from '#modules/analytics/server/analysis.ts'
import { badQuestion } from '#modules/analytics/server/check-question.ts'
import { countSets, isOfSets } from '#modules/analytics/server/retention/count-sets.ts'
import { innerQuery } from '#modules/analytics/server/retention/inner-query.ts'
import { type Plan, planRetention } from '#modules/analytics/server/retention/plan.ts'
import { bothPeriods, daysOf } from '#modules/analytics/server/sql/both-periods.ts'
import { placeSql } from '#modules/analytics/server/sql/break-down.ts'
import { placeOfCell, rankPeople, valuesOfPlace } from '#modules/analytics/server/sql/by-value.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { positionOf } from '#modules/analytics/server/sql/positions.ts'
import { aggregateSql } from '#modules/analytics/server/trend/inner-query.ts'

// In place of a hit: the cohort itself.
const whole = -1
type Row = { place: number; whole: number; c: number; hit: number; people: number; value: number | null }

/** Who comes back after they began, and when. */
export const retention: Analysis<'retention'> = {
  names: (question) => ({
    events: [
      { at: '/start', choice: question.start },
      { at: '/return', choice: question.return },
    ],
    props: question.prop === undefined ? [] : [{ at: '/prop', prop: question.prop }],
    breakdown: question.breakdown,
  }),
  async numbers(inquiry, question) {
    const plan = planRetention(inquiry, question)
    const top = await rank(inquiry, question, plan)
    const counted = await bothPeriods(inquiry, question, (days) =>
      cohortsOf(inquiry, question, planRetention(inquiry, question, days), top),
    )
    return { interval: question.interval, columns: plan.columns, ...counted }
  },
  async people(inquiry, question, { cohort, period, breakdown, compared }) {
    const own = planRetention(inquiry, question)
    const plan = planRetention(inquiry, question, daysOf(inquiry, question, { compared }))
    const bucket = plan.cohorts.find(({ t }) => t === cohort)
    if (!bucket) throw badQuestion('/cell/cohort', 'unknown_cohort', 'There is no such cohort.')
    if (period >= plan.columns.length)
      throw badQuestion('/cell/period', 'unknown_period', 'There is no such period.')
    const held = question.measure === 'people' && period === 0 ? '1' : `has(hits, ${period})`
    const of = await placeOfCell(question.breakdown, breakdown, () => rank(inquiry, question, own))
    const { sql, names } = innerQuery(inquiry, question, plan)
    const placed = of === undefined ? '1' : `${placeSql(inquiry, names, of.top)} = ${of.place}`
    return `SELECT person FROM (\n${sql}\n)
      WHERE c = ${positionOf(bucket, question.interval)} AND ${held} AND ${placed}`
  },
}

/** Combinations by who is in any cohort with them. */
async function rank(
  inquiry: Inquiry,
  question: RetentionQuestion,
  plan: Plan,
): Promise<BreakdownValues[] | undefined> {
  if (!question.breakdown?.length) return undefined
  return rankPeople(inquiry, innerQuery(inquiry, question, plan), question.top)
}

/** Of everybody, and of each combination; out of the same rows, so that these add up. */
async function cohortsOf(
  inquiry: Inquiry,
  question: RetentionQuestion,
  plan: Plan,
  top: readonly BreakdownValues[] | undefined,
) {
  if (isOfSets(question, plan))
    return { cohorts: presented(inquiry, question, plan, await setRows(inquiry, question, plan)) }
  const { measure, breakdown = [] } = question
  const isOfNumbers = measure !== 'people'
  const nums = isOfNumbers ? ", arrayPushFront(nums, CAST([], 'Array(Float64)')) AS nums" : ''
  const { sql, names } = innerQuery(inquiry, question, plan)
  const place = top === undefined ? '' : `toUInt32(${placeSql(inquiry, names, top)}) AS place, `
  const members = `SELECT ${place}c, hits${isOfNumbers ? ', nums' : ''} FROM (\n${sql}\n)`
  const rows = await inquiry.ask<Row>(
    `SELECT ${top === undefined ? '0 AS place, 1 AS whole' : 'place, grouping(place) AS whole'}, c, hit, toUInt32(count()) AS people,
       ${isOfNumbers ? aggregateSql(measure) : 'NULL'} AS value
     FROM (SELECT ${place && 'place, '}c, hit${isOfNumbers ? ', nums' : ''} FROM (\n${members}\n)
       ARRAY JOIN arrayPushFront(hits, toInt32(${whole})) AS hit${nums})
     GROUP BY ${top === undefined ? 'c, hit' : 'GROUPING SETS ((place, c, hit), (c, hit))'}`,
  )
  const isWhole = (row: Row) => top === undefined || row.whole === 1
  const cohorts = presented(inquiry, question, plan, rows.filter(isWhole))
  if (top === undefined) return { cohorts }
  const parts = Map.groupBy(
    rows.filter((row) => !isWhole(row)),
    (row) => row.place,
  )
  return {
    cohorts,
    breakdown: [...parts]
      .toSorted(([a], [b]) => a - b)
      .map(([at, of]) => ({
        ...valuesOfPlace(breakdown, top, at),
        cohorts: presented(inquiry, question, plan, of),
      })),
  }
}

async function setRows(inquiry: Inquiry, question: RetentionQuestion, plan: Plan): Promise<Row[]> {
  const sets = await countSets(inquiry, question, plan)
  return sets.map(({ c, hit, size, people }) => {
    const row = { place: 0, whole: 1, c, value: null }
    return hit === 0 ? { ...row, hit: whole, people: size } : { ...row, hit, people }
  })
}

function presented(inquiry: Inquiry, question: RetentionQuestion, plan: Plan, rows: readonly Row[]) {
  const { interval, measure } = question
  const isOfNumbers = measure !== 'people'
  const found = new Map(rows.map((row) => [`${row.c} ${row.hit}`, row]))
  const empty = measure === 'avg' ? null : 0
  return plan.cohorts.map((bucket, cohort) => {
    const of = (hit: number) => found.get(`${positionOf(bucket, interval)} ${hit}`)
    const size = of(whole)?.people ?? 0
    const values = plan.columns.map((_, at) => {
      if (at === 0 && !isOfNumbers) return size
      if (!inquiry.reads.isOver(plan.doneAt(cohort, at))) return null
      return (isOfNumbers ? of(at)?.value : of(at)?.people) ?? empty
    })
    return { date: bucket.t, size, values }
  })
}
