import { useMemo } from 'react'
import { axisStyle, Chart, plotFrame } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent, shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { chartPalette, chartPaletteDark } from '#ui/theme.ts'
import type { RetentionAnswer } from '../../contract/retention.ts'
import { averageRow } from './average-row.ts'
import type { RetentionPart } from './RetentionResult.tsx'
import { retentionWords } from './retention-words.ts'

type Props = {
  parts: RetentionPart[]
  columns: RetentionAnswer['columns']
  names: string[]
  measure: 'people' | 'sum' | 'avg'
}

/** A curve for each value; the compared period is the same hue, dashed. */
export function RetentionCurve({ parts, columns, names, measure }: Props) {
  const t = useWords(retentionWords)
  const { language, dark } = useDisplay()
  const curves = useMemo(
    () =>
      parts.map((part) => ({
        part,
        name: parts.length === 1 ? t('average') : part.name,
        values: averageRow({ cohorts: part.of.cohorts, columns }, measure === 'avg'),
      })),
    [parts, columns, measure, t],
  )
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    const palette = dark ? chartPaletteDark : chartPalette
    const isShare = measure === 'people'
    const hasLegend = curves.length > 1
    return {
      ...plotFrame(dark, hasLegend, 24),
      xAxis: { ...axis, type: 'category', data: names, splitLine: { show: false }, boundaryGap: false },
      yAxis: {
        ...axis,
        type: 'value',
        ...(isShare ? { max: 1 } : {}),
        axisLabel: {
          ...axis.axisLabel,
          formatter: (value: number) => (isShare ? percent(value, language) : shortNumber(value, language)),
        },
      },
      tooltip: {
        trigger: 'axis',
        valueFormatter: (value: unknown) =>
          typeof value !== 'number' ? '–' : isShare ? percent(value, language) : exactNumber(value, language),
      },
      series: curves.map(({ part, name, values }) => ({
        ...{ type: 'line', name, data: values, symbolSize: 6 },
        color: part.other ? axis.axisLabel.color : palette[(part.colour ?? 0) % palette.length],
        lineStyle: {
          ...{ width: 2, opacity: part.isCompared ? 0.5 : 1 },
          type: part.isCompared ? 'dashed' : 'solid',
        },
        itemStyle: { opacity: part.isCompared ? 0.5 : 1 },
      })),
    }
  }, [curves, names, measure, dark, language])
  const said = curves.map(({ name, values }) => {
    const points = values.flatMap((value, at) =>
      value === null ? [] : [`${names[at]} ${measure === 'people' ? percent(value, language) : value}`],
    )
    return curves.length === 1 ? points.join(', ') : `${name}: ${points.join(', ')}`
  })
  return (
    <Chart
      option={option}
      height={curves.length > 1 ? 280 : 220}
      label={t('curveLabel', { points: said.join('; ') })}
    />
  )
}
