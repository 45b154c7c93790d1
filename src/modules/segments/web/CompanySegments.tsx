import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import type { Company } from '#modules/companies/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { useCan } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'
import { routes } from '../contract.ts'
import { segmentWords } from './segment-words.ts'
import './segments.css'

/** The segments people of a company are in, the fullest first. */
export function CompanySegments({ company }: { company: Company }) {
  const t = useWords(segmentWords)
  const { language } = useDisplay()
  const can = useCan()
  const query = useRoute(
    routes.ofCompany,
    { params: { id: company.id } },
    { every: 10_000, enabled: can('segment:read') },
  )
  if (!can('segment:read')) return null
  return (
    <section className="hw-panel" aria-label={t('companySegments')}>
      <div className="hw-panel-head">
        <h2>{t('companySegments')}</h2>
      </div>
      <div className="hw-panel-body">
        {query.error && <ErrorState error={query.error} retry={() => void query.refetch()} compact />}
        {query.isLoading && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
        {query.data?.items.length === 0 && <p className="hw-fine">{t('companyInNone')}</p>}
        <ul className="person-segments">
          {query.data?.items.map((segment) => (
            <li key={segment.id}>
              <Link to="/segments/$id" params={{ id: segment.id }} className="hw-clip hw-bar-grow">
                {segment.name}
              </Link>
              <span className="hw-fine hw-number">
                {t('peopleOfCompany', { count: exactNumber(segment.people, language) })}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
