import { DateTime } from 'luxon'
import { RfmGroup, type RfmQuestion } from '#modules/analytics/contract/rfm.ts'
import { askGroups, type Row } from '#modules/analytics/server/rfm/groups.ts'
import { asOf, type Currencies, innerQuery } from '#modules/analytics/server/rfm/inner-query.ts'
import { cutsOf, groupSql, type HighFrom, highFrom, scoredSql } from '#modules/analytics/server/rfm/scores.ts'
import { breakDown } from '#modules/analytics/server/sql/break-down.ts'
import type { Inner } from '#modules/analytics/server/sql/combinations.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { comparedRange } from '#modules/analytics/server/sql/resolve-range.ts'

/** The period asked about, or the one it is compared with. */
export type Period = { inquiry: Inquiry; question: RfmQuestion }

/** The other period; the as-of day is as far from the last day of its range as it was. */
export function comparedPeriod(inquiry: Inquiry, question: RfmQuestion): Period | undefined {
  if (question.compare === undefined) return undefined
  const days = comparedRange(question.compare, inquiry.days, 'day', inquiry.zone)
  const at = (day: string) => DateTime.fromISO(day, { zone: 'utc' })
  const after = at(asOf(inquiry, question)).diff(at(inquiry.days.to), 'days').days
  const as_of = at(days.to).plus({ days: after }).toFormat('yyyy-MM-dd')
  return { inquiry: { ...inquiry, days }, question: { ...question, as_of } }
}

export type Scored = {
  /** The inner query with the scores `r`, `f`, `m`. */
  sql: string
  rows: Row[]
  from: HighFrom
}

/** Everybody of a period scored among themselves. */
export async function score({ inquiry, question }: Period, currencies: Currencies): Promise<Scored> {
  const inner = innerQuery(inquiry, question, currencies)
  const cuts = await cutsOf(inquiry, question, inner)
  const sql = scoredSql(inner, cuts)
  const rows = await askGroups(inquiry, sql)
  return { sql, rows, from: highFrom(question, rows) }
}

/** Rows of the scored with the attributes `b0…` of their person now. */
export function brokenDown({ inquiry, question }: Period, scored: string): Inner {
  const { joined, names } = breakDown(inquiry, question.breakdown)
  if (joined === '') return { sql: scored, names }
  const select = ['e.person AS person', 'recency', 'frequency', 'money', 'r', 'f', 'm', ...names]
  return { sql: `SELECT ${select.join(', ')} FROM (\n${scored}\n) AS e${joined}`, names }
}

/**
 * A row for whoever ordered in either period, with the group `before` and the one `now` by their place among the eight
 * from 1 on; 0: did not order then.
 */
export function movesSql(now: Scored, before: Scored): string {
  const side = ({ sql, from }: Scored, which: number) =>
    `SELECT person, ${which} AS side, ${placeOfGroup(from)} AS place FROM (\n${sql}\n)`
  return `SELECT person, maxIf(place, side = 1) AS before, maxIf(place, side = 0) AS now
    FROM (${side(now, 0)} UNION ALL ${side(before, 1)}) GROUP BY person`
}

const placeOfGroup = (from: HighFrom): string => {
  const cases = RfmGroup.options.map((group, at) => `${groupSql(group, from)}, ${at + 1}`)
  return `toUInt8(multiIf(${cases.join(', ')}, 0))`
}

/** The place of a group in rows of moves. */
export const placeOf = (group: RfmGroup | null): number =>
  group === null ? 0 : RfmGroup.options.indexOf(group) + 1
export const groupAt = (place: number): RfmGroup | null => RfmGroup.options[place - 1] ?? null
