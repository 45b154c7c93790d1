import type { LtvQuestion } from '#modules/analytics/contract/ltv.ts'
import type { Analysis } from '#modules/analytics/server/analysis.ts'
import { currenciesOf, currencyOf } from '#modules/analytics/server/purchases/currencies.ts'
import { personPurchases, purchaseNames } from '#modules/analytics/server/purchases/person-purchases.ts'
import { cohortOf, planCohorts } from '#modules/analytics/server/purchases/plan-cohorts.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { positionOf } from '#modules/analytics/server/sql/positions.ts'

/** What the people who began at the same time brought, for each of them, as time goes on. */
export const ltv: Analysis<'ltv'> = {
  names: (question) => purchaseNames(question),
  async numbers(inquiry, question) {
    const plan = planCohorts(inquiry, question)
    const currencies = question.event === undefined ? await currenciesOf(inquiry) : []
    const currency =
      question.event === undefined ? (question.currency ?? currencies[0]?.currency ?? '') : null
    const rows = await inquiry.ask<Row>(numbersSql(inquiry, question, currency))
    const byCohort = Map.groupBy(rows, (row) => row.c)
    const cohorts = plan.cohorts.map((bucket, at) => {
      const own = byCohort.get(positionOf(bucket, question.interval)) ?? []
      const size = own.find((row) => row.what === 0)?.people ?? 0
      let [sum, bought] = [0n, 0]
      const steps = plan.columns.map((_, period) => {
        for (const row of own.filter((one) => one.period === period && one.what !== 0)) {
          if (row.what === 1) bought += row.people
          else sum += BigInt(row.micro)
        }
        const isOver = plan.doneAt(at, period) <= inquiry.ctx.now
        return { value: isOver && size > 0 ? Number(sum) / 1e6 / size : null, buyers: isOver ? bought : null }
      })
      const [values, buyers] = [steps.map(({ value }) => value), steps.map((step) => step.buyers)]
      return { date: bucket.t, size, values, buyers }
    })
    return { interval: question.interval, cohorts, currency, currencies }
  },
  async people(inquiry, question, cell) {
    const bucket = cohortOf(planCohorts(inquiry, question), cell)
    const currency = question.event === undefined ? await currencyOf(inquiry, question.currency) : null
    const hasBought = `notEmpty(bought) AND bought[1].4 - c <= ${cell.period}`
    return `SELECT person FROM (\n${innerQuery(inquiry, question, currency)}\n)
      WHERE c = ${positionOf(bucket, question.interval)} AND ${cell.of === 'cohort' ? '1' : hasBought}`
  },
}

/** `what`: 0 the cohort, 1 those who first bought in `period`, 2 what came in then. */
type Row = { c: number; what: 0 | 1 | 2; period: number; people: number; micro: string }

/** The one inner query: a row for each person who began in the range, period `c`, with their orders and refunds since. */
function innerQuery(inquiry: Inquiry, question: LtvQuestion, currency: string | null): string {
  const purchases = { ...question, currency: currency ?? undefined }
  return `SELECT person, start.3 AS c, bought, arrayFilter(r -> has(arrayMap(x -> x.3, bought), r.1), refunds) AS returned
    FROM (\n${personPurchases(inquiry, purchases)}\n)`
}

function numbersSql(inquiry: Inquiry, question: LtvQuestion, currency: string | null): string {
  const step = (what: number, period: string, micro: string) =>
    `(toUInt8(${what}), toInt32(${period}), toInt128(${micro}))`
  // A refund said to be before its order belongs to the first period at the earliest.
  const steps = `arrayConcat([${step(0, '0', '0')}],
      if(empty(bought), [], [${step(1, 'bought[1].4 - c', '0')}]),
      arrayMap(x -> ${step(2, 'x.4 - c', 'x.5')}, bought),
      arrayMap(r -> ${step(2, 'greatest(r.2 - c, 0)', 'r.3')}, returned))`
  return `SELECT c, step.1 AS what, step.2 AS period, toUInt32(count()) AS people, toString(sum(step.3)) AS micro
    FROM (SELECT c, arrayJoin(${steps}) AS step FROM (\n${innerQuery(inquiry, question, currency)}\n))
    WHERE period < ${question.periods} GROUP BY c, what, period`
}
