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
  /** Of the period it is compared with. */
  muted?: boolean
  other?: boolean | undefined
  /** Place of its colour: the same in both periods. */
  colour: number
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
  const lines = isWhole ? wholeLines() : periodLines()
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
    const own = wholeOf(answer, false)
    const before = answer.compare ? wholeOf(answer.compare, true) : []
    const keys = own.map(({ key }) => key)
    const beside = own.flatMap((line) => [line, ...before.filter(({ key }) => key === line.key)])
    return [...beside, ...before.filter(({ key }) => !keys.includes(key))].map((line) => ({
      ...line,
      colour: Math.max(0, keys.indexOf(line.key) - 1),
    }))
  }
  function wholeOf({ points, values = [] }: Pick<typeof answer, 'points' | 'values'>, muted: boolean) {
    const compared = muted ? { compared: true } : {}
    const named = (name: string) => (muted ? a('comparedName', { name }) : name)
    const of = (key: string, name: string, [point]: readonly DistributionPoint[]) =>
      point ? [{ ...{ key, name: named(name), point, muted, colour: 0 }, cell: compared }] : []
    return [
      ...of('', t('all'), points),
      ...values.flatMap((one) =>
        of(JSON.stringify(one.breakdown), valueName(one, a), one.points).map((line) => ({
          ...{ ...line, other: one.other },
          cell: { breakdown: one.breakdown, ...compared },
        })),
      ),
    ]
  }
  /** Period by period, and beside each the one at its place in what is compared. */
  function periodLines(): DistributionLine[] {
    const before = value
      ? answer.compare?.values?.find((one) => sameValues(one, value))?.points
      : answer.compare?.points
    const of = (point: DistributionPoint, muted: boolean): DistributionLine => {
      const time = point.t ?? ''
      const name = shortTime(time)
      return {
        ...{ key: `${time} ${muted}`, name: muted ? a('comparedName', { name }) : name },
        ...{ point, muted, colour: 0 },
        cell: {
          t: time,
          ...(value ? { breakdown: value.breakdown } : {}),
          ...(muted ? { compared: true } : {}),
        },
      }
    }
    return (value?.points ?? answer.points).flatMap((point, at) => {
      const then = before?.[at]
      return [of(point, false), ...(then ? [of(then, true)] : [])]
    })
  }

  const isEmpty = lines.every(({ point }) => point.people === 0)
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

const sameValues = (one: Pick<DistributionCell, 'breakdown'>, other: Pick<DistributionCell, 'breakdown'>) =>
  JSON.stringify(one.breakdown) === JSON.stringify(other.breakdown)

export type ShownDistribution = {
  answer: ResultProps<'distribution'>['answer']
  lines: DistributionLine[]
  names: string[]
  /** What is measured, as a title. */
  title: string
  /** Everybody of a line, or those in one of the brackets. */
  open: (line: DistributionLine, at?: number) => void
}
