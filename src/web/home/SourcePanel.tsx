import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { routes } from '#modules/health/contract.ts'
import { AnomalyText } from '#modules/health/web/AnomalyList.tsx'
import { StatePill } from '#modules/health/web/SourceTable.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { Sparkline } from '#ui/Sparkline.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { homeWords } from '#web/home/home-words.ts'
import { useRoute } from '#web/use-route.ts'
import '#modules/health/web/health.css'

/** Whether each source sends as usual, and what is out of the usual now. */
export function SourcePanel() {
  const t = useWords(homeWords)
  const sources = useRoute(routes.sources, {}, { every: 30_000 })
  const anomalies = useRoute(routes.anomalies, { query: { open: 'true' } }, { every: 30_000 })
  const open = anomalies.data?.items.filter((one) => !one.muted) ?? []
  return (
    <section className="hw-panel" aria-label={t('sources')}>
      <div className="hw-panel-head">
        <h2>{t('sources')}</h2>
        <Link to="/health">{t('sourcesAll')}</Link>
      </div>
      {sources.error && !sources.data && (
        <ErrorState error={sources.error} retry={() => void sources.refetch()} compact />
      )}
      {sources.isPending && (
        <Skeleton active className="home-skeleton" paragraph={{ rows: 3 }} title={false} />
      )}
      <ul className="home-list">
        {open.map((anomaly) => (
          <li key={anomaly.id}>
            <Link to="/health" search={{ series: anomaly.series }} className="home-line health-drop">
              <span className="health-line">
                <AnomalyText anomaly={anomaly} />
              </span>
            </Link>
          </li>
        ))}
        {sources.data?.items.slice(0, 6).map((source) => (
          <li key={source.id}>
            <Link to="/health" search={{ series: `source:${source.id}` }} className="home-line home-source">
              <span className="hw-clip home-line-name">{source.name}</span>
              <Sparkline values={source.hours} label={t('sourceHours', { name: source.name })} />
              <StatePill state={source.state} />
              <span className="hw-fine">
                <TimeText value={source.lastEventAt} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
