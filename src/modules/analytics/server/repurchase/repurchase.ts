import type { RepurchaseAnswer, RepurchaseQuestion } from '#modules/analytics/contract/repurchase.ts'
import type { Analysis } from '#modules/analytics/server/analysis.ts'
import { dayBins } from '#modules/analytics/server/purchases/day-bins.ts'
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

const day = 86_400_000
/** Within how many days: a month, two, a quarter, half a year, a year. */
const horizons = [30, 60, 90, 180, 365]

/** Who buys again after the first order, and when. */
export const repurchase: Analysis<'repurchase'> = {
  names: (question) => purchaseNames(question),
  async numbers(inquiry, question) {
    const top = await rankParts(inquiry, innerQuery(inquiry, question), question)
    const counted = await bothPeriods(inquiry, question, (days) => countsOf(inquiry, question, top, days))
    return { interval: question.interval, ...counted }
  },
  async people(inquiry, question, cell) {
    const days = daysOf(inquiry, question, cell)
    const inner = innerQuery(inquiry, question, days)
    const condition = (): string => {
      if ('second' in cell)
        return `gap >= 0 AND intDiv(gap, ${day}) >= ${cell.second.from} AND intDiv(gap, ${day}) < ${cell.second.until}`
      if ('within' in cell)
        return `${isOver(inquiry, cell.within)}${cell.again ? ` AND ${isWithin(cell.within)}` : ''}`
      const bucket = cohortOf(planCohorts(inquiry, question, days), cell)
      return `c = ${positionOf(bucket, question.interval)} AND ${cell.period === 0 ? '1' : isAgain(question, String(cell.period))}`
    }
    const ranked = () => rankParts(inquiry, innerQuery(inquiry, question), question)
    const conditions = [condition(), ...(await combinationSql(inquiry, inner, cell.breakdown, ranked))]
    return `SELECT person FROM (\n${inner.sql}\n) WHERE ${conditions.join(' AND ')}`
  },
}

type Row = {
  c: number
  /** 1: of all cohorts. */
  whole: number
  place: number
  /** 1: of everybody. */
  all: number
  size: number
  /** By period; of the first, whoever it is. */
  again: number[]
  people: number
  quartiles: (number | null)[]
  days: [number[], number[]]
  sum: number
  /** When the next of them has had one of the horizons; 0: nobody any more. */
  next: number
  eligible: number[]
  bought: number[]
}

/**
 * The one inner query: a row for each person who first bought in the range, with the period `c` of that order, `hits`, how
 * many periods later the others are, and `gap`, the ms to the second (−1: none).
 */
function innerQuery(inquiry: Inquiry, question: RepurchaseQuestion, days: Days = inquiry.days): Inner {
  const { event, order_id, interval, breakdown } = question
  const { sql, names } = personPurchases(inquiry, { event, order_id, interval, breakdown }, days)
  const values = names.map((name) => `, ${name}`).join('')
  return {
    sql: `SELECT person, start.1 AS ms, start.3 AS c, arrayMap(x -> toInt32(x.4 - c), arrayPopFront(bought)) AS hits,
      if(length(bought) > 1, bought[2].1 - ms, -1) AS gap${values}
    FROM (\n${sql}\n)`,
    names,
  }
}

/** Of one period: everybody, and each combination; out of the same rows, so that these add up. */
async function countsOf(inquiry: Inquiry, question: RepurchaseQuestion, top: Ranked, days: Days) {
  const plan = planCohorts(inquiry, question, days)
  const rows = await inquiry.ask<Row>(numbersSql(inquiry, question, top, days))
  for (const { next } of rows) if (next > 0) inquiry.reads.until(next)
  return byParts(question.breakdown, top, rows, (own) => {
    const byCohort = new Map(own.filter((row) => row.whole === 0).map((row) => [row.c, row]))
    const cohorts = plan.cohorts.map((bucket, at) => {
      const row = byCohort.get(positionOf(bucket, question.interval))
      const size = row?.size ?? 0
      const values = plan.columns.map((_, period) => {
        if (period === 0) return size
        if (!inquiry.reads.isOver(plan.doneAt(at, period))) return null
        return row?.again[period] ?? 0
      })
      return { date: bucket.t, size, values }
    })
    return { cohorts, ...told(own.find((row) => row.whole === 1)) }
  })
}

/** In order of time, so the first of `hits` is the nearest. */
const isAgain = ({ cumulative }: RepurchaseQuestion, period: string) =>
  cumulative ? `(notEmpty(hits) AND hits[1] <= ${period})` : `has(hits, ${period})`
const isWithin = (days: number) => `(gap >= 0 AND gap <= ${days * day})`
const isOver = (inquiry: Inquiry, days: number) => `(ms + ${days * day} <= ${inquiry.ctx.now})`

function numbersSql(inquiry: Inquiry, question: RepurchaseQuestion, top: Ranked, days: Days): string {
  const inner = innerQuery(inquiry, question, days)
  const isBroken = inner.names.length > 0
  const counts = (conditions: string[]) =>
    `[${conditions.map((one) => `toUInt32(countIf(${one}))`).join(', ')}]`
  return `SELECT c, grouping(c) AS whole, ${isBroken ? 'place, grouping(place)' : '0 AS place, 1'} AS all,
      toUInt32(count()) AS size,
      sumForEach(arrayMap(p -> toUInt32(${isAgain(question, 'p')}), range(${question.periods}))) AS again,
      toUInt32(countIf(gap >= 0)) AS people, sumIf(gap, gap >= 0) / ${day} AS sum,
      arrayMap(x -> x / ${day}, quantilesExactInclusiveIf(0.25, 0.5, 0.75)(gap, gap >= 0)) AS quartiles,
      minIf(arrayMin(arrayFilter(x -> x > ${inquiry.ctx.now}, arrayMap(d -> ms + d, [${horizons.map((days) => days * day)}]))),
        ms + ${Math.max(...horizons) * day} > ${inquiry.ctx.now}) AS next,
      sumMapIf([toUInt32(intDiv(gap, ${day}))], [toUInt32(1)], gap >= 0) AS days,
      ${counts(horizons.map((days) => isOver(inquiry, days)))} AS eligible,
      ${counts(horizons.map((days) => `${isOver(inquiry, days)} AND ${isWithin(days)}`))} AS bought
    FROM (\n${placed(inquiry, inner, top)}\n)
    GROUP BY GROUPING SETS (${wholeAndPlaces(inner, [['c'], []])})`
}

function told(row: Row | undefined): Pick<RepurchaseAnswer, 'second' | 'rates'> {
  const people = row?.people ?? 0
  const quartile = (at: number) => (people === 0 ? null : (row?.quartiles[at] ?? null))
  const avg = people === 0 || row === undefined ? null : row.sum / people
  return {
    second: {
      people,
      p25: quartile(0),
      p50: quartile(1),
      p75: quartile(2),
      avg,
      bins: dayBins(row?.days ?? [[], []]),
    },
    rates: horizons.map((days, at) => {
      const [bought, of] = [row?.bought[at] ?? 0, row?.eligible[at] ?? 0]
      return { days, people: bought, of, rate: of === 0 ? null : bought / of }
    }),
  }
}
