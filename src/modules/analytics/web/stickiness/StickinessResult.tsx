import { useMemo } from 'react'
import { useWords } from '#ui/i18n.ts'
import { analyticsWords } from '../analytics-words.ts'
import type { ResultProps } from '../kind-view.ts'
import { drawnParts, type Part, partsOf } from '../parts.ts'
import { StickinessChart } from './StickinessChart.tsx'
import { StickinessTable } from './StickinessTable.tsx'
import { stickinessWords } from './stickiness-words.ts'

type Bins = Pick<ResultProps<'stickiness'>['answer'], 'people' | 'bins'>
export type StickinessPart = Part<Bins>

/** A bar for each number of days, beside each other for values and periods, over the same as a table. */
export function StickinessResult({ answer, question, onCell }: ResultProps<'stickiness'>) {
  const t = useWords(stickinessWords)
  const a = useWords(analyticsWords)
  const times = t(`times.${answer.interval}`)
  const parts = useMemo(() => partsOf<Bins>(answer, a), [answer, a])
  const drawn = useMemo(() => drawnParts(parts), [parts])
  const nameOf = (days: number) => `${days}${question.cumulative ? '+' : ''}`
  const open = (part: StickinessPart, days: number) =>
    onCell(
      { days, compared: false, ...part.cell },
      [...(parts.length > 1 ? [part.name] : []), `${times} ${nameOf(days)}`].join(' · '),
    )
  return (
    <>
      <section className="hw-panel analytics-chart" aria-label={t('chart')}>
        {answer.people === 0 && <p className="analytics-nothing">{a('nothingFound')}</p>}
        <StickinessChart
          parts={drawn}
          label={t('chartLabel', { people: answer.people, once: answer.bins[0]?.people ?? 0 })}
          onOpen={open}
        />
      </section>
      <StickinessTable parts={parts} times={times} nameOf={nameOf} onOpen={open} />
    </>
  )
}
