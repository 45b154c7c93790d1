import { useMemo } from 'react'
import { axisStyle, Chart, plotFrame } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { chartPalette, chartPaletteDark } from '#ui/theme.ts'
import { UsageState } from '../../contract/usage-lifecycle.ts'
import { annotationMarks } from '../annotations/annotation-marks.ts'
import { useAnnotations } from '../annotations/use-annotations.ts'
import type { ResultProps } from '../kind-view.ts'
import { usageLifecycleWords } from './usage-lifecycle-words.ts'

type Answer = ResultProps<'usage_lifecycle'>['answer']
type Props = {
  points: Answer['points']
  range: Answer['range']
  onOpen: (t: string, state: UsageState) => void
}

const colourAt: Record<UsageState, number> = { new: 0, returning: 1, resurrecting: 2, dormant: 7 }
const signed = (state: UsageState, people: number) => (state === 'dormant' ? -people : people)
/** 03-05, or 03-05 14:00 */
export const short = (t: string): string =>
  t.length > 10 ? `${t.slice(5, 10)} ${t.slice(11, 16)}` : t.slice(5)

/** Active people stacked above zero, those fallen asleep below; every bar opens them. */
export function LifecycleChart({ points, range, onOpen }: Props) {
  const t = useWords(usageLifecycleWords)
  const { language, dark } = useDisplay()
  const annotations = useAnnotations(range)
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    const palette = dark ? chartPaletteDark : chartPalette
    return {
      ...plotFrame(dark, true),
      xAxis: {
        ...axis,
        type: 'category',
        data: points.map((point) => point.t),
        splitLine: { show: false },
        axisLabel: { ...axis.axisLabel, formatter: short, hideOverlap: true },
      },
      yAxis: {
        ...axis,
        type: 'value',
        minInterval: 1,
        axisLabel: {
          ...axis.axisLabel,
          formatter: (value: number) => shortNumber(Math.abs(value), language),
        },
      },
      tooltip: {
        trigger: 'axis',
        valueFormatter: (value: unknown) =>
          typeof value === 'number' ? exactNumber(Math.abs(value), language) : '–',
      },
      series: UsageState.options.map((state, at) => ({
        ...(at === 0
          ? annotationMarks(
              annotations,
              points.map((point) => point.t),
              axis.axisLabel.color,
            )
          : {}),
        type: 'bar',
        stack: 'people',
        name: t(`state.${state}`),
        color: palette[colourAt[state]],
        data: points.map((point) => signed(state, point[state])),
      })),
    }
  }, [points, annotations, dark, language, t])
  const pick = (place: { seriesName?: string | undefined; dataIndex?: number | undefined }) => {
    const state = UsageState.options.find((one) => t(`state.${one}`) === place.seriesName)
    const point = points[place.dataIndex ?? -1]
    if (state && point) onOpen(point.t, state)
  }
  return <Chart option={option} height={320} onPick={pick} label={t('chartLabel', range)} />
}
