import { DateTime } from 'luxon'
import type { TrendCell, TrendLine, TrendQuestion, TrendSeries } from '#modules/analytics/contract/trend.ts'
import type { Told, World } from '#test/analytics/journeys.ts'
import { type FormulaTree, seriesIn, workedOut, writtenOut } from './formula.ts'
import { bucketName, compareText, isChosen, isWithin, numbersIn, told, valueBy } from './select.ts'

type Question = TrendQuestion & { range: { from: string; to: string } }
const windows: Record<string, number> = { dau: 1, wau: 7, mau: 30 }
const percentiles: Record<string, number> = { median: 0.5, p75: 0.75, p90: 0.9, p95: 0.95, p99: 0.99 }

type Label = (string | null)[]
/** Of one series and combination; `isTold` when it has anything to say of it. */
type Measured = { isTold: boolean; total: number | null; values: (number | null)[] }

/**
 * A trend by hand, in the shape of `series` of the answer. `trees` are its formulas; `top` are the combinations shown, those
 * of its own days or of others.
 */
export function trendReference(
  world: World,
  question: Question,
  trees: readonly FormulaTree[] = [],
  top = ranked(world, question),
): TrendLine[] {
  const buckets = bucketNames(question, world.zone)
  const { breakdown = [], series } = question
  const labels: Label[] = breakdown.length > 0 ? [...top, breakdown.map(() => '$other')] : [[]]
  return labels
    .flatMap((label) => {
      const parts = series.map((one) => measured(world, question, one, { label, top, buckets }))
      const own = parts.map((part, at) => ({ ...part, series: at, event: series[at]?.event ?? null }))
      const formulas = trees.map((tree, at) => ({
        ...{ series: series.length + at, event: null, formula: writtenOut(tree) },
        isTold: seriesIn(tree).some((one) => parts[one]?.isTold),
        total: workedOut(
          tree,
          parts.map(({ total }) => total),
        ),
        values: buckets.map((_, bucket) =>
          workedOut(
            tree,
            parts.map(({ values }) => values[bucket] ?? null),
          ),
        ),
      }))
      return [...own, ...formulas]
        .filter(({ isTold }) => isTold)
        .map(({ isTold: _, values, total, ...head }): TrendLine => {
          const other = label[0] === '$other' ? { other: true } : {}
          const points = pointsOf(buckets, values, question.moving_average)
          return { ...head, breakdown: label, ...other, total, points }
        })
    })
    .toSorted((a, b) => a.series - b.series)
}

type Asked = { label: Label; top: Label[]; buckets: string[] }

function measured(
  world: World,
  question: Question,
  series: TrendSeries,
  { label, top, buckets }: Asked,
): Measured {
  const rows = rowsOf(world, question, series).filter((event) => inLabel(world, question, event, label, top))
  const inside = rows.filter((event) => inRange(world, question, event))
  return {
    isTold: label.length === 0 || rows.length > 0,
    total: windows[series.math] ? null : measure(series, inside),
    values: buckets.map((t) => measure(series, behind(world, question, series, rows, t))),
  }
}

function pointsOf(
  buckets: string[],
  values: (number | null)[],
  size: number | undefined,
): TrendLine['points'] {
  return buckets.map((t, at) => {
    const value = values[at] ?? null
    if (size === undefined) return { t, value }
    const last = values.slice(0, at + 1).slice(-size)
    const isWhole = last.length === size && !last.includes(null)
    const sum = last.reduce<number>((all, one) => all + (one ?? 0), 0)
    return { t, value, average: isWhole ? sum / size : null }
  })
}

/** Ids of the people in a cell; of a formula, those of the series it names. */
export function trendPeopleReference(
  world: World,
  question: Question,
  cell: TrendCell,
  trees: readonly FormulaTree[] = [],
  top = ranked(world, question),
): string[] {
  const tree = trees[cell.series - question.series.length]
  const used = tree ? seriesIn(tree) : [cell.series]
  return [...new Set(used.flatMap((at) => peopleOf(world, question, at, cell, top)))].sort()
}

function peopleOf(world: World, question: Question, at: number, cell: TrendCell, top: Label[]): string[] {
  const series = question.series[at] as TrendSeries
  const rows = rowsOf(world, question, series).filter(
    (event) => cell.breakdown === undefined || inLabel(world, question, event, cell.breakdown, top),
  )
  const found =
    cell.t === undefined
      ? rows.filter((event) => inRange(world, question, event))
      : behind(world, question, series, rows, cell.t)
  return found.map(({ person }) => person)
}

