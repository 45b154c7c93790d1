import { useMemo } from 'react'
import { axisStyle, Chart, plotFrame } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { analyticsWords } from '../analytics-words.ts'
import { Annotations } from '../annotations/Annotations.tsx'
import type { ShownDistribution } from './DistributionResult.tsx'
import { distributionWords } from './distribution-words.ts'

/** A stack for each period: from few, light, to much, dark; beside it, fainter, the one it is compared with. */
export function PeriodBars({ answer, lines, names, title, open }: ShownDistribution) {
  const t = useWords(distributionWords)
  const { language, dark } = useDisplay()
  const a = useWords(analyticsWords)
  const own = useMemo(() => lines.filter(({ muted }) => !muted), [lines])
  const before = useMemo(() => lines.filter(({ muted }) => muted), [lines])
  const option = useMemo(() => {
    const frame = plotFrame(dark, true)
    const axis = axisStyle(dark)
    return {
      ...frame,
      // One entry a bracket; what is compared is seen by its faintness.
      legend: { ...frame.legend, data: [...names] },
      xAxis: {
        ...axis,
        type: 'category',
        data: own.map(({ name }) => name),
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
      series: [false, true].flatMap((muted) =>
        (muted && before.length === 0 ? [] : names).map((name, at) => ({
          type: 'bar',
          name: muted ? a('comparedName', { name }) : name,
          stack: muted ? 'before' : 'people',
          color: shade(names.length === 1 ? 1 : at / (names.length - 1), dark),
          itemStyle: { opacity: muted ? 0.4 : 1 },
          barMaxWidth: 60,
          data: (muted ? before : own).map(({ point }) => point.counts[at] ?? 0),
        })),
      ),
    }
  }, [own, before, names, dark, language, a])
  return (
    <>
      <Chart
        option={option}
        height={320}
        onPick={({ seriesName, dataIndex = -1 }) => {
          const isOwn = names.includes(seriesName ?? '')
          const at = names.findIndex((name) => seriesName === (isOwn ? name : a('comparedName', { name })))
          const line = (isOwn ? own : before)[dataIndex]
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
