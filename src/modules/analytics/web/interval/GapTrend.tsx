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

type Lines = NonNullable<IntervalAnswer['trend']>['lines']
type Line = Lines[number]

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
  const lines: Lines = useMemo(() => answer.trend?.lines ?? [], [answer.trend])
  const times = lines[0]?.points.map((point) => point.t) ?? []
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    const palette = dark ? chartPaletteDark : chartPalette
    const hasLegend = lines.length > 1
    const say = (value: unknown) => (typeof value === 'number' ? durationText(value, language) : '–')
    return {
      ...plotFrame(dark, hasLegend),
      xAxis: {
        ...axis,
        type: 'category',
        data: (lines[0]?.points ?? []).map((point) => shortTime(point.t)),
        splitLine: { show: false },
        axisLabel: { ...axis.axisLabel, hideOverlap: true },
      },
      yAxis: {
        ...axis,
        type: 'value',
        min: 0,
        interval: stepOf(Math.max(...lines.flatMap(({ points }) => points.map(({ p50 }) => p50 ?? 0)))),
        axisLabel: { ...axis.axisLabel, formatter: say },
      },
      tooltip: { trigger: 'axis', valueFormatter: say },
      series: lines.map((line, at) => ({
        type: 'line',
        name: line.breakdown.length === 0 ? t('medianOf') : valueName(line, a),
        color: line.other ? axis.axisLabel.color : palette[at % palette.length],
        triggerLineEvent: true,
        symbolSize: 6,
        showSymbol: line.points.length <= 31,
        connectNulls: false,
        data: line.points.map(({ p50 }) => p50),
      })),
    }
  }, [lines, dark, language, t, a])
  if (!answer.trend) return null
  const nameOf = (line: Line) => (line.breakdown.length === 0 ? t('medianOf') : valueName(line, a))
  const open = (line: Line, time: string) =>
    onCell(
      { t: time, compared: false, ...(line.breakdown.length > 0 ? { breakdown: line.breakdown } : {}) },
      `${nameOf(line)} · ${time.slice(0, 16).replace('T', ' ')}`,
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
            const line = lines.find((one) => nameOf(one) === seriesName)
            const point = line?.points[dataIndex ?? -1]
            if (line && point && point.pairs > 0) open(line, point.t)
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
          {lines.map((line) => (
            <tr key={JSON.stringify(line.breakdown)}>
              <th scope="row" className="analytics-line-name">
                {nameOf(line)}
              </th>
              {line.points.map(({ t: time, p50, people }) => (
                <td className="hw-right" key={time}>
                  {p50 === null ? (
                    <span className="hw-muted">–</span>
                  ) : (
                    <>
                      {durationText(p50, language)}{' '}
                      <span className="hw-muted">
                        <PeopleCount
                          value={people}
                          label={`${nameOf(line)} ${time}`}
                          onOpen={() => open(line, time)}
                        >
                          {a('peopleCount', { count: people })}
                        </PeopleCount>
                      </span>
                    </>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </ScrollingTable>
    </>
  )
}
