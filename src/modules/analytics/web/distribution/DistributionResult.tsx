import { Select } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import { type DistributionCell, type DistributionPoint, isOfProp } from '../../contract/distribution.ts'
import { analyticsWords } from '../analytics-words.ts'
import { valueName } from '../funnel/value-name.ts'
import type { ResultProps } from '../kind-view.ts'
import { useShown } from '../shown-state.tsx'
import { shortTime } from '../trend/TrendChart.tsx'
import { BracketBars } from './BracketBars.tsx'
import { bracketName } from './bracket-name.ts'
import { DistributionTable } from './DistributionTable.tsx'
import { distributionOptions, withDistribution } from './distribution-options.ts'
import { distributionWords } from './distribution-words.ts'
import { PeriodBars } from './PeriodBars.tsx'
import './distribution.css'

/** One line of the result: a period, a value, or everybody; each of its numbers opens its people. */
export type DistributionLine = {
  key: string
  name: string
  point: DistributionPoint
  cell: Partial<DistributionCell>
  muted?: boolean
  other?: boolean | undefined
}

/** A histogram of the whole range, or stacked bars by period, over the same as a table. */
export function DistributionResult({ question, answer, onCell }: ResultProps<'distribution'>) {
  const t = useWords(distributionWords)
  const a = useWords(analyticsWords)
  const { language } = useDisplay()
  const { state, change, small } = useShown()
  const measure = question.measure ?? 'count'
  const isWhole = answer.interval === 'range'
  const names = answer.brackets.map((one) => bracketName(one, !isOfProp(measure), t, language))
  const chosen = distributionOptions(state).value
  const value = isWhole ? undefined : answer.values?.[chosen ?? -1]
  const lines = isWhole ? wholeLines() : periodLines(value?.points ?? answer.points, value?.breakdown)
  const open = (line: DistributionLine, at?: number) => {
    const { from = null, until = null } = at === undefined ? {} : (answer.brackets[at] ?? {})
    const cell: DistributionCell = {
      compared: false,
      ...line.cell,
      ...(from === null ? {} : { from }),
      ...(until === null ? {} : { until }),
    }
    onCell(cell, [line.name, at === undefined ? '' : names[at]].filter(Boolean).join(' · '))
  }

  function wholeLines(): DistributionLine[] {
    const [own] = answer.points
    const [before] = answer.compare?.points ?? []
    return [
      ...(own ? [{ key: 'all', name: t('all'), point: own, cell: {} }] : []),
      ...(answer.values ?? []).flatMap((one) =>
        one.points.map((point) => ({
          ...{ key: JSON.stringify(one.breakdown), name: valueName(one, a), point },
          ...{ other: one.other },
          cell: { breakdown: one.breakdown },
        })),
      ),
      ...(before
        ? [{ key: 'before', name: t('before'), point: before, cell: { compared: true }, muted: true }]
        : []),
    ]
  }
  function periodLines(points: readonly DistributionPoint[], breakdown: DistributionCell['breakdown']) {
    return points.map((point): DistributionLine => {
      const time = point.t ?? ''
      return {
        ...{ key: time, name: shortTime(time), point },
        cell: { t: time, ...(breakdown ? { breakdown } : {}) },
      }
    })
  }

  const isEmpty = answer.points.every(({ people }) => people === 0)
  const shown = { answer, lines, names, open, title: t(`measure.${measure}`) }
  return (
    <>
      <section className="hw-panel analytics-chart" aria-label={t('chart')}>
        {!isWhole && answer.values && !small && (
          <Select
            aria-label={t('value')}
            value={value ? (chosen ?? -1) : -1}
            options={[
              { value: -1, label: t('all') },
              ...answer.values.map((one, at) => ({ value: at, label: valueName(one, a) })),
            ]}
            onChange={(at) => change(withDistribution(state, { value: at === -1 ? undefined : at }))}
            popupMatchSelectWidth={false}
          />
        )}
        {isEmpty && <p className="analytics-nothing">{a('nothingFound')}</p>}
        {isWhole ? <BracketBars {...shown} /> : <PeriodBars {...shown} />}
      </section>
      <DistributionTable {...shown} />
    </>
  )
}

export type ShownDistribution = {
  answer: ResultProps<'distribution'>['answer']
  lines: DistributionLine[]
  names: string[]
  /** What is measured, as a title. */
  title: string
  /** Everybody of a line, or those in one of the brackets. */
  open: (line: DistributionLine, at?: number) => void
}
