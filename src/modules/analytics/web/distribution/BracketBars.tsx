import { useMemo } from 'react'
import { axisStyle, Chart, plotFrame } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent, shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { chartPalette, chartPaletteDark } from '#ui/theme.ts'
import type { ShownDistribution } from './DistributionResult.tsx'
import { distributionWords } from './distribution-words.ts'

/**
 * A bar for each bracket. Where values or periods stand beside each other, shares are compared and not numbers: the groups
 * are of different size.
 */
export function BracketBars({ lines, names, title, open }: ShownDistribution) {
  const t = useWords(distributionWords)
  const { language, dark } = useDisplay()
  const isShared = lines.length > 1
  const hasValues = lines.some(({ cell }) => cell.breakdown !== undefined)
  // Beside values everybody is one bar too many.
  const drawn = useMemo(
    () => (hasValues ? lines.filter(({ cell }) => cell.breakdown !== undefined) : lines),
    [lines, hasValues],
  )
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    const palette = dark ? chartPaletteDark : chartPalette
    const say = (value: number) => (isShared ? percent(value, language) : shortNumber(value, language))
    return {
      ...plotFrame(dark, drawn.length > 1),
      xAxis: {
        ...axis,
        type: 'category',
        data: names,
        splitLine: { show: false },
        axisLabel: { ...axis.axisLabel, hideOverlap: true },
      },
      yAxis: {
        ...axis,
        type: 'value',
        ...(isShared ? {} : { minInterval: 1 }),
        axisLabel: { ...axis.axisLabel, formatter: say },
      },
      tooltip: {
        trigger: 'axis',
        valueFormatter: (value: unknown) =>
          typeof value !== 'number'
            ? '–'
            : isShared
              ? percent(value, language)
              : exactNumber(value, language),
      },
      series: drawn.map(({ name, point, muted, other, colour }) => ({
        type: 'bar',
        name,
        color: other ? axis.axisLabel.color : palette[colour % palette.length],
        itemStyle: { opacity: muted ? 0.4 : 1 },
        barMaxWidth: 60,
        data: point.counts.map((count) => (isShared ? count / (point.people || 1) : count)),
      })),
    }
  }, [drawn, names, isShared, dark, language])
  const all = lines[0]?.point
  return (
    <Chart
      option={option}
      height={300}
      onPick={({ seriesName, dataIndex = -1 }) => {
        const line = drawn.find(({ name }) => name === seriesName)
        if (line?.point.counts[dataIndex]) open(line, dataIndex)
      }}
      label={t('chartLabel', {
        measure: title,
        people: exactNumber(all?.people ?? 0, language),
        median: exactNumber(all?.median ?? 0, language),
      })}
    />
  )
}
