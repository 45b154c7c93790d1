import { type RfmAnswer, RfmGroup } from '#modules/analytics/contract/rfm.ts'
import type { Analysis } from '#modules/analytics/server/analysis.ts'
import { asOf, currencyOf, innerQuery } from '#modules/analytics/server/rfm/inner-query.ts'
import {
  type Cuts,
  cutsOf,
  groupSql,
  type HighFrom,
  highFrom,
  isInGroup,
  scoredSql,
} from '#modules/analytics/server/rfm/scores.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'

/** Who bought lately, often and for much: everybody scored on the three, and the eight groups of that. */
export const rfm: Analysis<'rfm'> = {
  names: ({ event, amount, order_id }) => ({
    events: event ? [{ at: '/event', choice: event }] : [],
    props: event
      ? [
          { at: '/amount', prop: amount },
          { at: '/order_id', prop: order_id },
        ]
      : [],
  }),
  async numbers(inquiry, question) {
    const currencies = await currencyOf(inquiry, question)
    const inner = innerQuery(inquiry, question, currencies)
    const rows = await askGroups(inquiry, inner, await cutsOf(inquiry, question, inner))
    const from = highFrom(question, rows)
    const whole = joined(rows)
    return {
      as_of: asOf(inquiry, question),
      people: whole.people,
      monetary_sum: whole.money,
      groups: rows.map((row) => ({ r: row.r, f: row.f, m: row.m, ...measured(row) })),
      named: RfmGroup.options.map((group) => present(group, rows, from, whole)),
      levels: { r: levelsOf(rows, 'r'), f: levelsOf(rows, 'f'), m: levelsOf(rows, 'm') },
      high_from: from,
      ...currencies,
    }
  },
  async people(inquiry, question, cell) {
    const inner = innerQuery(inquiry, question, await currencyOf(inquiry, question))
    const cuts = await cutsOf(inquiry, question, inner)
    const scored = scoredSql(inner, cuts)
    if ('group' in cell) {
      const from = highFrom(question, await askGroups(inquiry, inner, cuts))
      return `SELECT person FROM (\n${scored}\n) WHERE ${groupSql(cell.group, from)}`
    }
    const held = (['r', 'f', 'm'] as const).flatMap((key) =>
      cell[key] === undefined ? [] : [`${key} = ${cell[key]}`],
    )
    return `SELECT person FROM (\n${scored}\n) WHERE ${held.join(' AND ') || '1'}`
  },
}

type Totals = { people: number; recency: number; frequency: number; money: number }
type Ends = Record<`${'r' | 'f' | 'm'}_${'from' | 'to'}`, number>
type Row = Totals & Ends & { r: number; f: number; m: number }

/** Every combination of scores that somebody has, best first. */
function askGroups(inquiry: Inquiry, inner: string, cuts: Cuts): Promise<Row[]> {
  const ends = [
    ['r', 'recency'],
    ['f', 'frequency'],
    ['m', 'money'],
  ].map(([key, column]) => {
    const scale = key === 'm' ? ' / 1000000' : ''
    return `toFloat64(min(${column}))${scale} AS ${key}_from, toFloat64(max(${column}))${scale} AS ${key}_to`
  })
  return inquiry.ask<Row>(
    `SELECT r, f, m, toUInt32(count()) AS people, toFloat64(sum(s.recency)) AS recency, toFloat64(sum(s.frequency)) AS frequency,
     toFloat64(sum(s.money)) / 1000000 AS money, ${ends.map((one) => one.replaceAll(/(min|max)\(/g, '$1(s.')).join(', ')}
     FROM (\n${scoredSql(inner, cuts)}\n) AS s GROUP BY r, f, m ORDER BY r DESC, f DESC, m DESC`,
  )
}

const joined = (rows: readonly Totals[]): Totals =>
  rows.reduce(
    (all, row) => ({
      people: all.people + row.people,
      recency: all.recency + row.recency,
      frequency: all.frequency + row.frequency,
      // In whole millionths: adding up must not drift.
      money: (Math.round(all.money * 1e6) + Math.round(row.money * 1e6)) / 1e6,
    }),
    { people: 0, recency: 0, frequency: 0, money: 0 },
  )

const measured = ({ people, recency, frequency, money }: Totals) => ({
  people,
  recency_days_avg: people === 0 ? 0 : recency / people,
  frequency_avg: people === 0 ? 0 : frequency / people,
  monetary_sum: money,
})

function present(
  group: RfmGroup,
  rows: readonly Row[],
  from: HighFrom,
  whole: Totals,
): RfmAnswer['named'][number] {
  const own = joined(rows.filter((row) => isInGroup(group, row, from)))
  const ratio = (part: number, all: number) => (all === 0 ? null : part / all)
  return {
    group,
    ...measured(own),
    share: ratio(own.people, whole.people),
    monetary_avg: ratio(own.money, own.people),
    monetary_share: ratio(own.money, whole.money),
  }
}

/** What each score covers in fact: the smallest and largest value that got it. */
function levelsOf(rows: readonly Row[], key: 'r' | 'f' | 'm') {
  const byScore = [...Map.groupBy(rows, (row) => row[key])].sort(([a], [b]) => a - b)
  return byScore.map(([score, own]) => ({
    score,
    people: joined(own).people,
    from: Math.min(...own.map((row) => row[`${key}_from`])),
    to: Math.max(...own.map((row) => row[`${key}_to`])),
  }))
}
