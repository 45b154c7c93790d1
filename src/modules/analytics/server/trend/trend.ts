import type { BreakdownValues } from '#modules/analytics/contract/question.ts'
import {
  isPropMath,
  rollingDays,
  type TrendCell,
  type TrendLine,
  type TrendQuestion,
} from '#modules/analytics/contract/trend.ts'
import type { Analysis } from '#modules/analytics/server/analysis.ts'
import { badQuestion } from '#modules/analytics/server/check-question.ts'
import { isOther, otherValues, placeSql, valuesSql } from '#modules/analytics/server/sql/break-down.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { comparedRange, type Days } from '#modules/analytics/server/sql/resolve-range.ts'
import { bucketsOf, dayNumber } from '#modules/analytics/server/sql/time-buckets.ts'
import { askCombinations } from '#modules/analytics/server/trend/ask-combinations.ts'
import { askSeries, lastDay, type Measured } from '#modules/analytics/server/trend/ask-series.ts'
import { type Formula, readFormula } from '#modules/analytics/server/trend/formula.ts'
import { emptyValue, innerQuery } from '#modules/analytics/server/trend/inner-query.ts'
import { rankValues } from '#modules/analytics/server/trend/rank-values.ts'

/** How often, by how many, how much: over time. */
export const trend: Analysis<'trend'> = {
  names: (question) => ({
    events: question.series.map((choice, at) => ({ at: `/series/${at}`, choice })),
    props: question.series.flatMap(({ prop }, at) =>
      prop === undefined ? [] : [{ at: `/series/${at}/prop`, prop }],
    ),
    breakdown: question.breakdown,
  }),
  async numbers(inquiry, question) {
    const formulas = check(question)
    const buckets = bucketsOf(inquiry.days, question.interval, inquiry.zone)
    const combined = await askCombinations(inquiry, question, buckets)
    const top = combined?.top ?? (await rankValues(inquiry, question))
    const series = await lines(inquiry, question, formulas, inquiry.days, top, combined?.measured)
    const open = buckets.find((bucket) => !inquiry.reads.isOver(bucket.until))
    const base = { interval: question.interval, series, open_from: open?.t ?? null }
    if (question.compare === undefined) return base
    const days = comparedRange(question.compare, inquiry.days, question.interval, inquiry.zone)
    const compared = await lines(inquiry, question, formulas, days, top)
    return { ...base, compare: { range: { from: days.from, to: days.to }, series: compared } }
  },
  async people(inquiry, question, cell) {
    const formulas = check(question)
    const formula = formulas[cell.series - question.series.length]
    const used = formula?.uses ?? [cell.series]
    if (cell.series >= question.series.length + formulas.length)
      throw badQuestion('/cell/series', 'unknown_series', 'There is no such series.')
    const top = isOther(cell.breakdown ?? []) ? await rankValues(inquiry, question) : []
    return used.map((at) => peopleOf(inquiry, question, at, cell, top)).join('\nUNION ALL\n')
  },
}

function check(question: TrendQuestion): Formula[] {
  for (const [at, { math, prop }] of question.series.entries()) {
    if (isPropMath(math) && prop === undefined)
      throw badQuestion(`/series/${at}/prop`, 'prop_missing', `${math} needs a property.`)
    if (question.interval === 'hour' && rollingDays[math] !== undefined)
      throw badQuestion(`/series/${at}/math`, 'no_hours', 'Rolling people are counted by days.')
    if (question.cumulative && !['count', 'people', 'sum'].includes(math))
      throw badQuestion(`/series/${at}/math`, 'no_cumulative', `${math} cannot be added up over time.`)
  }
  return (question.formulas ?? []).map(({ expression }, at) => {
    const formula = readFormula(expression, question.series.length)
    if (formula) return formula
    throw badQuestion(
      `/formulas/${at}/expression`,
      'bad_formula',
      'A formula has the letters of series, numbers, + − * / and parentheses.',
    )
  })
}

