import { DateTime } from 'luxon'
import type { TrendCell, TrendLine, TrendQuestion, TrendSeries } from '#modules/analytics/contract/trend.ts'
import type { Told, World } from '#test/analytics/journeys.ts'
import { bucketName, compareText, isChosen, isWithin, local, numbersIn, told, valueBy } from './select.ts'

type Question = TrendQuestion & { range: { from: string; to: string } }
const windows: Record<string, number> = { dau: 1, wau: 7, mau: 30 }
const percentiles: Record<string, number> = { median: 0.5, p75: 0.75, p90: 0.9, p95: 0.95, p99: 0.99 }

/** A trend by hand, in the shape of `series` of the answer. */
export function trendReference(world: World, question: Question): TrendLine[] {
  const top = ranked(world, question)
  const buckets = bucketNames(question, world.zone)
  return question.series.flatMap((series, at) =>
    labelsOf(world, question, series, top).map((breakdown): TrendLine => {
      const other = breakdown[0] === '$other'
      const rows = rowsOf(world, question, series).filter((event) =>
        inLabel(world, question, event, breakdown, top),
      )
      const values = buckets.map((t) => measure(question, series, behind(world, question, series, rows, t)))
      return {
        series: at,
        event: series.event,
        breakdown,
        ...(other ? { other } : {}),
        total: windows[series.math]
          ? null
          : measure(
              question,
              series,
              rows.filter((event) => inRange(world, question, event)),
            ),
        points: buckets.map((t, i) => ({ t, value: values[i] ?? null })),
      }
    }),
  )
}

/** Ids of the people in a cell. */
export function trendPeopleReference(world: World, question: Question, cell: TrendCell): string[] {
  const series = question.series[cell.series] as TrendSeries
  const top = ranked(world, question)
  const rows = rowsOf(world, question, series).filter(
    (event) => cell.breakdown === undefined || inLabel(world, question, event, cell.breakdown, top),
  )
  const found =
    cell.t === undefined
      ? rows.filter((event) => inRange(world, question, event))
      : behind(world, question, series, rows, cell.t)
  return [...new Set(found.map(({ person }) => person))].sort()
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
  if (window === undefined)
    return rows.filter((event) => {
      const name = bucketName(event, interval, world.zone)
      return question.cumulative ? Date.parse(name) <= Date.parse(t) : name === t
    })
  const end = DateTime.fromISO(t)
    .plus({ [interval]: 1 })
    .minus({ days: 1 })
    .toFormat('yyyy-MM-dd')
  const last = [end, range.to].sort()[0] as string
  const first = DateTime.fromISO(last)
    .minus({ days: window - 1 })
    .toFormat('yyyy-MM-dd')
  return rows.filter((event) => {
    const day = local(event, world.zone).toFormat('yyyy-MM-dd')
    return day >= first && day <= last
  })
}

function measure(_question: Question, { math, prop }: TrendSeries, rows: Told[]): number | null {
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

function ranked(world: World, question: Question): (string | null)[][] {
  if (!question.breakdown?.length) return [[]]
  const top = new Map<string, (string | null)[]>()
  for (const series of question.series) {
    const rows = rowsOf(world, question, series).filter((event) => inRange(world, question, event))
    const groups = [...Map.groupBy(rows, (event) => JSON.stringify(labelOf(world, question, event)))]
    const measured = groups.map(([key, found]) => ({
      label: JSON.parse(key) as (string | null)[],
      value: measure(question, series, found) ?? Number.NEGATIVE_INFINITY,
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

/** Combinations the series has any row of, in their order, the rest last. */
function labelsOf(world: World, question: Question, series: TrendSeries, top: (string | null)[][]) {
  const rows = rowsOf(world, question, series)
  const other = (question.breakdown ?? []).map(() => '$other')
  const all = question.breakdown?.length ? [...top, other] : top
  return all.filter(
    (label) => label.length === 0 || rows.some((event) => inLabel(world, question, event, label, top)),
  )
}
