import {
  type Correlation,
  correlationLimits,
  type FunnelCell,
  type FunnelQuestion,
} from '#modules/analytics/contract/funnel.ts'
import type { BreakdownBy } from '#modules/analytics/contract/question.ts'
import { badQuestion } from '#modules/analytics/server/check-question.ts'
import { fisherExact, oddsRatio } from '#modules/analytics/server/funnel/association.ts'
import { innerQuery } from '#modules/analytics/server/funnel/inner-query.ts'
import { readWhole } from '#modules/analytics/server/funnel/plain-journeys.ts'
import { isShown, valuesSql } from '#modules/analytics/server/sql/break-down.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'

type Row = { at: number; said: string | null; converted: number; lost: number }
type Told = Pick<Correlation['rows'][number], 'event' | 'by' | 'value'>

// Values of one property that are looked at; those shown are the most frequent of these.
const mostValues = 500
const everybody = -1

/** What those who convert have or do more or less often than those who do not, each held against everybody else. */
export async function correlate(inquiry: Inquiry, question: FunnelQuestion): Promise<Correlation> {
  const { correlate: asked, steps } = question
  const by = Array.isArray(asked) ? asked : []
  // Of each person the things they have, as (which list, what), and one entry that everybody has.
  const { sql, names } = innerQuery(inquiry, alone(question), readWhole)
  const things =
    asked === 'events'
      ? 'arrayMap(name -> (toInt32(0), toNullable(name)), did)'
      : `[${names.map((name, at) => `(toInt32(${at}), ${name})`).join(', ')}]`
  const rows = await inquiry.ask<Row>(
    `SELECT thing.1 AS at, thing.2 AS said, toUInt32(countIf(isWhole)) AS converted, toUInt32(countIf(NOT isWhole)) AS lost
     FROM (SELECT level >= ${steps.length} AS isWhole,
       arrayJoin(arrayPushFront(${things}, (toInt32(${everybody}), CAST(NULL, 'Nullable(String)')))) AS thing FROM (\n${sql}\n))
     GROUP BY at, said HAVING at = ${everybody} OR count() >= ${correlationLimits.fewest}
     ORDER BY count() DESC, said ASC NULLS LAST LIMIT ${mostValues} BY at`,
  )
  const all = rows.find(({ at }) => at === everybody) ?? { converted: 0, lost: 0 }
  const people = all.converted + all.lost
  const telling = rows.filter(
    ({ at, said, converted, lost }) =>
      at !== everybody &&
      people - converted - lost >= correlationLimits.fewest &&
      (asked === 'events' || isShown(inquiry, [said])),
  )
  const shown = [...Map.groupBy(telling, ({ at }) => at).values()].flatMap((of) =>
    of.slice(0, asked === 'events' ? correlationLimits.events : correlationLimits.values),
  )
  const found = shown.map(({ at, said, converted, lost }) => {
    const without = { converted: all.converted - converted, lost: all.lost - lost }
    const table = { a: converted, b: without.converted, c: lost, d: without.lost }
    const p = fisherExact(table)
    const told: Told = asked === 'events' ? { event: said ?? '' } : { by: by[at] as BreakdownBy, value: said }
    const odds = oddsRatio(table)
    return { ...told, with: { converted, lost }, without, odds, p, sure: p * shown.length < 0.05 }
  })
  const strength = ({ odds }: { odds: number }) => Math.abs(Math.log(odds))
  return {
    people,
    converted: all.converted,
    rows: found.toSorted((x, y) => Number(y.sure) - Number(x.sure) || strength(y) - strength(x)),
    left_out: telling.length - shown.length,
  }
}

/** SELECT of the people in one of the four numbers of a row, out of the same inner query. */
export function correlatedPeople(inquiry: Inquiry, question: FunnelQuestion, cell: FunnelCell): string {
  const { event, by, value = null, has, converted } = cell.correlation ?? { has: true }
  const last = question.steps.length
  const isAsked = Array.isArray(question.correlate)
    ? question.correlate.some((one) => JSON.stringify(one) === JSON.stringify(by))
    : question.correlate === 'events' && event !== undefined
  if (!isAsked || cell.t !== undefined || cell.took !== undefined || cell.breakdown !== undefined)
    throw badQuestion(
      '/cell/correlation',
      'not_asked',
      'The cell names what the question correlates, and only that.',
    )
  const { sql, names } = innerQuery(
    inquiry,
    alone({ ...question, correlate: by === undefined ? 'events' : [by] }),
    readWhole,
  )
  if (by !== undefined && !isShown(inquiry, [value]))
    throw badQuestion('/cell/correlation/value', 'not_shown', 'This value is not shown to you.')
  const held =
    by === undefined
      ? `has(did, ${inquiry.bindings.bind('String', event ?? '')})`
      : valuesSql(inquiry, names, [value])
  const level = converted === undefined ? '1' : `level ${converted ? '>=' : '<'} ${last}`
  return `SELECT person FROM (\n${sql}\n) WHERE ${has ? '' : 'NOT '}(${held}) AND ${level}`
}

/** The same people, with what is correlated in place of what they are broken down by. */
function alone(question: FunnelQuestion): FunnelQuestion {
  const { correlate: asked, count, hold } = question
  if (count === 'sessions')
    throw badQuestion('/correlate', 'people_only', 'Correlations are of people, not of visits.')
  if (asked === 'events' && hold !== undefined)
    throw badQuestion('/correlate', 'no_hold', 'Other events belong to no value that is held.')
  return { ...question, breakdown: Array.isArray(asked) ? asked : undefined }
}
