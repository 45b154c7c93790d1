import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { RuleCatalogueProvider } from '#web/RuleCatalogueProvider.tsx'
import { useRoute } from '#web/use-route.ts'
import { routes } from '../contract.ts'
import { BoardView } from './BoardView.tsx'
import { dashboardsWords } from './dashboards-words.ts'
import { boardRoute } from './pages.tsx'
import './dashboards.css'

/** A board with the numbers of now. */
export function BoardPage() {
  const t = useWords(dashboardsWords)
  const { id } = boardRoute.useParams()
  const read = useRoute(routes.get, { params: { id } }, { staleTime: 10_000 })
  if (read.error || !read.data)
    return (
      <div className="hw-page">
        <PageHeader title={t('title')} above={<Link to="/dashboards">{t('title')}</Link>} />
        {read.error ? (
          <ErrorState error={read.error} retry={() => void read.refetch()} />
        ) : (
          <Skeleton active paragraph={{ rows: 12 }} className="hw-panel board-wait" />
        )}
      </div>
    )
  return (
    <RuleCatalogueProvider>
      <BoardView key={id} board={read.data} />
    </RuleCatalogueProvider>
  )
}
