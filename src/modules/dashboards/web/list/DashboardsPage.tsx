import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { QueryTable } from '#ui/QueryTable.tsx'
import { NarrowBar } from '#web/lists/NarrowBar.tsx'
import { NothingFound } from '#web/lists/NothingFound.tsx'
import { isNarrowed, narrowedQuery } from '#web/lists/narrowed.ts'
import { useCan } from '#web/session.ts'
import { usePages, useRoute } from '#web/use-route.ts'
import { routes } from '../../contract.ts'
import { dashboardsWords } from '../dashboards-words.ts'
import { dashboardsRoute } from '../pages.tsx'
import { BoardDialog } from './BoardDialog.tsx'
import { BoardPicture } from './BoardPicture.tsx'
import { BoardName, useBoardColumns } from './board-columns.tsx'
import { TemplatesDialog } from './TemplatesDialog.tsx'
import '../dashboards.css'

/** Every board there is, one's favourites on top. */
export function DashboardsPage() {
  const t = useWords(dashboardsWords)
  const can = useCan()
  const search = dashboardsRoute.useSearch()
  const navigate = dashboardsRoute.useNavigate()
  const open = useNavigate()
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  const openBoard = (id: string) => void open({ to: '/dashboards/$id', params: { id } })
  const folders = useRoute(routes.list, { query: { limit: 1 } }, { staleTime: 30_000 }).data?.folders
  const source = usePages(routes.list, { query: narrowedQuery(search) }, { keep: true })
  const columns = useBoardColumns()
  const mayWrite = can('dashboard:write')
  const begin = mayWrite && (
    <div className="hw-bar">
      <Button onClick={() => set({ dialog: 'new' })}>{t('newBoard')}</Button>
      {can('analytics:write') && (
        <Button type="primary" onClick={() => set({ dialog: 'templates' })}>
          {t('templates')}
        </Button>
      )}
    </div>
  )
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={
          <>
            <Link to="/dashboards/links">
              <Button tabIndex={-1}>{t('links')}</Button>
            </Link>
            {mayWrite && can('analytics:write') && (
              <Button onClick={() => set({ dialog: 'templates' })}>{t('templates')}</Button>
            )}
            {mayWrite && (
              <Button type="primary" onClick={() => set({ dialog: 'new' })}>
                {t('newBoard')}
              </Button>
            )}
          </>
        }
      />
      <NarrowBar narrowed={search} onChange={set} folders={folders ?? []} />
      <QueryTable
        label={t('title')}
        source={source}
        columns={columns}
        rowKey={(one) => one.id}
        card={(one) => <BoardName board={one} />}
        empty={
          isNarrowed(search) ? (
            <NothingFound />
          ) : (
            <EmptyState
              title={t('emptyTitle')}
              text={t('emptyText')}
              picture={<BoardPicture />}
              action={begin}
            />
          )
        }
      />
      <BoardDialog
        open={search.dialog === 'new'}
        onClose={() => set({ dialog: undefined })}
        onDone={openBoard}
      />
      <TemplatesDialog
        open={search.dialog === 'templates'}
        onClose={() => set({ dialog: undefined })}
        onDone={openBoard}
      />
    </div>
  )
}
