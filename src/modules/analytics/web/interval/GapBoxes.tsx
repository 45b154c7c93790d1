import type { CSSProperties } from 'react'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { Gaps } from '../../contract/interval.ts'
import { analyticsWords } from '../analytics-words.ts'
import { durationText } from '../funnel/duration-text.ts'
import type { ResultProps } from '../kind-view.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { GapNumber } from './GapNumber.tsx'
import { type GapLine, gapLines } from './gap-lines.ts'
import { intervalWords } from './interval-words.ts'

/** A box a value on one scale, with its numbers: who is quick and who is not. */
export function GapBoxes({ answer, onCell }: ResultProps<'interval'>) {
  const t = useWords(intervalWords)
  const a = useWords(analyticsWords)
  const { language } = useDisplay()
  const lines = gapLines(answer, t('everybody'), a)
  const scale = Math.max(...lines.map(({ gaps }) => gaps.p90 ?? 0), 1)
  const say = (seconds: number | null) => (seconds === null ? '–' : durationText(seconds, language))
  const titleOf = ({ name, gaps }: GapLine) =>
    t('boxTitle', {
      name,
      ...{ p10: say(gaps.p10), p25: say(gaps.p25), p50: say(gaps.p50) },
      ...{ p75: say(gaps.p75), p90: say(gaps.p90) },
    })
  return (
    <section className="hw-panel analytics-chart interval-boxes" aria-label={t('boxes')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by keyboard */}
      <section className="interval-scroll" tabIndex={0} aria-label={t('value')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('value')}</th>
              <th scope="col" className="interval-axis">
                <span>{say(0)}</span>
                <span>{say(scale)}</span>
              </th>
              <th scope="col">{t('p50')}</th>
              <th scope="col">{t('middle')}</th>
              <th scope="col">{t('avg')}</th>
              <th scope="col">{t('pairs')}</th>
              <th scope="col">{t('people')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr
                key={`${line.key} ${line.isCompared}`}
                className={line.isCompared ? 'interval-before' : undefined}
              >
                <th scope="row">{line.name}</th>
                <td title={titleOf(line)}>
                  <Box gaps={line.gaps} scale={scale} />
                </td>
                {(['p50', 'middle', 'avg'] as const).map((of) => (
                  <td key={of}>
                    <GapNumber of={of} line={line} onCell={onCell} />
                  </td>
                ))}
                <td>{exactNumber(line.gaps.pairs, language)}</td>
                <td>
                  <PeopleCount
                    value={line.gaps.people}
                    label={`${line.name} ${t('people')}`}
                    onOpen={() => onCell(line.cell, line.name)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="hw-fine">{t('boxNote')}</p>
    </section>
  )
}

function Box({ gaps, scale }: { gaps: Gaps; scale: number }) {
  const at = (seconds: number | null) => `${((seconds ?? 0) / scale) * 100}%`
  const between = (from: number | null, to: number | null): CSSProperties => ({
    left: at(from),
    width: `max(${(((to ?? 0) - (from ?? 0)) / scale) * 100}%, 2px)`,
  })
  return (
    <span className="interval-box" aria-hidden="true">
      <span className="interval-whisker" style={between(gaps.p10, gaps.p90)} />
      <span className="interval-half" style={between(gaps.p25, gaps.p75)} />
      <span className="interval-median" style={{ left: at(gaps.p50) }} />
    </span>
  )
}
