import { Select } from 'antd'
import { useMemo } from 'react'
import { axisStyle, Chart, plotFrame } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { chartPalette, chartPaletteDark } from '#ui/theme.ts'
import { Interval } from '../../contract/question.ts'
import { analyticsWords } from '../analytics-words.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { useShown } from '../shown-state.tsx'
import { shortTime } from '../trend/TrendChart.tsx'
import type { ShownFunnel } from './FunnelResult.tsx'
import { funnelOptions, withOptions } from './funnel-options.ts'
import { funnelWords } from './funnel-words.ts'
import { valueName } from './value-name.ts'

type Lines = NonNullable<ShownFunnel['answer']['trend']>['lines']
type Point = Lines[number]['points'][number]
/** Numbers of two steps, from 1 on. */
type Between = readonly [from: number, to: number]
const reached = ({ counts }: Point, step: number): number => counts[step - 1] ?? 0
const shareOf = (point: Point, [from, to]: Between): number | null => {
  const begun = reached(point, from)
  return begun === 0 ? null : reached(point, to) / begun
}

/** Conversion from one step to another, by the interval people began in; what may still rise is marked. */
export function FunnelTrend({ question, answer, names, onCell }: ShownFunnel) {
  const t = useWords(funnelWords)
  const a = useWords(analyticsWords)
  const { language, dark } = useDisplay()
  const { state, change, small } = useShown()
  const trend = answer.trend
  const lines: Lines = useMemo(() => trend?.lines ?? [], [trend])
  const last = answer.steps.length
  const between = useMemo((): Between => {
    const [from, to] = funnelOptions(state).between ?? [1, last]
    return from < to && to <= last ? [from, to] : [1, last]
  }, [state, last])
  const [first, final] = between
  const choose = (from: number, to: number) =>
    change(withOptions(state, { between: from === 1 && to === last ? undefined : [from, to] }))
  const stepNames = names.map((name, at) => ({
    value: at + 1,
    label: question.order === 'any' ? t('anyStep', { step: at + 1 }) : `${at + 1}. ${name}`,
  }))
  const nameOf = (line: Lines[number]) => (line.breakdown.length === 0 ? t('conversion') : valueName(line, a))
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    const palette = dark ? chartPaletteDark : chartPalette
    const hasLegend = lines.length > 1
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
        axisLabel: { ...axis.axisLabel, formatter: (value: number) => percent(value, language) },
      },
      tooltip: {
        trigger: 'axis',
        valueFormatter: (value: unknown) => (typeof value === 'number' ? percent(value, language) : '–'),
      },
      series: lines.map((line, at) => ({
        type: 'line',
        name: line.breakdown.length === 0 ? t('conversion') : valueName(line, a),
        color: line.other ? axis.axisLabel.color : palette[at % palette.length],
        triggerLineEvent: true,
        symbolSize: 6,
        showSymbol: line.points.length <= 31,
        data: line.points.map((point) => shareOf(point, between)),
      })),
    }
  }, [lines, between, dark, language, t, a])
  if (!trend) return null
  const times = lines[0]?.points.map((point) => point.t) ?? []
  const isOpen = (time: string) => trend.open_from !== null && Date.parse(time) >= Date.parse(trend.open_from)
  const open = (line: Lines[number], point: Point, step = final) =>
    onCell(
      {
        ...{ step, dropped: false, t: point.t },
        ...(line.breakdown.length > 0 ? { breakdown: line.breakdown } : {}),
      },
      `${nameOf(line)} · ${point.t.slice(0, 16).replace('T', ' ')} · ${stepNames[step - 1]?.label ?? ''}`,
    )
  return (
    <>
      <section className="hw-panel analytics-chart" aria-label={t('tab.trend')}>
        {!small && (
          <div className="hw-bar funnel-trend-of">
            <Select
              aria-label={a('interval')}
              value={trend.interval}
              options={Interval.options.map((value) => ({ value, label: a(`interval.${value}`) }))}
              onChange={(interval) => change({ interval })}
              popupMatchSelectWidth={false}
            />
            <Select
              aria-label={t('trendFrom')}
              value={first}
              options={stepNames.slice(0, -1)}
              onChange={(from) => choose(from, from < final ? final : from + 1)}
              popupMatchSelectWidth={false}
            />
            <span aria-hidden="true">→</span>
            <Select
              aria-label={t('trendTo')}
              value={final}
              options={stepNames.slice(1)}
              onChange={(to) => choose(first < to ? first : to - 1, to)}
              popupMatchSelectWidth={false}
            />
          </div>
        )}
        <Chart
          option={option}
          height={280}
          onPick={({ seriesName, dataIndex }) => {
            const line = lines.find((one) => nameOf(one) === seriesName)
            const point = line?.points[dataIndex ?? -1]
            if (line && point && reached(point, final) > 0) open(line, point)
          }}
          label={t('trendLabel', { from: answer.range.from, to: answer.range.to })}
        />
        {trend.open_from !== null && <p className="hw-fine">{t('stillOpen', { from: trend.open_from })}</p>}
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
                {isOpen(time) ? ' *' : ''}
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
              {line.points.map((point) => {
                const share = shareOf(point, between)
                const label = `${nameOf(line)} ${shortTime(point.t)}`
                return (
                  <td className="hw-right" key={point.t}>
                    {share === null ? (
                      <span className="hw-muted">–</span>
                    ) : (
                      <>
                        {percent(share, language)}{' '}
                        <span className="hw-muted">
                          <PeopleCount
                            value={reached(point, final)}
                            label={`${label} ${stepNames[final - 1]?.label}`}
                            onOpen={() => open(line, point)}
                          />
                          /
                          <PeopleCount
                            value={reached(point, first)}
                            label={`${label} ${stepNames[first - 1]?.label}`}
                            onOpen={() => open(line, point, first)}
                          />
                        </span>
                      </>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </ScrollingTable>
    </>
  )
}
