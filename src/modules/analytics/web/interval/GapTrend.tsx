import { Select } from 'antd'
import { useMemo } from 'react'
import { axisStyle, Chart, plotFrame } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import { chartPalette, chartPaletteDark } from '#ui/theme.ts'
import type { IntervalAnswer } from '../../contract/interval.ts'
import { Interval } from '../../contract/question.ts'
import { analyticsWords } from '../analytics-words.ts'
import { Annotations } from '../annotations/Annotations.tsx'
import { durationText } from '../funnel/duration-text.ts'
import { valueName } from '../funnel/value-name.ts'
import type { ResultProps } from '../kind-view.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { useShown } from '../shown-state.tsx'
import { shortTime } from '../trend/TrendChart.tsx'
import { intervalWords } from './interval-words.ts'

type Line = NonNullable<IntervalAnswer['trend']>['lines'][number]
/** `colour`: the place among the lines of the period itself. */
type Drawn = { line: Line; name: string; isCompared: boolean; colour: number }

const [minute, hour, day] = [60, 3600, 86_400]
const steps = [
  1,
  5,
  15,
  30,
  minute,
  5 * minute,
  15 * minute,
  30 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
]
const longSteps = [1, 2, 5, 7, 14, 30, 60, 90, 180].map((days) => days * day)
/** Between marks of the axis, a length of time that is said in one word. */
const stepOf = (most: number) => [...steps, ...longSteps].find((step) => most / step <= 6) ?? 365 * day

/** The median by the interval the first event lies in. */
export function GapTrend({ question, answer, onCell }: ResultProps<'interval'>) {
  const t = useWords(intervalWords)
  const a = useWords(analyticsWords)
  const { language, dark } = useDisplay()
  const { change, small } = useShown()
  const drawn = useMemo(() => {
    const own = answer.trend?.lines ?? []
    const before = answer.compare?.trend?.lines ?? []
    const named = (line: Line, isCompared: boolean): Drawn => {
      const name = line.breakdown.length === 0 ? t('medianOf') : valueName(line, a)
      const key = JSON.stringify(line.breakdown)
      const colour = own.findIndex((one) => JSON.stringify(one.breakdown) === key)
      return { line, isCompared, name: isCompared ? a('comparedName', { name }) : name, colour }
    }
    return [...own.map((line) => named(line, false)), ...before.map((line) => named(line, true))]
  }, [answer, t, a])
  const times = (drawn[0]?.line.points ?? []).map((point) => point.t)
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    const palette = dark ? chartPaletteDark : chartPalette
    const hasLegend = drawn.length > 1
    const say = (value: unknown) => (typeof value === 'number' ? durationText(value, language) : '–')
    return {
      ...plotFrame(dark, hasLegend),
      xAxis: {
        ...axis,
        type: 'category',
        data: (drawn[0]?.line.points ?? []).map((point) => shortTime(point.t)),
        splitLine: { show: false },
        axisLabel: { ...axis.axisLabel, hideOverlap: true },
      },
      yAxis: {
        ...axis,
        type: 'value',
        min: 0,
        interval: stepOf(Math.max(...drawn.flatMap(({ line }) => line.points.map(({ p50 }) => p50 ?? 0)))),
        axisLabel: { ...axis.axisLabel, formatter: say },
      },
      tooltip: { trigger: 'axis', valueFormatter: say },
      series: drawn.map(({ line, name, isCompared, colour }) => ({
        type: 'line',
        name,
        color: line.other ? axis.axisLabel.color : palette[Math.max(0, colour) % palette.length],
        lineStyle: { opacity: isCompared ? 0.4 : 1, type: isCompared ? 'dashed' : 'solid' },
        itemStyle: { opacity: isCompared ? 0.4 : 1 },
        triggerLineEvent: true,
        symbolSize: 6,
        showSymbol: line.points.length <= 31,
        connectNulls: false,
        data: line.points.map(({ p50 }) => p50),
      })),
    }
  }, [drawn, dark, language])
  if (!answer.trend) return null
  const open = ({ line, name, isCompared }: Drawn, time: string) =>
    onCell(
      { t: time, compared: isCompared, ...(line.breakdown.length > 0 ? { breakdown: line.breakdown } : {}) },
      `${name} · ${time.slice(0, 16).replace('T', ' ')}`,
    )
  return (
    <>
      <section className="hw-panel analytics-chart" aria-label={t('tab.trend')}>
        {!small && (
          <Select
            aria-label={a('interval')}
            value={answer.trend.interval}
            options={Interval.options.map((value) => ({ value, label: a(`interval.${value}`) }))}
            onChange={(interval) => change({ interval })}
            popupMatchSelectWidth={false}
          />
        )}
        <Chart
          option={option}
          height={280}
          onPick={({ seriesName, dataIndex }) => {
            const found = drawn.find(({ name }) => name === seriesName)
            const point = found?.line.points[dataIndex ?? -1]
            if (found && point && point.pairs > 0) open(found, point.t)
          }}
          label={t('trendLabel', { from: answer.range.from, until: answer.range.to })}
        />
        {question.max_gap === undefined && !small && <p className="hw-fine">{t('shortened')}</p>}
        <Annotations range={answer.range} />
      </section>
      <ScrollingTable label={t('table')}>
        <thead>
          <tr>
            <th scope="col" className="analytics-line-name">
              {t('value')}
            </th>
            {times.map((time) => (
              <th scope="col" className="hw-right" key={time}>
                {shortTime(time)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {drawn.map((one) => (
            <tr key={one.name} className={one.isCompared ? 'hw-muted' : undefined}>
              <th scope="row" className="analytics-line-name">
                {one.name}
              </th>
              {times.map((_, at) => (
                <Cell key={times[at]} one={one} at={at} onOpen={open} />
              ))}
            </tr>
          ))}
        </tbody>
      </ScrollingTable>
    </>
  )
}

function Cell({ one, at, onOpen }: { one: Drawn; at: number; onOpen: (one: Drawn, t: string) => void }) {
  const a = useWords(analyticsWords)
  const { language } = useDisplay()
  const { t: time, p50, people } = one.line.points[at] ?? { t: '', p50: null, people: 0 }
  return (
    <td className="hw-right">
      {p50 === null ? (
        <span className="hw-muted">–</span>
      ) : (
        <>
          {durationText(p50, language)}{' '}
          <span className="hw-muted">
            <PeopleCount value={people} label={`${one.name} ${time}`} onOpen={() => onOpen(one, time)}>
              {a('peopleCount', { count: people })}
            </PeopleCount>
          </span>
        </>
      )}
    </td>
  )
}
