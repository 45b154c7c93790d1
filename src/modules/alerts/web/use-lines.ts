import { routes as analytics } from '#modules/analytics/contract.ts'
import { analyticsWords } from '#modules/analytics/web/analytics-words.ts'
import { lineName } from '#modules/analytics/web/trend/line-names.ts'
import { useWords } from '#ui/i18n.ts'
import { useEventTitles } from '#web/use-event-titles.ts'
import { useRoute } from '#web/use-route.ts'
import type { AlertMetric } from '../contract/condition.ts'
import { alertWords } from './alert-words.ts'
import type { WatchableQuestion } from './watchable.ts'

export type Line = { key: string; name: string; metric: AlertMetric }
const mostPeriods = 30

/** The numbers of a question that can be watched, by the names they have beside the chart. */
export function useLines(question: WatchableQuestion): { lines: Line[]; loading: boolean; error: unknown } {
  const t = useWords(alertWords)
  const a = useWords(analyticsWords)
  const titles = useEventTitles()
  const isTrend = question.kind === 'trend'
  const asked = useRoute(analytics.query, { body: question }, { enabled: isTrend, staleTime: 60_000 })
  const named = (name: string, metric: AlertMetric): Line => ({ key: JSON.stringify(metric), name, metric })
  if (question.kind === 'funnel') {
    const whole = named(t('wholeConversion'), { of: 'funnel', step: null })
    const steps = question.steps.map(({ event, name }, at) => {
      const said = name ?? (event === null ? a('anyEvent') : titles.event(event))
      return named(t('step', { n: at + 1, name: said }), { of: 'funnel', step: at + 1 })
    })
    return { lines: [whole, ...steps], loading: false, error: undefined }
  }
  if (question.kind === 'retention') {
    const count = question.brackets?.length ?? (question.periods ?? 7) - 1
    const word = (question.measure ?? 'people') === 'people' ? 'period' : 'periodValue'
    const lines = Array.from({ length: Math.min(mostPeriods, Math.max(1, count)) }, (_, at) =>
      named(t(word, { n: at + 1 }), { of: 'retention', period: at + 1 }),
    )
    return { lines, loading: false, error: undefined }
  }
  const answer = asked.data?.kind === 'trend' ? asked.data : undefined
  const lines = (answer?.series ?? [])
    .filter(({ other }) => !other)
    .map((line) =>
      named(lineName(line, question, a, titles), {
        of: 'trend',
        series: line.series,
        ...(line.breakdown.length > 0 ? { breakdown: line.breakdown } : {}),
      }),
    )
  return { lines, loading: asked.isPending, error: asked.error }
}
