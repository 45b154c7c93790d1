import { Link } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useEventTitles } from '#web/use-event-titles.ts'
import { usePages } from '#web/use-route.ts'
import { type Company, type CompanyActivity as Done, routes } from '../contract.ts'
import { companyWords } from './company-words.ts'

/** What its people did, all in one. */
export function CompanyActivity({ company }: { company: Company }) {
  const t = useWords(companyWords)
  const done = usePages(
    routes.activity,
    { params: { id: company.id }, query: { limit: 20 } },
    { every: 10_000, keep: true },
  )
  return (
    <section className="hw-panel" aria-label={t('activity')}>
      <div className="hw-panel-head">
        <h2>{t('activity')}</h2>
      </div>
      {done.error !== null && <ErrorState error={done.error} retry={done.retry} compact />}
      {done.loading && (
        <div className="hw-panel-body">
          <Skeleton active title={false} paragraph={{ rows: 4 }} />
        </div>
      )}
      {!done.loading && done.error === null && done.rows.length === 0 && (
        <div className="hw-panel-body">
          <p className="hw-fine">{t('activityEmpty')}</p>
        </div>
      )}
      <ul className="company-list">
        {done.rows.map((item) => (
          <Line key={item.id} item={item} />
        ))}
      </ul>
      {done.hasMore && (
        <div className="company-list-end">
          <Button type="link" size="small" loading={done.loadingMore} onClick={done.loadMore}>
            {t('more')}
          </Button>
        </div>
      )}
    </section>
  )
}

/** The one property that tells events of a name apart, where there is one. */
const telling = ['name', 'title', 'course_name', 'product', 'path', 'order_id']

function Line({ item }: { item: Done }) {
  const t = useWords(companyWords)
  const titles = useEventTitles()
  const about = telling.map((key) => item.properties[key]).find((one) => typeof one === 'string')
  return (
    <li>
      <span className="company-list-main">
        <span className="hw-clip">
          <span title={item.name}>{titles.event(item.name)}</span>
          {about ? <span className="hw-muted"> · {String(about)}</span> : null}
        </span>
        <Link to="/people/$id" params={{ id: item.person.id }} className="hw-fine hw-clip">
          {item.person.name ?? t('anonymous')}
        </Link>
      </span>
      <span className="hw-fine">
        <TimeText value={item.time} />
      </span>
    </li>
  )
}
