import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { routes, type Segment } from '#modules/segments/contract.ts'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { NumberText } from '#ui/NumberText.tsx'
import { homeWords } from '#web/home/home-words.ts'
import { useCan } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'

const shown = 7
const movement = (segment: Segment) => segment.entered24h + segment.left24h

export function MovedSegments() {
  const t = useWords(homeWords)
  const can = useCan()
  const segments = useRoute(routes.list, { query: { limit: 200 } }, { every: 10_000, keep: true })
  const items = segments.data?.items
  const moved = items
    ?.filter((segment) => movement(segment) > 0)
    .sort((a, b) => movement(b) - movement(a))
    .slice(0, shown)
  return (
    <section className="hw-panel" aria-label={t('segments')}>
      <div className="hw-panel-head">
        <h2>{t('segments')}</h2>
        <Link to="/segments">{t('segmentsAll')}</Link>
      </div>
      {segments.error && !items && (
        <ErrorState error={segments.error} retry={() => void segments.refetch()} compact />
      )}
      {segments.isPending && (
        <Skeleton active className="home-skeleton" paragraph={{ rows: 6 }} title={false} />
      )}
      {items?.length === 0 && (
        <p className="home-none">
          {t('segmentsNone')} {can('segment:write') && <Link to="/segments/new">{t('newSegment')}</Link>}
        </p>
      )}
      {items && items.length > 0 && moved?.length === 0 && <p className="home-none">{t('segmentsQuiet')}</p>}
      <ul className="home-list">
        {moved?.map((segment) => (
          <SegmentRow key={segment.id} segment={segment} />
        ))}
      </ul>
    </section>
  )
}

function SegmentRow({ segment }: { segment: Segment }) {
  const t = useWords(homeWords)
  const { entered24h, left24h } = segment
  return (
    <li>
      <Link to="/segments/$id" params={{ id: segment.id }} className="home-line">
        <span className="hw-clip home-line-name">{segment.name}</span>
        {entered24h > 0 && (
          <span className="home-in" title={t('entered', { count: entered24h })}>
            <NumberText value={entered24h} signed />
          </span>
        )}
        {left24h > 0 && (
          <span className="home-out" title={t('left', { count: left24h })}>
            <NumberText value={-left24h} signed />
          </span>
        )}
        <span className="home-size">
          <NumberText value={segment.size} unit={t('peopleUnit', { count: segment.size ?? 0 })} />
        </span>
      </Link>
    </li>
  )
}
