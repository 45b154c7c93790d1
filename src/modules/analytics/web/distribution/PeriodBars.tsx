import { useMemo } from 'react'
import { axisStyle, Chart, plotFrame } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { Annotations } from '../annotations/Annotations.tsx'
import type { ShownDistribution } from './DistributionResult.tsx'
import { distributionWords } from './distribution-words.ts'

/** A stack for each period: from few, light, to much, dark. */
export function PeriodBars({ answer, lines, names, title, open }: ShownDistribution) {
  const t = useWords(distributionWords)
  const { language, dark } = useDisplay()
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    return {
      ...plotFrame(dark, true),
      xAxis: {
        ...axis,
        type: 'category',
        data: lines.map(({ name }) => name),
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
      series: names.map((name, at) => ({
        type: 'bar',
        name,
        stack: 'people',
        color: shade(names.length === 1 ? 1 : at / (names.length - 1), dark),
        barMaxWidth: 60,
        data: lines.map(({ point }) => point.counts[at] ?? 0),
      })),
    }
  }, [lines, names, dark, language])
  return (
    <>
      <Chart
        option={option}
        height={320}
        onPick={({ seriesName, dataIndex = -1 }) => {
          const [line, at] = [lines[dataIndex], names.indexOf(seriesName ?? '')]
          if (line && at >= 0 && line.point.counts[at]) open(line, at)
        }}
        label={t('periodsLabel', { measure: title, from: answer.range.from, until: answer.range.to })}
      />
      <Annotations range={answer.range} />
    </>
  )
}

/** The brackets have an order, so their colours have one, too: one hue, told apart by lightness. */
function shade(share: number, dark: boolean): string {
  const [few, much] = dark
    ? [
        [38, 74, 110],
        [150, 205, 255],
      ]
    : [
        [190, 219, 246],
        [6, 62, 122],
      ]
  const mixed = (few as number[]).map((one, at) => Math.round(one + ((much?.[at] ?? one) - one) * share))
  return `rgb(${mixed.join(', ')})`
}
