import { useMemo } from 'react'
import { axisStyle, Chart } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { shortNumber } from '#ui/format-number.ts'

type Props = {
  names: readonly string[]
  values: readonly (number | null)[]
  /** What the line is called. */
  name: string
  label: (points: string) => string
  /** How a value is written where it is pointed at. */
  written: (value: number) => string
  /** How it is written beside the axis; else short. */
  axisText?: (value: number) => string
  max?: number | undefined
}

/** A value a period, of all cohorts for which the period is over. */
export function CohortCurve({ names, values, name, label, written, axisText, max }: Props) {
  const { language, dark } = useDisplay()
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    return {
      xAxis: { ...axis, type: 'category', data: names, splitLine: { show: false }, boundaryGap: false },
      yAxis: {
        ...axis,
        type: 'value',
        ...(max === undefined ? {} : { max }),
        axisLabel: {
          ...axis.axisLabel,
          formatter: (value: number) => (axisText ? axisText(value) : shortNumber(value, language)),
        },
      },
      tooltip: {
        trigger: 'axis',
        valueFormatter: (value: unknown) => (typeof value !== 'number' ? '–' : written(value)),
      },
      series: [{ type: 'line', name, data: values, symbolSize: 6, lineStyle: { width: 2 } }],
    }
  }, [names, values, name, written, axisText, max, dark, language])
  const said = values.flatMap((value, at) => (value === null ? [] : [`${names[at]} ${written(value)}`]))
  return <Chart option={option} height={220} label={label(said.join(', '))} />
}
