import { useMemo } from 'react'
import { axisStyle, Chart } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, shortNumber } from '#ui/format-number.ts'

export type Bar = {
  /** Under the bar. */
  label: string
  /** In the bubble over it. */
  title: string
  count: number
}
type Props = {
  bars: readonly Bar[]
  /** What is counted. */
  name: string
  unit: (count: number) => string
  /** ECharts would set the labels edge to edge, or over each other: one of so many is shown. */
  every: number
  /** What the chart says, for who does not see it. */
  label: string
}

/** A count per hour or day. */
export function BarsOverTime({ bars, name, unit, every, label }: Props) {
  const { language, dark } = useDisplay()
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    return {
      aria: { enabled: false },
      xAxis: {
        type: 'category',
        data: bars.map((bar) => bar.label),
        axisLabel: { ...axis.axisLabel, interval: (at: number) => at % every === 0 },
        axisLine: axis.axisLine,
        axisTick: axis.axisTick,
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
        axisLabel: { ...axis.axisLabel, formatter: (value: number) => shortNumber(value, language) },
        splitLine: axis.splitLine,
      },
      series: [
        {
          type: 'bar',
          name,
          data: bars.map((bar) => bar.count),
          barCategoryGap: '25%',
          itemStyle: { borderRadius: [2, 2, 0, 0] },
        },
      ],
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
        formatter: ([point]: { dataIndex: number; value: number }[]) =>
          point
            ? `${bars[point.dataIndex]?.title}<br/><b>${exactNumber(point.value, language)}</b> ${unit(point.value)}`
            : '',
      },
    }
  }, [bars, dark, language, name, unit, every])
  return <Chart option={option} label={label} height={208} />
}
