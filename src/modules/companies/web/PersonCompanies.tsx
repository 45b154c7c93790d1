import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import type { Profile } from '#modules/profiles/contract.ts'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useCan } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'
import { routes } from '../contract.ts'
import { companyWords } from './company-words.ts'
import './companies.css'

/** Where the person works. */
export function PersonCompanies({ person }: { person: Profile }) {
  const t = useWords(companyWords)
  const can = useCan()
  const query = useRoute(routes.ofProfile, { params: { id: person.id } }, { every: 10_000 })
  const mayOpen = can('company:read')
  return (
    <section className="hw-panel" aria-label={t('companies')}>
      <div className="hw-panel-head">
        <h2>{t('companies')}</h2>
      </div>
      <div className="hw-panel-body">
        {query.error && <ErrorState error={query.error} retry={() => void query.refetch()} compact />}
        {query.isLoading && <Skeleton active title={false} paragraph={{ rows: 1 }} />}
        {query.data?.items.length === 0 && <p className="hw-fine">{t('noCompany')}</p>}
        <ul className="person-companies">
          {query.data?.items.map((company) => (
            <li key={company.id}>
              {company.visible && mayOpen ? (
                <Link to="/companies/$id" params={{ id: company.id }} className="hw-clip">
                  {company.name ?? t('nameless')}
                </Link>
              ) : (
                <span className="hw-clip" title={t('notYours')}>
                  {company.name ?? t('nameless')}
                </span>
              )}
              {company.title && <span className="hw-fine hw-clip">{company.title}</span>}
              <span className="hw-bar-grow" />
              <span className="hw-fine">
                <TimeText value={company.since} as="day" />
              </span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
