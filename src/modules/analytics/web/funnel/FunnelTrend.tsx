import { Select } from 'antd'
import { useMemo } from 'react'
import { axisStyle, Chart, plotFrame } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { chartPalette, chartPaletteDark } from '#ui/theme.ts'
import { Interval } from '../../contract/question.ts'
import { analyticsWords } from '../analytics-words.ts'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { useShown } from '../shown-state.tsx'
import { shortTime } from '../trend/TrendChart.tsx'
import type { ShownFunnel } from './FunnelResult.tsx'
import { funnelWords } from './funnel-words.ts'
import { valueName } from './value-name.ts'

type Lines = NonNullable<ShownFunnel['answer']['trend']>['lines']
type Point = Lines[number]['points'][number]
const shareOf = ({ counts }: Point): number | null => {
  const begun = counts[0] ?? 0
  return begun === 0 ? null : (counts.at(-1) ?? 0) / begun
}

/** Conversion by the interval people began in; what may still rise is marked. */
export function FunnelTrend({ answer, onCell }: ShownFunnel) {
  const t = useWords(funnelWords)
  const a = useWords(analyticsWords)
  const { language, dark } = useDisplay()
  const { change } = useShown()
  const trend = answer.trend
  const lines: Lines = useMemo(() => trend?.lines ?? [], [trend])
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
        data: line.points.map(shareOf),
      })),
    }
  }, [lines, dark, language, t, a])
  if (!trend) return null
  const times = lines[0]?.points.map((point) => point.t) ?? []
  const isOpen = (time: string) => trend.open_from !== null && Date.parse(time) >= Date.parse(trend.open_from)
  const open = (line: Lines[number], point: Point) =>
    onCell(
      {
        ...{ step: point.counts.length, dropped: false, t: point.t },
        ...(line.breakdown.length > 0 ? { breakdown: line.breakdown } : {}),
      },
      `${nameOf(line)} · ${point.t.slice(0, 16).replace('T', ' ')}`,
    )
  return (
    <>
      <section className="hw-panel analytics-chart" aria-label={t('tab.trend')}>
        <Select
          aria-label={a('interval')}
          value={trend.interval}
          options={Interval.options.map((value) => ({ value, label: a(`interval.${value}`) }))}
          onChange={(interval) => change({ interval })}
          popupMatchSelectWidth={false}
        />
        <Chart
          option={option}
          height={280}
          onPick={({ seriesName, dataIndex }) => {
            const line = lines.find((one) => nameOf(one) === seriesName)
            const point = line?.points[dataIndex ?? -1]
            if (line && point && (point.counts.at(-1) ?? 0) > 0) open(line, point)
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
                const share = shareOf(point)
                const [begun, converted] = [point.counts[0] ?? 0, point.counts.at(-1) ?? 0]
                return (
                  <td className="hw-right" key={point.t}>
                    {share === null ? (
                      <span className="hw-muted">–</span>
                    ) : (
                      <>
                        {percent(share, language)}{' '}
                        {converted === 0 ? (
                          <span className="hw-muted">0/{exactNumber(begun, language)}</span>
                        ) : (
                          <button
                            type="button"
                            className="analytics-value hw-muted"
                            onClick={() => open(line, point)}
                          >
                            {exactNumber(converted, language)}/{exactNumber(begun, language)}
                          </button>
                        )}
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
