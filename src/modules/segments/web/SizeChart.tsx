import { useMemo } from 'react'
import { axisStyle, Chart } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, shortNumber } from '#ui/format-number.ts'
import { dayName } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { useRoute } from '#web/use-route.ts'
import { routes, type Segment } from '../contract.ts'
import { segmentWords } from './segment-words.ts'

const days = 30

export function SizeChart({ segment }: { segment: Segment }) {
  const t = useWords(segmentWords)
  const { language, timezone, dark } = useDisplay()
  const { data } = useRoute(
    routes.history,
    { params: { id: segment.id }, query: { days } },
    { staleTime: 60_000 },
  )
  const items = data?.items
  const option = useMemo(
    () => ({
      grid: {
        left: 0,
        right: 4,
        top: 10,
        bottom: 4,
        outerBoundsMode: 'same',
        outerBoundsContain: 'axisLabel',
      },
      xAxis: {
        ...axisStyle(dark),
        type: 'category',
        data: items?.map((item) => dayName(Date.parse(item.time), timezone, language, Date.now())),
        axisLabel: { show: false },
        boundaryGap: false,
      },
      yAxis: {
        ...axisStyle(dark),
        type: 'value',
        scale: true,
        splitNumber: 2,
        axisLabel: {
          ...axisStyle(dark).axisLabel,
          formatter: (value: number) => shortNumber(value, language),
        },
      },
      tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => exactNumber(Number(value), language) },
      series: [
        {
          type: 'line',
          name: t('size'),
          data: items?.map((item) => item.size),
          showSymbol: false,
          lineStyle: { width: 2 },
          areaStyle: { opacity: 0.1 },
        },
      ],
    }),
    [items, dark, timezone, language, t],
  )
  if (!items) return null
  const first = items[0]
  const last = items.at(-1)
  if (items.length < 2 || !first || !last) return <p className="hw-fine">{t('historyEmpty')}</p>
  return (
    <div className="segment-history">
      <h3 className="hw-fine">{t('trend')}</h3>
      <Chart
        option={option}
        height={110}
        label={t('historyLabel', {
          days,
          from: exactNumber(first.size, language),
          to: exactNumber(last.size, language),
        })}
      />
    </div>
  )
}
