import { useMemo } from 'react'
import { axisStyle, Chart, plotFrame } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { shortNumber } from '#ui/format-number.ts'
import { chartPalette, chartPaletteDark } from '#ui/theme.ts'

/** A value a period, of all cohorts for which the period is over. */
export type Curve = {
  name: string
  values: readonly (number | null)[]
  colour?: number | undefined
  other?: boolean
  isCompared?: boolean
}
type Props = {
  names: readonly string[]
  curves: readonly Curve[]
  label: (points: string) => string
  /** How a value is written where it is pointed at. */
  written: (value: number) => string
  /** How it is written beside the axis; else short. */
  axisText?: (value: number) => string
  /** Where the axis ends; else with the largest value. */
  max?: number | undefined
}

/** A curve for everybody, or one for each value; the compared period is the same hue, dashed. */
export function CohortCurve({ names, curves, label, written, axisText, max }: Props) {
  const { language, dark } = useDisplay()
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    const palette = dark ? chartPaletteDark : chartPalette
    return {
      ...plotFrame(dark, curves.length > 1, 24),
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
      series: curves.map(({ name, values, colour = 0, other, isCompared }) => ({
        ...{ type: 'line', name, data: values, symbolSize: 6 },
        color: other ? axis.axisLabel.color : palette[colour % palette.length],
        lineStyle: { width: 2, opacity: isCompared ? 0.5 : 1, type: isCompared ? 'dashed' : 'solid' },
        itemStyle: { opacity: isCompared ? 0.5 : 1 },
      })),
    }
  }, [names, curves, written, axisText, max, dark, language])
  const said = curves.map(({ name, values }) => {
    const points = values.flatMap((value, at) => (value === null ? [] : [`${names[at]} ${written(value)}`]))
    return curves.length === 1 ? points.join(', ') : `${name}: ${points.join(', ')}`
  })
  return <Chart option={option} height={curves.length > 1 ? 280 : 220} label={label(said.join('; '))} />
}
