import { Link } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import { EmptyState } from '#ui/EmptyState.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Stamp } from '#ui/Stamp.tsx'
import { useCan } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'
import { routes } from '../contract.ts'
import { AnomalyList } from './AnomalyList.tsx'
import { healthWords } from './health-words.ts'
import { healthRoute } from './pages.tsx'
import { SeriesDrawer } from './SeriesDrawer.tsx'
import { SourceTable } from './SourceTable.tsx'
import './health.css'

/** Whether data comes in as usual. */
export function HealthPage() {
  const t = useWords(healthWords)
  const can = useCan()
  const { series } = healthRoute.useSearch()
  const navigate = healthRoute.useNavigate()
  const open = (next: string | undefined) => void navigate({ search: { series: next } })
  const sources = useRoute(routes.sources, {}, { every: 30_000 })
  const anomalies = useRoute(routes.anomalies, { query: {} }, { every: 30_000 })
  const items = sources.data?.items
  return (
    <div className="hw-page">
      <PageHeader title={t('title')} purpose={t('purpose')} />
      {sources.error && !items && <ErrorState error={sources.error} retry={() => void sources.refetch()} />}
      {sources.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
      {items?.length === 0 && (
        <EmptyState
          title={t('emptyTitle')}
          text={t('emptyText')}
          action={
            can('key:write') && (
              <Link to="/settings/write-keys" search={{ new: true }}>
                <Button type="primary">{t('connect')}</Button>
              </Link>
            )
          }
        />
      )}
      {items && items.length > 0 && (
        <>
          <section className="hw-panel" aria-label={t('anomalies')}>
            <div className="hw-panel-head">
              <h2>{t('anomalies')}</h2>
            </div>
            {anomalies.error && !anomalies.data && (
              <ErrorState error={anomalies.error} retry={() => void anomalies.refetch()} compact />
            )}
            {anomalies.data && <AnomalyList items={anomalies.data.items} onOpen={open} />}
          </section>
          <section className="hw-panel" aria-label={t('sources')}>
            <div className="hw-panel-head">
              <h2>{t('sources')}</h2>
            </div>
            <SourceTable items={items} onOpen={open} />
            <div className="hw-panel-body">
              <Stamp updatedAt={sources.dataUpdatedAt} exact />
              <details className="health-how">
                <summary>{t('how')}</summary>
                <p className="hw-muted">{t('howText')}</p>
              </details>
            </div>
          </section>
        </>
      )}
      <SeriesDrawer series={series} name={nameOf(series, items ?? [])} onClose={() => open(undefined)} />
    </div>
  )
}

const nameOf = (series: string | undefined, sources: { id: string; name: string }[]) =>
  sources.find((one) => `source:${one.id}` === series)?.name ?? series?.replace(/^\w+:/, '') ?? ''
