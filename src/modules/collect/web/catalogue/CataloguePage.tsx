import { Link } from '@tanstack/react-router'
import { Button, Checkbox } from 'antd'
import { routes } from '#modules/collect/contract.ts'
import { SavedViews } from '#modules/views/web/SavedViews.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { isDenied } from '#ui/problem.ts'
import { QueryTable } from '#ui/QueryTable.tsx'
import { SearchBox } from '#ui/SearchBox.tsx'
import { Stamp } from '#ui/Stamp.tsx'
import { useEventTitles } from '#web/use-event-titles.ts'
import { useRoute } from '#web/use-route.ts'
import { CatalogueCard, useCatalogueColumns } from './catalogue-columns.tsx'
import { catalogueRoute } from './catalogue-route.tsx'
import { catalogueWords } from './catalogue-words.ts'
import { EntryDrawer } from './EntryDrawer.tsx'
import { chooseRows, type Sorting } from './sort-catalogue.ts'
import './catalogue.css'

export function CataloguePage() {
  const t = useWords(catalogueWords)
  const search = catalogueRoute.useSearch()
  const { q = '', hidden = false, sort = '-count', open } = search
  const navigate = catalogueRoute.useNavigate()
  const catalogue = useRoute(routes.catalogue, {}, { staleTime: 30_000 })
  const titles = useEventTitles()
  const items = catalogue.data?.items ?? []
  const rows = chooseRows(items, { q, hidden, sort }, titles)
  const hiddenCount = items.filter((one) => one.hidden).length
  const show = (name: string | undefined) => void navigate({ search: (now) => ({ ...now, open: name }) })
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true })
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={<SavedViews list="catalogue" keys={viewKeys} search={search} onChange={set} />}
      />
      {!isDenied(catalogue.error) && items.length > 0 && (
        <search className="hw-bar">
          <SearchBox
            value={q}
            label={t('search')}
            onSearch={(text) => set({ q: text.trim() || undefined })}
          />
          {hiddenCount > 0 && (
            <Checkbox checked={hidden} onChange={() => set({ hidden: hidden ? undefined : true })}>
              {t('showHidden')}
            </Checkbox>
          )}
          <span className="hw-fine">
            {t('count', { count: rows.length })}
            {hiddenCount > 0 && !hidden && ` · ${t('hiddenCount', { count: hiddenCount })}`}
          </span>
        </search>
      )}
      <QueryTable
        label={t('title')}
        source={{
          rows,
          loading: catalogue.isPending,
          error: catalogue.error,
          hasMore: false,
          loadingMore: false,
          loadMore: () => undefined,
          retry: () => void catalogue.refetch(),
        }}
        columns={useCatalogueColumns()}
        rowKey={(row) => row.name}
        openKey={open}
        onOpen={(row) => show(row.name)}
        sort={sort}
        onSort={(by) => set({ sort: by as Sorting })}
        rowHeight={52}
        card={(row) => <CatalogueCard row={row} />}
        empty={
          items.length === 0 ? <NothingYet /> : <EmptyState title={t('noneTitle')} text={t('noneText')} />
        }
      />
      <Stamp updatedAt={catalogue.dataUpdatedAt} />
      <EntryDrawer
        name={open}
        days={items.find((one) => one.name === open)?.days ?? []}
        onClose={() => show(undefined)}
      />
    </div>
  )
}

/** What a view of this list holds. */
const viewKeys = ['q', 'hidden', 'sort'] as const

function NothingYet() {
  const t = useWords(catalogueWords)
  return (
    <EmptyState
      title={t('emptyTitle')}
      text={t('emptyText')}
      action={
        <Link to="/">
          <Button type="primary">{t('emptyAction')}</Button>
        </Link>
      }
    />
  )
}
