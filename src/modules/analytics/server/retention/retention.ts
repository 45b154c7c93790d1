import type { Analysis } from '#modules/analytics/server/analysis.ts'
import { badQuestion } from '#modules/analytics/server/check-question.ts'
import { innerQuery } from '#modules/analytics/server/retention/inner-query.ts'
import { planRetention } from '#modules/analytics/server/retention/plan.ts'
import { positionOf } from '#modules/analytics/server/sql/positions.ts'
import { aggregateSql } from '#modules/analytics/server/trend/inner-query.ts'

// In place of a hit: the cohort itself.
const whole = -1

/** Who comes back after they began, and when. */
export const retention: Analysis<'retention'> = {
  names: (question) => ({
    events: [
      { at: '/start', choice: question.start },
      { at: '/return', choice: question.return },
    ],
    props: question.prop === undefined ? [] : [{ at: '/prop', prop: question.prop }],
  }),
  async numbers(inquiry, question) {
    const plan = planRetention(inquiry, question)
    const { interval, measure } = question
    const isOfNumbers = measure !== 'people'
    const nums = isOfNumbers ? ", arrayPushFront(nums, CAST([], 'Array(Float64)')) AS nums" : ''
    const rows = await inquiry.ask<{ c: number; hit: number; people: number; value: number | null }>(
      `SELECT c, hit, toUInt32(count()) AS people, ${isOfNumbers ? aggregateSql(measure) : 'NULL'} AS value
       FROM (SELECT c, hit${isOfNumbers ? ', nums' : ''} FROM (\n${innerQuery(inquiry, question, plan)}\n)
         ARRAY JOIN arrayPushFront(hits, toInt32(${whole})) AS hit${nums})
       GROUP BY c, hit`,
    )
    const found = new Map(rows.map((row) => [`${row.c} ${row.hit}`, row]))
    const empty = measure === 'avg' ? null : 0
    const cohorts = plan.cohorts.map((bucket, cohort) => {
      const of = (hit: number) => found.get(`${positionOf(bucket, interval)} ${hit}`)
      const size = of(whole)?.people ?? 0
      const values = plan.columns.map((_, at) => {
        if (at === 0 && !isOfNumbers) return size
        if (plan.doneAt(cohort, at) > inquiry.ctx.now) return null
        return (isOfNumbers ? of(at)?.value : of(at)?.people) ?? empty
      })
      return { date: bucket.t, size, values }
    })
    return { interval, columns: plan.columns, cohorts }
  },
  async people(inquiry, question, { cohort, period }) {
    const plan = planRetention(inquiry, question)
    const bucket = plan.cohorts.find(({ t }) => t === cohort)
    if (!bucket) throw badQuestion('/cell/cohort', 'unknown_cohort', 'There is no such cohort.')
    if (period >= plan.columns.length)
      throw badQuestion('/cell/period', 'unknown_period', 'There is no such period.')
    const held = question.measure === 'people' && period === 0 ? '1' : `has(hits, ${period})`
    return `SELECT person FROM (\n${innerQuery(inquiry, question, plan)}\n)
      WHERE c = ${positionOf(bucket, question.interval)} AND ${held}`
  },
}