async function lines(
  inquiry: Inquiry,
  question: TrendQuestion,
  formulas: readonly Formula[],
  days: Days,
  top: readonly BreakdownValues[],
  known?: Measured[],
): Promise<TrendLine[]> {
  const buckets = bucketsOf(days, question.interval, inquiry.zone)
  const period = { days, buckets, top }
  const nothing = (at: number): Measured => {
    const empty = emptyValue(question.series[at]?.math ?? 'count')
    return { place: 0, total: empty, values: buckets.map(() => empty) }
  }
  const asked = known
    ? [known]
    : await Promise.all(question.series.map((series) => askSeries(inquiry, question, series, period)))
  const isWhole = !question.breakdown?.length
  const measured = asked.map((found, at) =>
    isWhole && found.length === 0 ? [nothing(at)] : found.toSorted((a, b) => a.place - b.place),
  )
  const worked = formulas.map((formula) => workOut(formula, measured, nothing))
  return [...measured, ...worked].flatMap((found, at) =>
    found.map(({ place, total, values }) => {
      const series = question.series[at]
      const formula = question.formulas?.[at - question.series.length]
      const name = series?.name ?? formula?.name
      const other = place === top.length
      return {
        series: at,
        event: series?.event ?? null,
        ...(formula ? { formula: formula.expression } : {}),
        ...(name === undefined ? {} : { name }),
        breakdown: other ? otherValues(question.breakdown?.length ?? 0) : (top[place] as BreakdownValues),
        ...(other ? { other } : {}),
        total,
        points: points(values, buckets, question.moving_average),
      }
    }),
  )
}

/** A formula for every combination that any of its series has. */
function workOut(
  formula: Formula,
  measured: readonly Measured[][],
  nothing: (at: number) => Measured,
): Measured[] {
  const places = new Set(formula.uses.flatMap((at) => (measured[at] ?? []).map(({ place }) => place)))
  return [...places]
    .toSorted((a, b) => a - b)
    .map((place) => {
      const parts = measured.map((found, at) => found.find((one) => one.place === place) ?? nothing(at))
      return {
        place,
        total: formula.of(parts.map(({ total }) => total)),
        values: (parts[0]?.values ?? []).map((_, at) =>
          formula.of(parts.map(({ values }) => values[at] ?? null)),
        ),
      }
    })
}

function points(
  values: readonly (number | null)[],
  buckets: readonly { t: string }[],
  size: number | undefined,
): TrendLine['points'] {
  return buckets.map(({ t }, at) => {
    const value = values[at] ?? null
    if (size === undefined) return { t, value }
    const last = values.slice(Math.max(0, at + 1 - size), at + 1)
    const known = last.filter((one) => one !== null)
    const average = known.length < size ? null : known.reduce((sum, one) => sum + one, 0) / size
    return { t, value, average }
  })
}

/** Those of one series in the cell, out of the same inner query its numbers come from. */
function peopleOf(
  inquiry: Inquiry,
  question: TrendQuestion,
  at: number,
  cell: TrendCell,
  top: readonly BreakdownValues[],
): string {
  const series = question.series[at] as TrendQuestion['series'][number]
  const days =
    cell.compared && question.compare !== undefined
      ? comparedRange(question.compare, inquiry.days, question.interval, inquiry.zone)
      : inquiry.days
  const { sql, names } = innerQuery(inquiry, question, series, days)
  const conditions = [timeSql(inquiry, question, series.math, days, cell.t)]
  if (cell.breakdown !== undefined && names.length > 0)
    conditions.push(
      isOther(cell.breakdown)
        ? `${placeSql(inquiry, names, top)} = ${top.length}`
        : valuesSql(inquiry, names, cell.breakdown),
    )
  return `SELECT person FROM (\n${sql}\n) WHERE ${conditions.join(' AND ')}`
}

function timeSql(
  inquiry: Inquiry,
  question: TrendQuestion,
  math: TrendQuestion['series'][number]['math'],
  days: Days,
  t: string | undefined,
): string {
  const window = rollingDays[math]
  if (t === undefined) return window === undefined ? '1' : `k >= ${dayNumber(days.from)}`
  const buckets = bucketsOf(days, question.interval, inquiry.zone)
  const at = buckets.findIndex((bucket) => bucket.t === t)
  const bucket = buckets[at]
  if (bucket === undefined) throw badQuestion('/cell/t', 'unknown_time', 'There is no such point.')
  if (window === undefined) return question.cumulative ? `k <= ${bucket.key}` : `k = ${bucket.key}`
  const last = lastDay(days, buckets, at, question)
  return `k > ${last - window} AND k <= ${last}`
}
