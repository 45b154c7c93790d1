import { Skeleton } from 'antd'
import { useCallback, useMemo } from 'react'
import { routes } from '#modules/profiles/contract.ts'
import { useDisplay, useIsNarrow } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { dayName } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { Stamp } from '#ui/Stamp.tsx'
import type { Answer } from '#web/api-client.ts'
import { BarsOverTime } from '#web/home/BarsOverTime.tsx'
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
  const { language } = useDisplay()
  const every = Math.ceil(items.length / (useIsNarrow() ? 3 : 8))
  const bars = useMemo(
    () =>
      items.map(({ day, count }) => {
        // They are days of the workspace already: no clock of the reader moves them.
        const name = dayName(Date.parse(day), 'UTC', language, Date.now())
        return { label: name, title: name, count }
      }),
    [items, language],
  )
  const unit = useCallback((count: number) => t('peopleUnit', { count }), [t])
  return (
    <BarsOverTime
      bars={bars}
      name={t('growth')}
      unit={unit}
      every={every}
      label={t('growthLabel', { total: exactNumber(total, language) })}
    />
  )
}
