import {
  type Heat,
  type HeatmapAnswer,
  type HeatmapQuestion,
  hoursOfDay,
  weekdays,
} from '#modules/analytics/contract/heatmap.ts'
import type { Compare } from '#modules/analytics/contract/question.ts'
import type { Analysis } from '#modules/analytics/server/analysis.ts'
import { badQuestion } from '#modules/analytics/server/check-question.ts'
import { innerQuery, zoneAttribute } from '#modules/analytics/server/heatmap/inner-query.ts'
import {
  combinationAt,
  combinationSql,
  type Inner,
  placed,
  type Ranked,
  rankCombinations,
  wholeAndPlaces,
} from '#modules/analytics/server/sql/combinations.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { millionthsSql } from '#modules/analytics/server/sql/prop-numbers.ts'
import { comparedRange, type Days } from '#modules/analytics/server/sql/resolve-range.ts'
import { dayNumber } from '#modules/analytics/server/sql/time-buckets.ts'

/** On which days of the week and at which hours things happen. */
export const heatmap: Analysis<'heatmap'> = {
  names: ({ event, math, prop, zone, breakdown }) => ({
    events: [{ at: '/event', choice: event }],
    props: [
      ...(math === 'sum' && prop !== undefined ? [{ at: '/prop', prop }] : []),
      ...(zone === 'person' ? [{ at: '/zone', prop: zoneAttribute }] : []),
    ],
    breakdown,
  }),
  async numbers(inquiry, question) {
    check(question)
    const inner = await innerQuery(inquiry, question)
    const top = await rank(inquiry, question, inner)
    const [own, clocks, compared] = await Promise.all([
      heats(inquiry, question, inner, top, inquiry.days),
      question.zone === 'person' ? countClocks(inquiry, inner) : undefined,
      question.compare ? before(inquiry, question, top, question.compare) : undefined,
    ])
    return { ...own, ...(clocks ? { clocks } : {}), ...(compared ? { compare: compared } : {}) }
  },
  async people(inquiry, question, cell) {
    check(question)
    const { compare } = question
    const days = cell.compared && compare !== undefined ? comparedDays(inquiry, compare) : inquiry.days
    const inner = await innerQuery(inquiry, question, days)
    const ranked = async () =>
      rank(inquiry, question, days === inquiry.days ? inner : await innerQuery(inquiry, question))
    const conditions = [
      ...(cell.weekday === undefined ? [] : [`weekday = ${cell.weekday}`]),
      ...(cell.hour === undefined ? [] : [`hour = ${cell.hour}`]),
      ...(await combinationSql(inquiry, inner, cell.breakdown, ranked)),
    ]
    return `SELECT person FROM (\n${inner.sql}\n) WHERE ${conditions.join(' AND ') || '1'}`
  },
}

function check({ math, prop }: HeatmapQuestion): void {
  if (math === 'sum' && prop === undefined)
    throw badQuestion('/prop', 'prop_missing', 'A sum needs a property.')
}

// Whole weeks back, so that a Monday stands beside a Monday.
const comparedDays = ({ days, zone }: Inquiry, compare: Compare) => comparedRange(compare, days, 'week', zone)

async function before(inquiry: Inquiry, question: HeatmapQuestion, top: Ranked, compare: Compare) {
  const days = comparedDays(inquiry, compare)
  const heat = await heats(inquiry, question, await innerQuery(inquiry, question, days), top, days)
  return { range: { from: days.from, to: days.to }, ...heat }
}

const sum = `toFloat64(sum(s)) / 1000000`
const values = {
  count: 'toFloat64(sum(n))',
  people: 'toFloat64(uniqExact(person))',
  per_person: 'sum(n) / uniqExact(person)',
  sum,
}
const sizes = { ...values, count: 'count()', per_person: 'count()', sum: millionthsSql('nums') }

const rank = (inquiry: Inquiry, { top, math }: HeatmapQuestion, inner: Inner) =>
  rankCombinations(inquiry, inner, top, sizes[math])

type Row = { all: number; w: number; h: number; place: number; weekday: number; hour: number; value: number }

/** Each cell, each row and column of the map and the whole, counted and never added up: nobody twice. */
async function heats(inquiry: Inquiry, question: HeatmapQuestion, inner: Inner, top: Ranked, days: Days) {
  const { math } = question
  const byPerson = math === 'people' || math === 'per_person'
  const keys = ['place', 'weekday', 'hour', ...(byPerson ? ['person'] : [])].join(', ')
  // Few rows for the many groupings: a person once in each cell, or each cell once.
  const cells = `SELECT ${keys}, count() AS n${math === 'sum' ? `, ${millionthsSql('nums')} AS s` : ''}
    FROM (\n${placed(inquiry, inner, top)}\n) GROUP BY ${keys}`
  const sets = wholeAndPlaces(inner, [['weekday', 'hour'], ['weekday'], ['hour'], []])
  const all = inner.names.length > 0 ? 'grouping(place)' : '1'
  const place = inner.names.length > 0 ? 'place' : '0 AS place'
  const rows = await inquiry.ask<Row>(
    `SELECT ${place}, weekday, hour, ${all} AS all, grouping(weekday) AS w, grouping(hour) AS h, ${values[math]} AS value
     FROM (\n${cells}\n) GROUP BY GROUPING SETS (${sets})`,
  )
  const empty = math === 'per_person' ? null : 0
  const whole = heatOf(
    rows.filter((row) => row.all === 1),
    empty,
    days,
  )
  if (inner.names.length === 0) return whole
  const byPlace = Map.groupBy(
    rows.filter((row) => row.all === 0),
    (row) => row.place,
  )
  const found = [...byPlace].toSorted(([a], [b]) => a - b)
  return {
    ...whole,
    values: found.map(([at, own]) => ({
      ...combinationAt(inner.names.length, top, at),
      ...heatOf(own, empty, days),
    })),
  }
}

function heatOf(rows: readonly Row[], empty: 0 | null, days: Days): Heat {
  const found = new Map(
    rows.map((row) => [`${row.w ? '' : row.weekday} ${row.h ? '' : row.hour}`, row.value]),
  )
  const of = (weekday?: number, hour?: number) => found.get(`${weekday ?? ''} ${hour ?? ''}`) ?? empty
  return {
    cells: weekdays.flatMap((weekday) =>
      hoursOfDay.map((hour) => ({ weekday, hour, value: of(weekday, hour) })),
    ),
    weekdays: weekdays.map((weekday) => ({ weekday, value: of(weekday), days: daysOf(weekday, days) })),
    hours: hoursOfDay.map((hour) => ({ hour, value: of(undefined, hour) })),
    total: of(),
  }
}

/** How many days of the range are this weekday. */
function daysOf(weekday: number, { from, to }: Days): number {
  const upTo = (day: number) => Math.floor((day + 3 - (weekday - 1)) / 7)
  return upTo(dayNumber(to)) - upTo(dayNumber(from) - 1)
}

async function countClocks(inquiry: Inquiry, { sql }: Inner): Promise<HeatmapAnswer['clocks']> {
  const [row] = await inquiry.ask<NonNullable<HeatmapAnswer['clocks']>>(
    `SELECT countIf(whose = 1) AS event, countIf(whose = 2) AS person, countIf(whose = 3) AS workspace FROM (\n${sql}\n)`,
  )
  return row ?? { event: 0, person: 0, workspace: 0 }
}
