import { useMemo } from 'react'
import type { Firings } from '#modules/alerts/web/shared.tsx'
import { axisStyle, Chart, plotFrame } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { chartInk, chartPalette, chartPaletteDark } from '#ui/theme.ts'
import type { TrendLine } from '../../contract/trend.ts'
import { annotationMarks } from '../annotations/annotation-marks.ts'
import { useAnnotations } from '../annotations/use-annotations.ts'
import type { ResultProps } from '../kind-view.ts'
import { optionsOf } from '../question-state.ts'
import { useShown } from '../shown-state.tsx'
import { TrendOptions } from './trend-options.ts'
import { trendWords } from './trend-words.ts'

export type NamedLine = { line: TrendLine; name: string }
export type OpenLine = (line: NamedLine, t?: string, compared?: boolean) => void
type Props = {
  answer: ResultProps<'trend'>['answer']
  lines: NamedLine[]
  compared: NamedLine[]
  firings: Firings
  onOpen: OpenLine
}

/** The compared period is the same hue at 40 %, dashed; what is not over yet is drawn lighter. */
export function TrendChart({ answer, lines, compared, firings, onOpen }: Props) {
  const t = useWords(trendWords)
  const { language, dark } = useDisplay()
  const shape = optionsOf(useShown().state, 'trend', TrendOptions)?.shape ?? 'line'
  const drawn = useMemo(
    () => [
      ...lines.map((one) => ({ one, isCompared: false })),
      ...compared.map((one) => ({ one, isCompared: true })),
    ],
    [lines, compared],
  )
  const annotations = useAnnotations(answer.range)
  const times = (lines[0] ?? compared[0])?.line.points.map((point) => point.t) ?? []
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    const palette = dark ? chartPaletteDark : chartPalette
    const colourOf = (one: NamedLine) => {
      if (one.line.other) return axis.axisLabel.color
      const at = lines.findIndex(({ line }) => isSame(line, one.line))
      return palette[Math.max(at, 0) % palette.length]
    }
    return {
      ...plotFrame(dark, drawn.length > 1),
      xAxis: {
        ...axis,
        type: 'category',
        data: times,
        splitLine: { show: false },
        axisLabel: { ...axis.axisLabel, formatter: shortTime, hideOverlap: true },
      },
      yAxis: {
        ...axis,
        type: 'value',
        axisLabel: { ...axis.axisLabel, formatter: (value: number) => shortNumber(value, language) },
      },
      tooltip: {
        trigger: 'axis',
        valueFormatter: (value: unknown) => (typeof value === 'number' ? exactNumber(value, language) : '–'),
      },
      series: drawn.flatMap(({ one, isCompared }, at) => {
        const color = colourOf(one)
        const base = {
          type: shape,
          name: one.name,
          color,
          data: one.line.points.map(({ value }) => value),
          showSymbol: one.line.points.length <= 31,
          symbolSize: 6,
          triggerLineEvent: true,
          ...(at === 0 ? annotationMarks(annotations, times, axis.axisLabel.color) : {}),
          lineStyle: { width: 2, opacity: isCompared ? 0.4 : 1, type: isCompared ? 'dashed' : 'solid' },
          itemStyle: { opacity: isCompared ? 0.4 : 1 },
          ...(isCompared ? {} : firingMarks(firings, one.line, chartInk(dark).danger)),
        }
        const averages = one.line.points.map(({ average }) => average ?? null)
        if (isCompared || averages.every((value) => value === null)) return [base]
        const smooth = { ...base, type: 'line', name: t('averageName', { name: one.name }), data: averages }
        return [
          { ...base, lineStyle: { width: 1, opacity: 0.35 }, itemStyle: { opacity: 0.35 } },
          { ...smooth, showSymbol: false },
        ]
      }),
    }
  }, [drawn, lines, times, annotations, firings, dark, language, shape, t])
  const open = (place: { seriesName?: string | undefined; dataIndex?: number | undefined }) => {
    const found = drawn.find(({ one }) => one.name === place.seriesName)
    const point = found?.one.line.points[place.dataIndex ?? -1]
    if (found && point) onOpen(found.one, point.t, found.isCompared)
  }
  const last = lines[0]?.line.points.at(-1)
  return (
    <Chart
      option={option}
      height={320}
      onPick={open}
      label={t('chartLabel', {
        names: lines.map(({ name }) => name).join(' / '),
        from: answer.range.from,
        to: answer.range.to,
        last: last?.value == null ? '–' : exactNumber(last.value, language),
      })}
    />
  )
}

/** A red point wherever an alert on this very line fired. */
function firingMarks(firings: Firings, line: TrendLine, color: string) {
  const fired = new Set(
    firings.flatMap(({ metric, t }) =>
      metric.of === 'trend' &&
      metric.series === line.series &&
      JSON.stringify(metric.breakdown ?? []) === JSON.stringify(line.breakdown)
        ? [t]
        : [],
    ),
  )
  const points = line.points.filter(({ t, value }) => value !== null && fired.has(t))
  if (points.length === 0) return {}
  return {
    markPoint: {
      ...{ symbol: 'circle', symbolSize: 10, silent: true, animation: false, label: { show: false } },
      itemStyle: { color, opacity: 1 },
      data: points.map(({ t, value }) => ({ coord: [t, value] })),
    },
  }
}

const isSame = (a: TrendLine, b: TrendLine) =>
  a.series === b.series && JSON.stringify(a.breakdown) === JSON.stringify(b.breakdown)

/** 03-05, or 03-05 14:00 */
export const shortTime = (t: string): string =>
  t.length > 10 ? `${t.slice(5, 10)} ${t.slice(11, 16)}` : t.slice(5)
