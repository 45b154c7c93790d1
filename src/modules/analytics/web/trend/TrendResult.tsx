import { FiringList, useFirings } from '#modules/alerts/web/shared.tsx'
import { useWords } from '#ui/i18n.ts'
import { useEventTitles } from '#web/use-event-titles.ts'
import { analyticsWords } from '../analytics-words.ts'
import { Annotations } from '../annotations/Annotations.tsx'
import type { ResultProps } from '../kind-view.ts'
import { useShown } from '../shown-state.tsx'
import { lineName } from './line-names.ts'
import { TrendChart } from './TrendChart.tsx'
import { TrendTable } from './TrendTable.tsx'
import { trendWords } from './trend-words.ts'

/** Chart over table; every number opens the people behind it. */
export function TrendResult({ question, answer, onCell }: ResultProps<'trend'>) {
  const t = useWords(trendWords)
  const a = useWords(analyticsWords)
  const titles = useEventTitles()
  const lines = answer.series.map((line) => ({ line, name: lineName(line, question, a, titles) }))
  const compared = (answer.compare?.series ?? []).map((line) => ({
    line,
    name: t('beforeName', { name: lineName(line, question, a, titles) }),
  }))
  const open = (of: { name: string; line: (typeof lines)[number]['line'] }, t?: string, isCompared = false) =>
    onCell(
      {
        series: of.line.series,
        compared: isCompared,
        ...(of.line.breakdown.length > 0 ? { breakdown: of.line.breakdown } : {}),
        ...(t === undefined ? {} : { t }),
      },
      [of.name, t?.slice(0, 16).replace('T', ' ')].filter(Boolean).join(' · '),
    )
  const firings = useFirings(question, answer.range)
  const { small } = useShown()
  const isEmpty = lines.every(({ line }) => line.points.every(({ value }) => !value))
  return (
    <>
      <section className="hw-panel analytics-chart" aria-label={t('chart')}>
        {isEmpty && <p className="analytics-nothing">{a('nothingFound')}</p>}
        <TrendChart {...{ answer, lines, compared, firings }} onOpen={open} />
        {!small && <FiringList firings={firings} />}
        <Annotations range={answer.range} />
      </section>
      <TrendTable lines={lines} compared={compared} onOpen={open} />
    </>
  )
}
