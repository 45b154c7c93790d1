import { useMemo } from 'react'
import { axisStyle, Chart, plotFrame } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, shortNumber } from '#ui/format-number.ts'
import { chartPalette, chartPaletteDark } from '#ui/theme.ts'
import type { StickinessPart } from './StickinessResult.tsx'

type Props = { parts: StickinessPart[]; label: string; onOpen: (part: StickinessPart, days: number) => void }

/** Bars side by side; those of the compared period are the same hue, lighter. */
export function StickinessChart({ parts, label, onOpen }: Props) {
  const { language, dark } = useDisplay()
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    const palette = dark ? chartPaletteDark : chartPalette
    const longest = parts.reduce(
      (all, { of }) => (of.bins.length > all.length ? of.bins : all),
      parts[0]?.of.bins ?? [],
    )
    const reached = Math.max(...parts.map(({ of }) => of.bins.findLastIndex(({ people }) => people > 0) + 1))
    const hasLegend = parts.length > 1
    return {
      ...plotFrame(dark, hasLegend),
      xAxis: {
        ...axis,
        type: 'category',
        // Days nobody reached in any part stand empty at the end; the table leaves them out, too.
        data: longest.slice(0, Math.max(1, reached)).map(({ days }) => days),
        splitLine: { show: false },
        axisLabel: { ...axis.axisLabel, hideOverlap: true },
      },
      yAxis: {
        ...axis,
        type: 'value',
        minInterval: 1,
        axisLabel: { ...axis.axisLabel, formatter: (value: number) => shortNumber(value, language) },
      },
      tooltip: {
        trigger: 'axis',
        valueFormatter: (value: unknown) => (typeof value === 'number' ? exactNumber(value, language) : '–'),
      },
      series: parts.map((part) => ({
        ...{ type: 'bar', name: part.name, barMaxWidth: 36, barGap: '8%' },
        color: part.other ? axis.axisLabel.color : palette[(part.colour ?? 0) % palette.length],
        itemStyle: { opacity: part.isCompared ? 0.4 : 1 },
        data: part.of.bins.slice(0, Math.max(1, reached)).map((bin) => bin.people),
      })),
    }
  }, [parts, dark, language])
  return (
    <Chart
      option={option}
      height={300}
      label={label}
      onPick={({ seriesName, dataIndex }) => {
        const part = parts.find(({ name }) => name === seriesName)
        const bin = part?.of.bins[dataIndex ?? -1]
        if (part && bin) onOpen(part, bin.days)
      }}
    />
  )
}
