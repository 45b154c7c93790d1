import { useMemo } from 'react'
import { axisStyle, Chart } from '#ui/Chart.tsx'
import { useDisplay, useIsNarrow } from '#ui/display.tsx'
import { exactNumber, shortNumber } from '#ui/format-number.ts'
import { clockTime, dayName } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { fillVolume, type VolumePoint } from '#web/home/fill-volume.ts'
import { homeWords } from '#web/home/home-words.ts'

const dayMs = 86_400_000

export function VolumeChart({ items, hours, range }: { items: VolumePoint[]; hours: number; range: string }) {
  const t = useWords(homeWords)
  const { language, timezone, dark } = useDisplay()
  const points = useMemo(() => fillVolume(items, hours, Date.now()), [items, hours])
  const total = points.reduce((sum, point) => sum + point.count, 0)
  const byDay = (points[1]?.time ?? 0) - (points[0]?.time ?? 0) >= dayMs
  // ECharts would set the labels edge to edge, or over each other: a day takes twice the room of an hour.
  const [few, many] = byDay || hours > 24 ? [3, 8] : [5, 12]
  const every = Math.ceil(points.length / (useIsNarrow() ? few : many))
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    const now = Date.now()
    const label = (time: number) =>
      byDay || hours > 24 ? dayName(time, timezone, language, now) : clockTime(time, timezone, language)
    const full = (time: number) =>
      `${dayName(time, timezone, language, now)}${byDay ? '' : ` ${clockTime(time, timezone, language)}`}`
    return {
      aria: { enabled: false },
      xAxis: {
        type: 'category',
        data: points.map((point) => point.time),
        axisLabel: {
          ...axis.axisLabel,
          formatter: (value: string) => label(Number(value)),
          interval: (at: number) => at % every === 0,
        },
        axisLine: axis.axisLine,
        axisTick: axis.axisTick,
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
        axisLabel: { ...axis.axisLabel, formatter: (value: number) => shortNumber(value, language) },
        splitLine: axis.splitLine,
      },
      series: [
        {
          type: 'bar',
          name: t('unit'),
          data: points.map((point) => point.count),
          barCategoryGap: '25%',
          itemStyle: { borderRadius: [2, 2, 0, 0] },
        },
      ],
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
        formatter: ([point]: { axisValue: string; value: number }[]) =>
          point
            ? `${full(Number(point.axisValue))}<br/><b>${exactNumber(point.value, language)}</b> ${t('unit', { count: point.value })}`
            : '',
      },
    }
  }, [points, dark, language, timezone, byDay, hours, every, t])
  if (total === 0) return <p className="home-none">{t('noChart')}</p>
  return (
    <>
      <p className="hw-fine">
        {t('inRange', { range, count: total, shown: exactNumber(total, language) })} ·{' '}
        {byDay ? t('perDay') : t('perHour')}
      </p>
      <Chart
        option={option}
        label={t('chartLabel', { range, total: exactNumber(total, language) })}
        height={208}
      />
    </>
  )
}
