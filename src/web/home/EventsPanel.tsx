import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Segmented, Skeleton, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { routes } from '#modules/collect/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { NumberText } from '#ui/NumberText.tsx'
import { Stamp } from '#ui/Stamp.tsx'
import type { Answer } from '#web/api-client.ts'
import { homeRoute } from '#web/home/home-route.tsx'
import { homeWords } from '#web/home/home-words.ts'
import { VolumeChart } from '#web/home/VolumeChart.tsx'
import { useRoute } from '#web/use-route.ts'

type Status = Answer<typeof routes.status>
const hoursOf = { day: 24, week: 168, month: 720 } as const

export function EventsPanel({ status }: { status: UseQueryResult<Status> }) {
  const t = useWords(homeWords)
  const { range = 'day' } = homeRoute.useSearch()
  const navigate = homeRoute.useNavigate()
  const volume = useRoute(routes.volume, { query: { hours: hoursOf[range] } }, { every: 15_000, keep: true })
  return (
    <section className="hw-panel" aria-label={t('events')}>
      <div className="hw-panel-head">
        <h2>{t('events')}</h2>
        <Segmented
          size="small"
          aria-label={t('rangeLabel')}
          value={range}
          onChange={(value) =>
            void navigate({ search: { range: value === 'day' ? undefined : value }, replace: true })
          }
          options={(['day', 'week', 'month'] as const).map((value) => ({ value, label: t(value) }))}
        />
      </div>
      <div className="hw-panel-body">
        {status.error && !status.data ? (
          <ErrorState error={status.error} retry={() => void status.refetch()} compact />
        ) : (
          <Figures status={status.data} />
        )}
        {volume.error && !volume.data && (
          <ErrorState error={volume.error} retry={() => void volume.refetch()} compact />
        )}
        {volume.isPending && <Skeleton.Node active style={{ width: '100%', height: 200 }} />}
        {volume.data && <VolumeChart items={volume.data.items} hours={hoursOf[range]} range={t(range)} />}
        <Stamp updatedAt={status.dataUpdatedAt || volume.dataUpdatedAt} exact />
      </div>
    </section>
  )
}

function Figures({ status }: { status: Status | undefined }) {
  const t = useWords(homeWords)
  const { language } = useDisplay()
  if (!status) return <Skeleton active title={false} paragraph={{ rows: 2 }} />
  const behind = Math.max(0, status.accepted - status.projected)
  const { rejected } = status.outcomes
  return (
    <dl className="home-figures">
      <Figure name={t('accepted')}>
        <NumberText value={status.accepted} unit={t('unit', { count: status.accepted })} />
      </Figure>
      <Figure name={t('rate')}>
        <NumberText value={Math.round(status.rate * 10) / 10} exact unit={t('rateUnit')} />
      </Figure>
      <Figure name={<Tooltip title={t('lagHint')}>{t('lag')}</Tooltip>}>
        {behind === 0 ? (
          <span className="home-calm">{t('lagNow')}</span>
        ) : (
          <>
            <NumberText value={Math.round(status.lag_seconds * 10) / 10} exact unit={t('seconds')} />
            <span className="hw-fine">{t('behind', { count: exactNumber(behind, language) })}</span>
          </>
        )}
      </Figure>
      <Figure name={t('rejected')}>
        {rejected === 0 ? (
          <span className="home-calm">{t('rejectedNone')}</span>
        ) : (
          <>
            <NumberText value={rejected} unit={t('unit', { count: rejected })} />
            <Link to="/events" search={{ outcome: 'rejected' }} className="hw-fine">
              {t('rejectedSee')}
            </Link>
          </>
        )}
      </Figure>
    </dl>
  )
}

function Figure({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
