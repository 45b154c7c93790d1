import { Link } from '@tanstack/react-router'
import { Button, Checkbox, Select } from 'antd'
import { useState } from 'react'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { QueryTable } from '#ui/QueryTable.tsx'
import { SearchBox } from '#ui/SearchBox.tsx'
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
  const source = usePages(
    routes.listSaved,
    {
      query: {
        limit: 100,
        ...(search.q ? { search: search.q } : {}),
        ...(search.folder === undefined ? {} : { folder: search.folder }),
        ...(search.mine ? { mine: 'true' } : {}),
      },
    },
    { keep: true },
  )
  const isNarrowed = Boolean(search.q) || search.folder !== undefined || search.mine === true
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
      <div className="hw-bar">
        <SearchBox value={search.q} label={t('search')} onSearch={(q) => set({ q: q || undefined })} />
        <Select
          aria-label={t('folder')}
          value={search.folder ?? '*'}
          options={[
            { value: '*', label: t('allFolders') },
            ...(folders ?? []).map((value) => ({ value, label: value })),
          ]}
          onChange={(folder) => set({ folder: folder === '*' ? undefined : folder })}
          popupMatchSelectWidth={false}
        />
        <Checkbox
          checked={search.mine === true}
          onChange={({ target }) => set({ mine: target.checked || undefined })}
        >
          {t('mine')}
        </Checkbox>
      </div>
      <QueryTable
        label={t('title')}
        source={source}
        columns={useSavedColumns(setRenamed)}
        rowKey={(one) => one.id}
        card={(one) => <NameCell saved={one} />}
        empty={
          isNarrowed ? (
            <EmptyState title={t('noneFound')} text={t('noneFoundText')} />
          ) : (
            <EmptyState title={t('emptyTitle')} text={t('emptyText')} picture={<SamplePicture />} />
          )
        }
      />
      <SaveDialog open={renamed !== undefined} saved={renamed} onClose={() => setRenamed(undefined)} />
    </div>
  )
}
