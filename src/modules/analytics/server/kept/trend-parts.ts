import type { TrendQuestion } from '#modules/analytics/contract/trend.ts'
import type { AnyQuestion, Numbers } from '#modules/analytics/server/analysis.ts'
import type { Found } from '#modules/analytics/server/kept/kept-or-anew.ts'
import { hourOf, type WhatWasRead } from '#modules/analytics/server/kept/reads.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { type Bucket, bucketsOf } from '#modules/analytics/server/sql/time-buckets.ts'

type Trend = Numbers<'trend'>
type Measure = keyof typeof totals

// Of numbers beyond this, millionths are no whole numbers any more in a double.
const exact = Number.MAX_SAFE_INTEGER / 1e6

/** How a total follows from the points, for the measures of which it does; of people it does not: nobody counts twice. */
const totals = {
  count: (values: number[]) => values.reduce((sum, one) => sum + one, 0),
  sum: (values: number[]) =>
    Number(values.reduce((sum, one) => sum + BigInt(Math.round(one * 1e6)), 0n)) / 1e6,
  min: (values: number[]) => (values.length === 0 ? null : Math.min(...values)),
  max: (values: number[]) => (values.length === 0 ? null : Math.max(...values)),
}

/**
 * A trend whose points stand for themselves (an hour or a day each) and whose totals follow from them. Of such a one, points
 * are kept whatever the range, and only those that changed are asked for.
 */
export function partsOf(inquiry: Inquiry, question: AnyQuestion) {
  if (question.kind !== 'trend' || !addsUp(question)) return undefined
  const buckets = bucketsOf(inquiry.days, question.interval, inquiry.zone)
  return { missing: (kept: Found) => missingOf(inquiry, question, buckets, kept) }
}

function addsUp(question: TrendQuestion): boolean {
  const { interval, breakdown = [], formulas = [], compare, cumulative, moving_average: average } = question
  const isPlain = breakdown.length === 0 && formulas.length === 0 && !cumulative
  const isOfParts = interval === 'hour' || interval === 'day'
  return (
    isPlain &&
    isOfParts &&
    compare === undefined &&
    average === undefined &&
    question.series.every(({ math }) => math in totals)
  )
}

/** What of a trend has to be asked for anew, and how it comes together; none where most of it has. */
function missingOf(inquiry: Inquiry, question: TrendQuestion, buckets: readonly Bucket[], kept: Found) {
  const old = kept.numbers as Trend
  const known = new Set(old.series[0]?.points.map(({ t }) => t))
  const touched = new Set(kept.touched)
  const stays = ({ t, from, until }: Bucket) => {
    if (!known.has(t)) return false
    for (let hour = hourOf(from); hour <= hourOf(until - 1); hour++) if (touched.has(hour)) return false
    return true
  }
  const gone = buckets.filter((bucket) => !stays(bucket))
  const isTooMuch = gone.length > 0 && spanOf(gone) > (inquiry.days.untilMs - inquiry.days.fromMs) / 2
  const isInexact = old.series.some(({ points }) =>
    points.some(({ value }) => Math.abs(value ?? 0) > exact / 2 / points.length),
  )
  if (isTooMuch || isInexact) return undefined
  const open = buckets.find(({ until }) => until > inquiry.ctx.now)
  return {
    days: gone.length === 0 ? undefined : { from: dayOf(gone[0]), to: dayOf(gone.at(-1)) },
    /** The whole follows from the whole range; that its last points are not over is told anew. */
    read: (): WhatWasRead => ({
      ...kept.read,
      events: kept.read.events.map(({ names }) => ({
        ...{ names, from: hourOf(inquiry.days.fromMs), to: hourOf(inquiry.days.untilMs - 1) },
      })),
      until: open?.until ?? null,
    }),
    merged: (some: unknown): Trend => ({
      ...old,
      open_from: open?.t ?? null,
      series: old.series.map((line, at) => {
        const anew = new Map((some as Trend | undefined)?.series[at]?.points.map((one) => [one.t, one]))
        const before = new Map(line.points.map((one) => [one.t, one]))
        const points = buckets.map(({ t }) => anew.get(t) ?? before.get(t) ?? { t, value: null })
        const values = points.flatMap(({ value }) => value ?? [])
        return { ...line, points, total: totals[question.series[at]?.math as Measure](values) }
      }),
    }),
  }
}

const spanOf = (buckets: readonly Bucket[]): number =>
  (buckets.at(-1) as Bucket).until - (buckets[0] as Bucket).from
// Of an hour, its day.
const dayOf = (bucket: Bucket | undefined): string => (bucket as Bucket).t.slice(0, 10)
