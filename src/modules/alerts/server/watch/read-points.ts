import { DateTime } from 'luxon'
import type { AlertInterval, AlertMetric } from '#modules/alerts/contract/condition.ts'
import type { AlertsDeps } from '#modules/alerts/server/alerts-deps.ts'
import type { Point } from '#modules/alerts/server/judge/judge.ts'
import { settleMs } from '#modules/alerts/server/judge/next-look.ts'
import { bucketMs } from '#modules/alerts/server/judge/spans.ts'
import { intervalOf, type Watched, watchable } from '#modules/alerts/server/watch/check-metric.ts'
import type { Answer, Question } from '#modules/analytics/contract.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

type Q<K extends Question['kind']> = Extract<Question, { kind: K }>
type A<K extends Answer['kind']> = Extract<Answer, { kind: K }>
type Metric<K extends AlertMetric['of']> = Extract<AlertMetric, { of: K }>

/** More points of hours than this are beyond one question. */
const mostBuckets = { hour: 2900, day: 1200, week: 400, month: 100 } as const

/**
 * The watched number of so many buckets up to now, oldest first, asked as anybody asks it. A bucket is over ten minutes
 * after its end, so that events which are a little late count.
 */
export async function readPoints(
  { analytics }: Pick<AlertsDeps, 'analytics'>,
  ctx: WorkspaceCtx,
  watched: Watched,
  buckets: number,
): Promise<Point[]> {
  const { metric } = watched
  const question = watchable(watched)
  const interval = intervalOf(watched)
  const range = rangeOf(Math.min(mostBuckets[interval], buckets + ripening(question, metric)), interval)
  const answer = await analytics.answer(ctx, { ...bareQuestion(question, metric, interval), range })
  if (answer.kind === 'trend' && question.kind === 'trend' && metric.of === 'trend')
    return settled(ctx, interval, 0, pointsOfTrend(question, answer, metric))
  if (answer.kind === 'funnel' && question.kind === 'funnel' && metric.of === 'funnel')
    return settled(ctx, interval, windowOf(question), pointsOfFunnel(answer, metric))
  if (answer.kind === 'retention' && question.kind === 'retention' && metric.of === 'retention')
    return pointsOfRetention(question, answer, metric)
  throw new AppError('alert.cannot_watch', 'invalid', 'This cannot be watched as it was asked.')
}

/**
 * What ended just now is not over: events that are a little late count. Of a retention by when it is looked at, which is ten
 * minutes after the hour.
 */
function settled(
  { now, workspace }: WorkspaceCtx,
  interval: AlertInterval,
  windowMs: number,
  points: readonly Point[],
): Point[] {
  const endOf = (t: string) => DateTime.fromISO(t, { zone: workspace.timezone }).plus({ [interval]: 1 })
  return points.map((point) => ({
    ...point,
    open: point.open || endOf(point.t).toMillis() + windowMs + settleMs > now,
  }))
}

/** What only shapes curves and tables is no part of the number of one bucket. */
function bareQuestion(
  question: ReturnType<typeof watchable>,
  metric: AlertMetric,
  interval: AlertInterval,
): Question {
  if (question.kind === 'trend') {
    const { compare: _compare, moving_average: _average, ...rest } = question
    // The value that is watched shall not fall among the rest on a day others are ahead.
    return { ...rest, cumulative: false, ...(question.breakdown?.length ? { top: 100 } : {}) }
  }
  if (question.kind === 'funnel') {
    const { breakdown: _breakdown, convert: _convert, correlate: _correlate, ...rest } = question
    return { ...rest, interval }
  }
  const { compare: _compare, breakdown: _breakdown, ...rest } = question
  const period = metric.of === 'retention' ? metric.period : 1
  return rest.brackets ? rest : { ...rest, periods: Math.max(rest.periods, period + 1) }
}

/** Buckets until one is complete: of a funnel its window, of a retention the periods watched. */
function ripening(question: ReturnType<typeof watchable>, metric: AlertMetric): number {
  if (question.kind === 'funnel') {
    return Math.ceil(windowOf(question) / bucketMs[question.interval ?? 'day']) + 1
  }
  if (question.kind !== 'retention' || metric.of !== 'retention') return 0
  const lengths = question.brackets?.slice(0, metric.period) ?? []
  return 2 + (question.brackets ? lengths.reduce((sum, one) => sum + one, 0) : metric.period)
}
const windowOf = ({ window }: Q<'funnel'>): number => window.value * windowUnits[window.unit]
const windowUnits = {
  ...{ second: 1000, minute: 60_000, hour: 3_600_000 },
  ...{ day: 86_400_000, week: 604_800_000, month: 2_592_000_000 },
}

/** One bucket more: the running one. */
const rangeOf = (buckets: number, interval: AlertInterval) =>
  interval === 'hour'
    ? { last: Math.ceil(buckets / 24) + 1, unit: 'day' as const }
    : { last: buckets + 1, unit: interval }

function pointsOfTrend(question: Q<'trend'>, answer: A<'trend'>, metric: Metric<'trend'>): Point[] {
  const wanted = JSON.stringify(metric.breakdown ?? [])
  const lines = answer.series.filter(({ series }) => series === metric.series)
  const line = lines.find(({ breakdown, other }) => !other && JSON.stringify(breakdown) === wanted)
  const isOpen = (t: string) => answer.open_from !== null && Date.parse(t) >= Date.parse(answer.open_from)
  if (line) return line.points.map(({ t, value }) => ({ t, value, open: isOpen(t) }))
  // Nobody did it with this value: that is nothing, unless it may be hidden among the rest.
  if (lines.some(({ other }) => other) || !question.breakdown?.length)
    throw new AppError(
      'alert.line_missing',
      'invalid',
      'The watched value is not among the 100 most frequent.',
    )
  const math = question.series[metric.series]?.math
  const value = math === 'count' || math === 'people' || math === 'sum' ? 0 : null
  return (answer.series[0]?.points ?? []).map(({ t }) => ({ t, value, open: isOpen(t) }))
}

function pointsOfFunnel(answer: A<'funnel'>, { step }: Metric<'funnel'>): Point[] {
  const open = answer.trend?.open_from ?? null
  return (answer.trend?.lines[0]?.points ?? []).map(({ t, counts }) => {
    const [began = 0, reached = 0] = [counts[0], counts[step === null ? counts.length - 1 : step - 1]]
    const share = began === 0 ? null : (100 * reached) / began
    return {
      t,
      value: step === null ? share : reached,
      open: open !== null && Date.parse(t) >= Date.parse(open),
    }
  })
}

/** Cohorts after the last one with a value are not over; before it, null means nobody to take the mean of. */
function pointsOfRetention(
  { measure }: Q<'retention'>,
  answer: A<'retention'>,
  { period }: Metric<'retention'>,
): Point[] {
  const last = answer.cohorts.findLastIndex(({ values }) => (values[period] ?? null) !== null)
  return answer.cohorts.map(({ date, size, values }, at) => {
    const value = values[period] ?? null
    const share = value === null || size === 0 ? null : (100 * value) / size
    return { t: date, value: measure === 'people' ? share : value, open: at > last }
  })
}
