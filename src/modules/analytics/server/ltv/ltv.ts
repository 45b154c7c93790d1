import type { LtvQuestion } from '#modules/analytics/contract/ltv.ts'
import type { Analysis } from '#modules/analytics/server/analysis.ts'
import { currenciesOf, currencyOf } from '#modules/analytics/server/purchases/currencies.ts'
import { byParts, rankParts } from '#modules/analytics/server/purchases/parts.ts'
import { personPurchases, purchaseNames } from '#modules/analytics/server/purchases/person-purchases.ts'
import { cohortOf, planCohorts } from '#modules/analytics/server/purchases/plan-cohorts.ts'
import { bothPeriods, daysOf } from '#modules/analytics/server/sql/both-periods.ts'
import {
  combinationSql,
  type Inner,
  placed,
  type Ranked,
  wholeAndPlaces,
} from '#modules/analytics/server/sql/combinations.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { positionOf } from '#modules/analytics/server/sql/positions.ts'
import type { Days } from '#modules/analytics/server/sql/resolve-range.ts'

/** What the people who began at the same time brought, for each of them, as time goes on. */
export const ltv: Analysis<'ltv'> = {
  names: (question) => purchaseNames(question),
  async numbers(inquiry, question) {
    const currencies = question.event === undefined ? await currenciesOf(inquiry) : []
    const currency =
      question.event === undefined ? (question.currency ?? currencies[0]?.currency ?? '') : null
    const top = await rankParts(inquiry, innerQuery(inquiry, question, currency), question)
    const counted = await bothPeriods(inquiry, question, (days) =>
      countsOf(inquiry, question, { currency, top, days }),
    )
    return { interval: question.interval, ...counted, currency, currencies }
  },
  async people(inquiry, question, cell) {
    const days = daysOf(inquiry, question, cell)
    const bucket = cohortOf(planCohorts(inquiry, question, days), cell)
    const currency = question.event === undefined ? await currencyOf(inquiry, question.currency) : null
    const inner = innerQuery(inquiry, question, currency, days)
    const ranked = () => rankParts(inquiry, innerQuery(inquiry, question, currency), question)
    const conditions = [
      `c = ${positionOf(bucket, question.interval)}`,
      ...(cell.of === 'cohort' ? [] : [`notEmpty(bought) AND bought[1].4 - c <= ${cell.period}`]),
      ...(await combinationSql(inquiry, inner, cell.breakdown, ranked)),
    ]
    return `SELECT person FROM (\n${inner.sql}\n) WHERE ${conditions.join(' AND ')}`
  },
}

type Counted = { currency: string | null; top: Ranked; days: Days }

/** Of one period: everybody, and each combination; out of the same rows, so that their money adds up. */
async function countsOf(inquiry: Inquiry, question: LtvQuestion, { currency, top, days }: Counted) {
  const plan = planCohorts(inquiry, question, days)
  const inner = innerQuery(inquiry, question, currency, days)
  const rows = await inquiry.ask<Row>(numbersSql(inquiry, question, inner, top))
  return byParts(question.breakdown, top, rows, (mine) => {
    const byCohort = Map.groupBy(mine, (row) => row.c)
    const cohorts = plan.cohorts.map((bucket, at) => {
      const own = byCohort.get(positionOf(bucket, question.interval)) ?? []
      const size = own.find((row) => row.what === 0)?.people ?? 0
      let [sum, bought] = [0n, 0]
      const steps = plan.columns.map((_, period) => {
        for (const row of own.filter((one) => one.period === period && one.what !== 0)) {
          if (row.what === 1) bought += row.people
          else sum += BigInt(row.micro)
        }
        const isOver = inquiry.reads.isOver(plan.doneAt(at, period))
        return { value: isOver && size > 0 ? Number(sum) / 1e6 / size : null, buyers: isOver ? bought : null }
      })
      const [values, buyers] = [steps.map(({ value }) => value), steps.map((step) => step.buyers)]
      return { date: bucket.t, size, values, buyers }
    })
    return { cohorts }
  })
}

/** `what`: 0 the cohort, 1 those who first bought in `period`, 2 what came in then. */
type Row = {
  c: number
  what: 0 | 1 | 2
  period: number
  people: number
  micro: string
  all: number
  place: number
}

/** The one inner query: a row for each person who began in the range, period `c`, with their orders and refunds since. */
function innerQuery(
  inquiry: Inquiry,
  question: LtvQuestion,
  currency: string | null,
  days: Days = inquiry.days,
): Inner {
  const { sql, names } = personPurchases(inquiry, { ...question, currency: currency ?? undefined }, days)
  const values = names.map((name) => `, ${name}`).join('')
  return {
    sql: `SELECT person, start.3 AS c, bought, arrayFilter(r -> has(arrayMap(x -> x.3, bought), r.1), refunds) AS returned${values}
    FROM (\n${sql}\n)`,
    names,
  }
}

function numbersSql(inquiry: Inquiry, question: LtvQuestion, inner: Inner, top: Ranked): string {
  const step = (what: number, period: string, micro: string) =>
    `(toUInt8(${what}), toInt32(${period}), toInt128(${micro}))`
  // A refund said to be before its order belongs to the first period at the earliest.
  const steps = `arrayConcat([${step(0, '0', '0')}],
      if(empty(bought), [], [${step(1, 'bought[1].4 - c', '0')}]),
      arrayMap(x -> ${step(2, 'x.4 - c', 'x.5')}, bought),
      arrayMap(r -> ${step(2, 'greatest(r.2 - c, 0)', 'r.3')}, returned))`
  const isBroken = inner.names.length > 0
  return `SELECT ${isBroken ? 'place, grouping(place)' : '0 AS place, 1'} AS all, c, step.1 AS what, step.2 AS period,
      toUInt32(count()) AS people, toString(sum(step.3)) AS micro
    FROM (SELECT place, c, arrayJoin(${steps}) AS step FROM (\n${placed(inquiry, inner, top)}\n))
    WHERE period < ${question.periods} GROUP BY GROUPING SETS (${wholeAndPlaces(inner, [['c', 'what', 'period']])})`
}
