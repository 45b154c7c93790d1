import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import type { Profile } from '#modules/profiles/contract.ts'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useCan } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'
import { routes } from '../contract.ts'
import { segmentWords } from './segment-words.ts'
import './segments.css'

/** The segments a person is in; "why in" opens the rule with this person held against every line. */
export function PersonSegments({ person }: { person: Profile }) {
  const t = useWords(segmentWords)
  const can = useCan()
  const query = useRoute(routes.ofProfile, { params: { id: person.id } }, { every: 10_000 })
  return (
    <section className="hw-panel">
      <div className="hw-panel-head">
        <h2>{t('inSegments')}</h2>
      </div>
      <div className="hw-panel-body">
        {query.error && <ErrorState error={query.error} retry={() => void query.refetch()} compact />}
        {query.isLoading && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
        {query.data?.items.length === 0 && <p className="hw-fine">{t('notInAny')}</p>}
        <ul className="person-segments">
          {query.data?.items.map((segment) => (
            <li key={segment.id}>
              <Link to="/segments/$id" params={{ id: segment.id }} className="hw-clip hw-bar-grow">
                {segment.name}
              </Link>
              <span className="hw-fine">{segment.since && <TimeText value={segment.since} />}</span>
              {can('segment:read') && (
                <Link
                  to="/segments/$id"
                  params={{ id: segment.id }}
                  search={{ test: person.id }}
                  className="hw-fine"
                  aria-label={t('why', { name: segment.name })}
                >
                  {t('whyIn')}
                </Link>
              )}
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