function bucketNames({ range, interval }: Question, zone: string): string[] {
  const names = new Set<string>()
  const until = DateTime.fromISO(range.to, { zone }).plus({ days: 1 }).startOf('day').toMillis()
  // Quarter hours find every bucket, whatever the clocks do.
  for (let time = DateTime.fromISO(range.from, { zone }).toMillis(); time < until; time += 900_000)
    names.add(bucketName({ time }, interval, zone))
  return [...names]
}

const inRange = (world: World, { range }: Question, event: Told) =>
  isWithin(event, range.from, range.to, world.zone)

/** Everything of the series that could be in any of its cells. */
function rowsOf(world: World, question: Question, series: TrendSeries): Told[] {
  const window = windows[series.math] ?? 1
  const from = DateTime.fromISO(question.range.from)
    .minus({ days: window - 1 })
    .toFormat('yyyy-MM-dd')
  return told(world, question.audience).filter(
    (event) =>
      isWithin(event, from, question.range.to, world.zone) &&
      isChosen(event, series) &&
      (series.prop === undefined || numbersIn(event.props[series.prop]).length > 0),
  )
}

/** The rows that make one point. */
function behind(world: World, question: Question, series: TrendSeries, rows: Told[], t: string): Told[] {
  const { interval, range } = question
  const window = windows[series.math]
  if (window === undefined) {
    if (!question.cumulative) return byBucket(world, rows, interval).get(t) ?? []
    return rows.filter((event) => Date.parse(bucketName(event, interval, world.zone)) <= Date.parse(t))
  }
  const end = DateTime.fromISO(t)
    .plus({ [interval]: 1 })
    .minus({ days: 1 })
    .toFormat('yyyy-MM-dd')
  const last = [end, range.to].sort()[0] as string
  const first = DateTime.fromISO(last)
    .minus({ days: window - 1 })
    .toFormat('yyyy-MM-dd')
  return rows.filter((event) => isWithin(event, first, last, world.zone))
}

const alreadyPut = new WeakMap<Told[], Map<string, Told[]>>()
function byBucket({ zone }: World, rows: Told[], interval: Question['interval']): Map<string, Told[]> {
  const known = alreadyPut.get(rows) ?? Map.groupBy(rows, (event) => bucketName(event, interval, zone))
  alreadyPut.set(rows, known)
  return known
}

function measure({ math, prop }: TrendSeries, rows: Told[]): number | null {
  const people = new Set(rows.map(({ person }) => person)).size
  if (math === 'count') return rows.length
  if (math === 'people' || windows[math]) return people
  if (math === 'per_person') return people === 0 ? null : rows.length / people
  const numbers = rows.flatMap(({ props }) => numbersIn(props[prop ?? ''])).sort((a, b) => a - b)
  const millionths = numbers.reduce((sum, one) => sum + BigInt(Math.floor(one * 1e6 + 0.5)), 0n)
  if (math === 'sum') return Number(millionths) / 1e6
  if (numbers.length === 0) return null
  if (math === 'avg') return Number(millionths) / 1e6 / numbers.length
  if (math === 'min') return numbers[0] as number
  if (math === 'max') return numbers.at(-1) as number
  const place = (percentiles[math] as number) * (numbers.length - 1)
  const below = numbers[Math.floor(place)] as number
  const above = numbers[Math.ceil(place)] as number
  return below + (place - Math.floor(place)) * (above - below)
}

const labelOf = (world: World, question: Question, event: Told) =>
  (question.breakdown ?? []).map((by) => valueBy(world, event, by))

/** The combinations shown by themselves, by the series in turn. */
export function ranked(world: World, question: Question): Label[] {
  if (!question.breakdown?.length) return [[]]
  const top = new Map<string, (string | null)[]>()
  for (const series of question.series) {
    const rows = rowsOf(world, question, series).filter((event) => inRange(world, question, event))
    const groups = [...Map.groupBy(rows, (event) => JSON.stringify(labelOf(world, question, event)))]
    const measured = groups.map(([key, found]) => ({
      label: JSON.parse(key) as (string | null)[],
      value: measure(series, found) ?? Number.NEGATIVE_INFINITY,
    }))
    measured.sort((a, b) => {
      if (a.value !== b.value) return b.value - a.value
      for (const [i, text] of a.label.entries()) {
        const order = compareText(text, b.label[i] ?? null)
        if (order !== 0) return order
      }
      return 0
    })
    for (const { label } of measured) if (top.size < question.top) top.set(JSON.stringify(label), label)
  }
  return [...top.values()]
}

function inLabel(
  world: World,
  question: Question,
  event: Told,
  label: readonly (string | null)[],
  top: readonly (string | null)[][],
): boolean {
  if (!question.breakdown?.length) return true
  const own = JSON.stringify(labelOf(world, question, event))
  if (label[0] === '$other') return !top.some((one) => JSON.stringify(one) === own)
  return own === JSON.stringify(label)
}
