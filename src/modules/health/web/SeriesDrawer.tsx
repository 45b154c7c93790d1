import { Link } from '@tanstack/react-router'
import { Drawer, Skeleton } from 'antd'
import { useMemo } from 'react'
import { axisStyle, Chart } from '#ui/Chart.tsx'
import { useDisplay, useIsNarrow } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { exactNumber, shortNumber } from '#ui/format-number.ts'
import { clockTime, dayName } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { useEventTitles } from '#web/use-event-titles.ts'
import { useRoute } from '#web/use-route.ts'
import { routes, type VolumePoint } from '../contract.ts'
import { seriesName } from './AnomalyList.tsx'
import { healthWords } from './health-words.ts'

type Props = { series: string | undefined; name: string; onClose: () => void }

/** Seven days of one series against what is usual. */
export function SeriesDrawer({ series, name, onClose }: Props) {
  const t = useWords(healthWords)
  const narrow = useIsNarrow()
  const titles = useEventTitles()
  const shown = seriesName({ series: series ?? '', name }, titles.event)
  const points = useRoute(
    routes.series,
    { query: { series: series ?? 'event:none' } },
    { enabled: series !== undefined, every: 60_000 },
  )
  return (
    <Drawer
      open={series !== undefined}
      onClose={onClose}
      title={shown}
      size={narrow ? '100%' : 720}
      destroyOnHidden
    >
      <h3 className="health-chart-title">{t('chart')}</h3>
      {points.error && <ErrorState error={points.error} retry={() => void points.refetch()} compact />}
      {points.isPending && <Skeleton.Node active style={{ width: '100%', height: 280 }} />}
      {points.data && <SeriesChart points={points.data.items} name={shown} />}
      <p>
        <Link to="/events" search={series?.startsWith('event:') ? { name } : {}}>
          {t('seeEvents')}
        </Link>
      </p>
    </Drawer>
  )
}

function SeriesChart({ points, name }: { points: VolumePoint[]; name: string }) {
  const t = useWords(healthWords)
  const narrow = useIsNarrow()
  const { language, timezone, dark } = useDisplay()
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    const now = Date.now()
    const at = (value: string) => Date.parse(value)
    return {
      aria: { enabled: false },
      legend: { bottom: 0, icon: 'roundRect', textStyle: { color: axis.axisLabel.color } },
      grid: { left: 48, right: 12, top: 16, bottom: 56 },
      xAxis: {
        type: 'category',
        data: points.map((point) => point.hour),
        axisLabel: {
          ...axis.axisLabel,
          formatter: (value: string) => dayName(at(value), timezone, language, now),
          interval: (index: number) => index % (narrow ? 72 : 48) === 0,
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
      tooltip: {
        trigger: 'axis',
        formatter: (shown: { dataIndex: number }[]) => {
          const point = points[shown[0]?.dataIndex ?? 0]
          if (!point) return ''
          const when = `${dayName(at(point.hour), timezone, language, now)} ${clockTime(at(point.hour), timezone, language)}`
          const usual =
            point.usual === null
              ? ''
              : `<br/>${t('usualLine')} ${exactNumber(Math.round(point.usual), language)}`
          return `${when}<br/><b>${exactNumber(point.count, language)}</b>${usual}`
        },
      },
      series: [
        {
          type: 'line',
          name: t('usualLine'),
          data: points.map((point) => point.usual),
          symbol: 'none',
          step: 'middle',
          lineStyle: { type: 'dashed', width: 1.5, color: '#12A594' },
          itemStyle: { color: '#12A594' },
        },
        {
          type: 'line',
          name: t('actual'),
          data: points.map((point) => point.count),
          symbol: 'none',
          lineStyle: { width: 1.5, color: '#0B6BCB' },
          itemStyle: { color: '#0B6BCB' },
          areaStyle: { opacity: 0.08, color: '#0B6BCB' },
        },
      ],
    }
  }, [points, dark, language, timezone, narrow, t])
  return <Chart option={option} label={t('chartLabel', { name })} height={300} />
}
