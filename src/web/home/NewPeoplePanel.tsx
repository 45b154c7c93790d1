import { Skeleton } from 'antd'
import { useMemo } from 'react'
import { routes } from '#modules/profiles/contract.ts'
import { axisStyle, Chart } from '#ui/Chart.tsx'
import { useDisplay, useIsNarrow } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { exactNumber, shortNumber } from '#ui/format-number.ts'
import { dayName } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { Stamp } from '#ui/Stamp.tsx'
import type { Answer } from '#web/api-client.ts'
import { homeWords } from '#web/home/home-words.ts'
import { useRoute } from '#web/use-route.ts'

type Day = Answer<typeof routes.newPerDay>['items'][number]

/** New people per day of the last thirty: whether more come than before. */
export function NewPeoplePanel() {
  const t = useWords(homeWords)
  const { language } = useDisplay()
  const days = useRoute(routes.newPerDay, { query: { days: 30 } }, { every: 60_000, keep: true })
  const items = days.data?.items
  const total = items?.reduce((sum, one) => sum + one.count, 0) ?? 0
  return (
    <section className="hw-panel" aria-label={t('growth')}>
      <div className="hw-panel-head">
        <h2>{t('growth')}</h2>
        {total > 0 && (
          <span className="hw-fine">{t('growthSum', { shown: exactNumber(total, language) })}</span>
        )}
      </div>
      <div className="hw-panel-body">
        {days.error && !items && <ErrorState error={days.error} retry={() => void days.refetch()} compact />}
        {days.isPending && <Skeleton.Node active style={{ width: '100%', height: 200 }} />}
        {items && total === 0 && <p className="home-none">{t('growthNone')}</p>}
        {items && total > 0 && <DayChart items={items} total={total} />}
        <Stamp updatedAt={days.dataUpdatedAt || undefined} exact />
      </div>
    </section>
  )
}

function DayChart({ items, total }: { items: Day[]; total: number }) {
  const t = useWords(homeWords)
  const { language, dark } = useDisplay()
  const every = Math.ceil(items.length / (useIsNarrow() ? 3 : 8))
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    // They are days of the workspace already: no clock of the reader moves them.
    const name = (day: string) => dayName(Date.parse(day), 'UTC', language, Date.now())
    return {
      aria: { enabled: false },
      xAxis: {
        type: 'category',
        data: items.map((item) => item.day),
        axisLabel: { ...axis.axisLabel, formatter: name, interval: (at: number) => at % every === 0 },
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
          name: t('growth'),
          data: items.map((item) => item.count),
          barCategoryGap: '25%',
          itemStyle: { borderRadius: [2, 2, 0, 0] },
        },
      ],
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
        formatter: ([point]: { axisValue: string; value: number }[]) =>
          point
            ? `${name(point.axisValue)}<br/><b>${exactNumber(point.value, language)}</b> ${t('peopleUnit', { count: point.value })}`
            : '',
      },
    }
  }, [items, dark, language, every, t])
  return (
    <Chart option={option} label={t('growthLabel', { total: exactNumber(total, language) })} height={208} />
  )
}
