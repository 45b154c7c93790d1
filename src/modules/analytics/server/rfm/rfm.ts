import type { RfmCell, RfmQuestion } from '#modules/analytics/contract/rfm.ts'
import type { Analysis } from '#modules/analytics/server/analysis.ts'
import { badQuestion } from '#modules/analytics/server/check-question.ts'
import { joined, levelsOf, measured, namedOf, type Totalled } from '#modules/analytics/server/rfm/groups.ts'
import { asOf, currencyOf } from '#modules/analytics/server/rfm/inner-query.ts'
import {
  brokenDown,
  comparedPeriod,
  groupAt,
  movesSql,
  type Period,
  placeOf,
  type Scored,
  score,
} from '#modules/analytics/server/rfm/periods.ts'
import { groupSql } from '#modules/analytics/server/rfm/scores.ts'
import { propOf } from '#modules/analytics/server/sql/break-down.ts'
import { valuesOfPlace } from '#modules/analytics/server/sql/by-value.ts'
import { combinationSql, placed, rankCombinations } from '#modules/analytics/server/sql/combinations.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'

/** Who bought lately, often and for much: everybody scored on the three, and the eight groups of that. */
export const rfm: Analysis<'rfm'> = {
  names: ({ event, amount, order_id, breakdown }) => ({
    events: event ? [{ at: '/event', choice: event }] : [],
    props: event
      ? [
          { at: '/amount', prop: amount },
          { at: '/order_id', prop: order_id },
        ]
      : [],
    breakdown,
  }),
  async numbers(inquiry, question) {
    check(question)
    const currencies = await currencyOf(inquiry, question)
    const before = comparedPeriod(inquiry, question)
    const [scored, then] = await Promise.all([
      score({ inquiry, question }, currencies),
      before && score(before, currencies),
    ])
    const { rows, from } = scored
    const [parts, compare] = await Promise.all([
      question.breakdown?.length ? partsOf({ inquiry, question }, scored) : undefined,
      before && then && compareWith(before, scored, then),
    ])
    return {
      as_of: asOf(inquiry, question),
      ...summed(rows),
      groups: rows.map((row) => ({ r: row.r, f: row.f, m: row.m, ...measured(row) })),
      named: namedOf(rows, from),
      levels: { r: levelsOf(rows, 'r'), f: levelsOf(rows, 'f'), m: levelsOf(rows, 'm') },
      high_from: from,
      ...(parts ? { breakdown: parts } : {}),
      ...(compare ? { compare } : {}),
      ...currencies,
    }
  },
  async people(inquiry, question, cell) {
    check(question)
    const currencies = await currencyOf(inquiry, question)
    const before = comparedPeriod(inquiry, question)
    if ('move' in cell) {
      if (!before) throw badQuestion('/compare', 'compare_missing', 'A move is between two periods.')
      const [now, then] = await Promise.all([
        score({ inquiry, question }, currencies),
        score(before, currencies),
      ])
      const held = [
        ...(cell.move.from === undefined ? [] : [`before = ${placeOf(cell.move.from)}`]),
        ...(cell.move.to === undefined ? [] : [`now = ${placeOf(cell.move.to)}`]),
      ]
      return `SELECT person FROM (\n${movesSql(now, then)}\n) WHERE ${held.join(' AND ') || '1'}`
    }
    const period = cell.compared && before ? before : { inquiry, question }
    const scored = await score(period, currencies)
    const inner = brokenDown(period, scored.sql)
    const ranked = async () => {
      const own = { inquiry, question }
      return rank(inquiry, own, period === before ? await score(own, currencies) : scored)
    }
    const conditions = [
      ...heldSql(cell, scored),
      ...(await combinationSql(inquiry, inner, cell.breakdown, ranked)),
    ]
    return `SELECT person FROM (\n${inner.sql}\n) WHERE ${conditions.join(' AND ') || '1'}`
  },
}

function check({ breakdown = [] }: RfmQuestion): void {
  const at = breakdown.findIndex((by) => propOf(by) !== undefined)
  if (at >= 0)
    throw badQuestion(
      `/breakdown/${at}`,
      'not_of_people',
      'The groups are of people and all their orders: broken down by attributes only.',
    )
}

function heldSql(cell: Exclude<RfmCell, { move: unknown }>, { from }: Scored): string[] {
  if ('group' in cell) return [groupSql(cell.group, from)]
  return (['r', 'f', 'm'] as const).flatMap((key) =>
    cell[key] === undefined ? [] : [`${key} = ${cell[key]}`],
  )
}

const summed = (rows: readonly Totalled[]) => {
  const { people, money } = joined(rows)
  return { people, monetary_sum: money }
}

const rank = (inquiry: Inquiry, period: Period, { sql }: Scored) =>
  rankCombinations(inquiry, brokenDown(period, sql), period.question.top, 'count()')

/** Each combination, in the groups of everybody. */
async function partsOf(period: Period, scored: Scored) {
  const { inquiry, question } = period
  const top = await rank(inquiry, period, scored)
  const rows = await inquiry.ask<Totalled & { place: number }>(
    `SELECT place, r, f, m, toUInt32(count()) AS people, toFloat64(sum(s.recency)) AS recency,
       toFloat64(sum(s.frequency)) AS frequency, toFloat64(sum(s.money)) / 1000000 AS money
     FROM (\n${placed(inquiry, brokenDown(period, scored.sql), top)}\n) AS s GROUP BY place, r, f, m`,
  )
  return [...Map.groupBy(rows, ({ place }) => place)]
    .toSorted(([a], [b]) => a - b)
    .map(([at, own]) => ({
      ...valuesOfPlace(question.breakdown ?? [], top, at),
      ...summed(own),
      named: namedOf(own, scored.from),
    }))
}

/** The other period's groups, and who went from which to which. */
async function compareWith({ inquiry, question }: Period, now: Scored, then: Scored) {
  const moves = await inquiry.ask<{ before: number; now: number; people: number }>(
    `SELECT before, now, toUInt32(count()) AS people FROM (\n${movesSql(now, then)}\n)
     GROUP BY before, now ORDER BY before, now`,
  )
  return {
    range: { from: inquiry.days.from, to: inquiry.days.to },
    as_of: asOf(inquiry, question),
    ...summed(then.rows),
    named: namedOf(then.rows, then.from),
    moves: moves.map((one) => ({ from: groupAt(one.before), to: groupAt(one.now), people: one.people })),
  }
}
