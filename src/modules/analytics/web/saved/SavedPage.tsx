import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { QueryTable } from '#ui/QueryTable.tsx'
import { NarrowBar } from '#web/lists/NarrowBar.tsx'
import { NothingFound } from '#web/lists/NothingFound.tsx'
import { isNarrowed, narrowedQuery } from '#web/lists/narrowed.ts'
import { usePages, useRoute } from '#web/use-route.ts'
import type { SavedAnalysis } from '../../contract/saved.ts'
import { routes } from '../../contract.ts'
import { savedAnalysesRoute } from '../pages.tsx'
import { SamplePicture } from '../SamplePicture.tsx'
import { SaveDialog } from './SaveDialog.tsx'
import { NameCell, useSavedColumns } from './saved-columns.tsx'
import { savedWords } from './saved-words.ts'

/** Analyses somebody gave a name, for everybody who may ask analyses. */
export function SavedPage() {
  const t = useWords(savedWords)
  const search = savedAnalysesRoute.useSearch()
  const navigate = savedAnalysesRoute.useNavigate()
  const [renamed, setRenamed] = useState<SavedAnalysis>()
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  const folders = useRoute(routes.listSaved, { query: { limit: 1 } }, { staleTime: 30_000 }).data?.folders
  const source = usePages(routes.listSaved, { query: narrowedQuery(search) }, { keep: true })
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        above={<Link to="/analytics">{t('back')}</Link>}
        actions={
          <Link to="/analytics">
            <Button type="primary" tabIndex={-1}>
              {t('ask')}
            </Button>
          </Link>
        }
      />
      <NarrowBar narrowed={search} onChange={set} folders={folders ?? []} />
      <QueryTable
        label={t('title')}
        source={source}
        columns={useSavedColumns(setRenamed)}
        rowKey={(one) => one.id}
        card={(one) => <NameCell saved={one} />}
        empty={
          isNarrowed(search) ? (
            <NothingFound />
          ) : (
            <EmptyState title={t('emptyTitle')} text={t('emptyText')} picture={<SamplePicture />} />
          )
        }
      />
      <SaveDialog open={renamed !== undefined} saved={renamed} onClose={() => setRenamed(undefined)} />
    </div>
  )
}
