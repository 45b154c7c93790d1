import { Segmented, Select, Skeleton } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { analyticsWords } from '../analytics-words.ts'
import type { ResultProps } from '../kind-view.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { useShown } from '../shown-state.tsx'
import { GapBins } from './GapBins.tsx'
import { GapBoxes } from './GapBoxes.tsx'
import { GapNumber } from './GapNumber.tsx'
import { GapTrend } from './GapTrend.tsx'
import { type GapLine, gapLines } from './gap-lines.ts'
import { type IntervalOptions, intervalOptions, withIntervalOptions } from './interval-options.ts'
import { intervalWords } from './interval-words.ts'
import './interval.css'

/** The numbers in a row, then how they spread, or how the median goes over time. */
export function IntervalResult(shown: ResultProps<'interval'>) {
  const { answer } = shown
  const t = useWords(intervalWords)
  const a = useWords(analyticsWords)
  const { state, change, small } = useShown()
  const { tab = 'times', bins = 'even' } = intervalOptions(state)
  const set = (part: Partial<IntervalOptions>) => change(withIntervalOptions(state, part))
  if (answer.pairs === 0 && !answer.compare?.pairs)
    return <p className="hw-panel hw-panel-body hw-muted">{a('nothingFound')}</p>
  return (
    <>
      {!small && <Numbers {...shown} />}
      {!small && (
        <div className="hw-bar interval-tabs">
          <Segmented
            aria-label={t('view')}
            value={tab}
            onChange={(next) => set({ tab: next })}
            options={(['times', 'trend'] as const).map((value) => ({ value, label: t(`tab.${value}`) }))}
          />
          {tab === 'times' && (
            <Select
              aria-label={t('bins')}
              value={bins}
              options={(['even', 'usual'] as const).map((value) => ({ value, label: t(`bins.${value}`) }))}
              onChange={(next) => set({ bins: next })}
              popupMatchSelectWidth={false}
            />
          )}
        </div>
      )}
      {tab === 'times' && (answer.values || answer.compare) && <GapBoxes {...shown} />}
      {tab === 'times' && <GapBins {...shown} />}
      {tab === 'trend' && (answer.trend ? <GapTrend {...shown} /> : <Waiting />)}
    </>
  )
}

const Waiting = () => <Skeleton active paragraph={{ rows: 6 }} className="hw-panel analytics-wait" />

/** What most want to know, each beside the same of the period it is compared with. */
function Numbers({ answer, onCell }: ResultProps<'interval'>) {
  const t = useWords(intervalWords)
  const a = useWords(analyticsWords)
  const { language } = useDisplay()
  const [own, before] = gapLines({ ...answer, values: undefined }, t('everybody'), a)
  const people = (line: GapLine) => (
    <PeopleCount
      value={line.gaps.people}
      label={`${line.name} ${t('people')}`}
      onOpen={() => onCell(line.cell, line.name)}
    />
  )
  const numbers = [
    ...(['p50', 'middle', 'avg'] as const).map((of) => ({
      name: t(of),
      of: (line: GapLine) => <GapNumber of={of} line={line} onCell={onCell} />,
    })),
    { name: t('people'), of: people },
    { name: t('pairs'), of: ({ gaps }: GapLine) => exactNumber(gaps.pairs, language) },
  ]
  return (
    <dl className="hw-panel interval-numbers">
      {numbers.map(({ name, of }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{own && of(own)}</dd>
          {answer.compare && before && (
            <dd className="hw-fine">
              {t('before')} {of(before)}
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}
