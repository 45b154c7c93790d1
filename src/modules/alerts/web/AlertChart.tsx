import { useMemo } from 'react'
import { axisStyle, Chart, plotFrame } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { chartInk, chartPalette, chartPaletteDark } from '#ui/theme.ts'
import { sayAmount, sayBand, sayBucket } from '../alert-text.ts'
import type { Evaluation } from '../contract/alert.ts'
import { alertWords } from './alert-words.ts'

export type Judged = Pick<Evaluation, 't' | 'value' | 'low' | 'high' | 'verdict' | 'edge'>
type Props = { points: readonly Judged[]; unit: 'number' | 'percent'; label: string; height?: number }

/** The watched number over what had been fine; what was not stands out. */
export function AlertChart({ points, unit, label, height = 240 }: Props) {
  const t = useWords(alertWords)
  const { language, dark } = useDisplay()
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    const colours = dark ? chartPaletteDark : chartPalette
    const [line, band] = [colours[0] as string, colours[1] as string]
    const { danger } = chartInk(dark)
    const hasBoth = points.some(({ low, high }) => low !== null && high !== null)
    const bound = (of: 'low' | 'high') => ({
      ...{ type: 'line', name: t('band'), symbol: 'none', silent: true, step: false },
      lineStyle: { type: 'dashed', width: 1.2, color: band },
      itemStyle: { color: band },
      data: points.map((one) => one[of]),
    })
    // The area between two bounds: the lower one, and above it what lies between.
    const area = [
      {
        ...{
          type: 'line',
          name: t('band'),
          symbol: 'none',
          silent: true,
          stack: 'band',
          stackStrategy: 'all',
        },
        lineStyle: { opacity: 0 },
        itemStyle: { color: band },
        data: points.map(({ low, high }) => (high === null ? null : low)),
      },
      {
        ...{
          type: 'line',
          name: t('band'),
          symbol: 'none',
          silent: true,
          stack: 'band',
          stackStrategy: 'all',
        },
        lineStyle: { opacity: 0 },
        itemStyle: { color: band },
        areaStyle: { color: band, opacity: 0.18 },
        data: points.map(({ low, high }) => (low === null || high === null ? null : high - low)),
      },
    ]
    return {
      aria: { enabled: false },
      ...plotFrame(dark, true),
      xAxis: {
        type: 'category',
        data: points.map((point) => point.t),
        axisLabel: { ...axis.axisLabel, formatter: (value: string) => shortTime(value), hideOverlap: true },
        axisLine: axis.axisLine,
        axisTick: axis.axisTick,
      },
      yAxis: {
        type: 'value',
        axisLabel: {
          ...axis.axisLabel,
          formatter: (value: number) => shortNumber(value, language) + (unit === 'percent' ? '%' : ''),
        },
        splitLine: axis.splitLine,
      },
      tooltip: {
        trigger: 'axis',
        formatter: (shown: { dataIndex: number }[]) => {
          const point = points[shown[0]?.dataIndex ?? 0]
          if (!point) return ''
          const said = [
            sayBucket(point.t),
            `<b>${sayAmount(point.value, unit)}</b>`,
            `${t('band')} ${sayBand(point, unit, language)}`,
            point.edge ? t(point.edge) : t(`verdict_${point.verdict}`),
          ]
          return said.join('<br/>')
        },
      },
      series: [
        ...(hasBoth ? area : [bound('low'), bound('high')]),
        {
          type: 'line',
          name: t('value'),
          lineStyle: { width: 1.8, color: line },
          itemStyle: { color: line },
          showSymbol: true,
          showAllSymbol: true,
          data: points.map(({ value, verdict, edge }) =>
            verdict === 'breach'
              ? {
                  value,
                  symbol: 'circle',
                  symbolSize: edge === 'fired' ? 11 : 7,
                  itemStyle: { color: danger },
                }
              : { value, symbol: 'none' },
          ),
        },
      ],
    }
  }, [points, unit, dark, language, t])
  return <Chart option={option} label={label} height={height} />
}

/** `11-29`, of hours with the time. */
const shortTime = (t: string): string => t.slice(5, 16).replace('T', ' ')
