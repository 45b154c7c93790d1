import { useMemo } from 'react'
import { axisStyle, Chart } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { cohortWords } from './cohort-words.ts'

type Bin = { from: number; until: number; people: number }
type Props = { bins: readonly Bin[]; name: string; label: string; onBin: (bin: Bin, name: string) => void }

/** How many took how many days; every bar opens its people. */
export function DayBars({ bins, name, label, onBin }: Props) {
  const t = useWords(cohortWords)
  const { language, dark } = useDisplay()
  const names = useMemo(
    () =>
      bins.map(({ from, until }) =>
        until - from === 1 ? t('dayOne', { from }) : t('dayRange', { from, until: until - 1 }),
      ),
    [bins, t],
  )
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    return {
      xAxis: { ...axis, type: 'category', data: names, splitLine: { show: false } },
      yAxis: {
        ...axis,
        type: 'value',
        minInterval: 1,
        axisLabel: { ...axis.axisLabel, formatter: (value: number) => shortNumber(value, language) },
      },
      series: [{ type: 'bar', name, barMaxWidth: 36, data: bins.map((bin) => bin.people) }],
    }
  }, [bins, name, names, dark, language])
  return (
    <Chart
      option={option}
      height={220}
      onPick={({ dataIndex }) => {
        const bin = bins[dataIndex ?? -1]
        if (bin) onBin(bin, names[dataIndex ?? -1] ?? '')
      }}
      label={label}
    />
  )
}
