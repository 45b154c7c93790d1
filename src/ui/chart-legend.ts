import type { EChartsCoreOption } from 'echarts/core'

export type LegendEntry = { name: string; colour: string; isFaint: boolean }
type Series = { name?: unknown; color?: unknown; itemStyle?: { opacity?: number } }

/** Every name of a chart with its colour, once; none where the chart has no legend. */
export function legendOf(option: EChartsCoreOption, palette: readonly string[]): LegendEntry[] {
  if ((option.legend as { show?: boolean } | undefined)?.show !== true) return []
  const series = [option.series ?? []].flat() as Series[]
  const entries = series.flatMap(({ name, color, itemStyle }, at) =>
    typeof name === 'string' && name !== ''
      ? [
          {
            name,
            colour: typeof color === 'string' ? color : (palette[at % palette.length] ?? ''),
            isFaint: (itemStyle?.opacity ?? 1) < 1,
          },
        ]
      : [],
  )
  return [...new Map(entries.map((one) => [one.name, one])).values()]
}
