import type { AlertCondition, AlertInterval, AlertMetric, units } from '#modules/alerts/contract/condition.ts'
import type { Nature } from '#modules/alerts/server/judge/judge.ts'
import type { Question } from '#modules/analytics/contract.ts'
import { AppError } from '#platform/errors.ts'

export type Watched = { question: Question; metric: AlertMetric }
export type Unit = (typeof units)[number]

type Known = Extract<Question, { kind: AlertMetric['of'] }>

/** The question, of a kind and with a line that can be watched. */
export function watchable({ question, metric }: Watched): Known {
  if (question.kind !== metric.of) throw cannotWatch('/metric/of', 'other_kind')
  if (question.kind === 'trend' && metric.of === 'trend') {
    if (metric.series >= question.series.length + (question.formulas?.length ?? 0))
      throw cannotWatch('/metric/series', 'unknown_series')
    if ((metric.breakdown?.length ?? 0) !== (question.breakdown?.length ?? 0))
      throw cannotWatch('/metric/breakdown', metric.breakdown ? 'unknown_value' : 'value_missing')
    // What is in the rest changes with what is not.
    if (metric.breakdown?.includes('$other')) throw cannotWatch('/metric/breakdown', 'other')
  }
  if (question.kind === 'funnel' && metric.of === 'funnel' && (metric.step ?? 1) > question.steps.length)
    throw cannotWatch('/metric/step', 'unknown_step')
  return question as Known
}

export function intervalOf({ question, metric }: Watched): AlertInterval {
  return watchable({ question, metric }).interval ?? 'day'
}

/** Formulas, averages and rates are no counts. */
export function natureOf(watched: Watched): Nature {
  const { question, metric } = watched
  const math =
    question.kind === 'trend' && metric.of === 'trend' ? question.series[metric.series]?.math : undefined
  const counts = metric.of === 'funnel' ? metric.step !== null : math !== undefined && counting.includes(math)
  return { interval: intervalOf(watched), counts }
}
const counting = ['count', 'people', 'dau', 'wau', 'mau']

export function unitOf({ question, metric }: Watched): Unit {
  if (metric.of === 'funnel') return metric.step === null ? 'percent' : 'number'
  return question.kind === 'retention' && question.measure === 'people' ? 'percent' : 'number'
}

/** What does not go together. */
export function checkCondition(condition: AlertCondition, running: boolean, interval: AlertInterval): void {
  if (running && !(condition.kind === 'threshold' && condition.is === 'above'))
    throw cannotWatch('/running', 'only_above')
  if (condition.kind === 'change' && condition.against === 'week' && interval === 'month')
    throw cannotWatch('/condition/against', 'no_week_of_months')
}

function cannotWatch(path: string, reason: string): AppError {
  return new AppError('alert.cannot_watch', 'invalid', 'This cannot be watched as it was asked.', {
    details: { path, reason },
  })
}
