import type { Say } from '#ui/i18n.ts'
import type { TrendLine } from '../../contract/trend.ts'
import type { analyticsWords } from '../analytics-words.ts'
import type { ResultProps } from '../kind-view.ts'

type Words = Say<typeof analyticsWords.zh>
type Titles = { event: (name: string) => string; property: (event: string, path: string) => string }

/** What a line is called: event and maths where there are several, then what it is broken down by. */
export function lineName(
  line: TrendLine,
  question: ResultProps<'trend'>['question'],
  t: Words,
  titles: Titles,
): string {
  const parts: string[] = []
  const isSingle = question.series.length + (question.formulas?.length ?? 0) === 1
  if (!isSingle || line.breakdown.length === 0) parts.push(line.name ?? seriesName(line, question, t, titles))
  if (line.other) parts.push(t('other'))
  else
    parts.push(
      ...line.breakdown.map((value) =>
        value === null ? t('noValue') : value === '' ? t('emptyValue') : value,
      ),
    )
  return parts.join(' · ')
}

function seriesName(
  line: TrendLine,
  { series }: ResultProps<'trend'>['question'],
  t: Words,
  titles: Titles,
): string {
  if (line.formula !== undefined) return line.formula
  const one = series[line.series]
  const event = line.event === null ? t('anyEvent') : titles.event(line.event)
  const math = one?.math ?? 'count'
  if (math === 'count' && series.every((other) => (other.math ?? 'count') === 'count')) return event
  return `${event} ${t(`math.${math}`)}${one?.prop ? ` ${titles.property(line.event ?? '', one.prop)}` : ''}`
}
