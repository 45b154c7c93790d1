import { Segmented, Select, Skeleton } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { Gaps } from '../../contract/interval.ts'
import { analyticsWords } from '../analytics-words.ts'
import { durationText } from '../funnel/duration-text.ts'
import type { ResultProps } from '../kind-view.ts'
import { useShown } from '../shown-state.tsx'
import { GapBins } from './GapBins.tsx'
import { GapBoxes } from './GapBoxes.tsx'
import { GapTrend } from './GapTrend.tsx'
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
  if (answer.pairs === 0) return <p className="hw-panel hw-panel-body hw-muted">{a('nothingFound')}</p>
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
      {tab === 'times' && answer.values && <GapBoxes {...shown} />}
      {tab === 'times' && <GapBins {...shown} />}
      {tab === 'trend' && (answer.trend ? <GapTrend {...shown} /> : <Waiting />)}
    </>
  )
}

const Waiting = () => <Skeleton active paragraph={{ rows: 6 }} className="hw-panel analytics-wait" />

/** What most want to know, each beside the same of the period it is compared with. */
function Numbers({ answer, onCell }: ResultProps<'interval'>) {
  const t = useWords(intervalWords)
  const { language } = useDisplay()
  const before = answer.compare
  const time = (of: Gaps, name: 'p50' | 'avg') => durationText(of[name] ?? 0, language)
  const middle = (of: Gaps) =>
    t('range', { from: durationText(of.p25 ?? 0, language), until: durationText(of.p75 ?? 0, language) })
  const count = (of: Gaps, name: 'people' | 'pairs') => exactNumber(of[name], language)
  const numbers = [
    { name: t('p50'), of: (one: Gaps) => time(one, 'p50') },
    { name: t('middle'), of: middle },
    { name: t('avg'), of: (one: Gaps) => time(one, 'avg') },
    { name: t('people'), of: (one: Gaps) => count(one, 'people'), opens: true },
    { name: t('pairs'), of: (one: Gaps) => count(one, 'pairs') },
  ]
  return (
    <dl className="hw-panel interval-numbers">
      {numbers.map(({ name, of, opens }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {opens ? (
              <button
                type="button"
                className="analytics-value"
                aria-label={`${name}: ${of(answer)}`}
                onClick={() => onCell({ compared: false }, name)}
              >
                {of(answer)}
              </button>
            ) : (
              of(answer)
            )}
          </dd>
          {before && (
            <dd className="hw-fine">
              {t('before', { value: before.pairs === 0 && !opens ? '–' : of(before) })}
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}
