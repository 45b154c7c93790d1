import { PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { SavedViews } from '#modules/views/web/SavedViews.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { isDenied } from '#ui/problem.ts'
import { QueryTable } from '#ui/QueryTable.tsx'
import { SearchBox } from '#ui/SearchBox.tsx'
import { Stamp } from '#ui/Stamp.tsx'
import { useCan } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'
import { routes } from '../../contract.ts'
import { AttributeDrawer } from './AttributeDrawer.tsx'
import { AttributeCard, useAttributeColumns } from './attribute-columns.tsx'
import { attributesRoute } from './attributes-route.tsx'
import { attributeCatalogueWords } from './catalogue-words.ts'
import { type AttributeSorting, chooseAttributes } from './choose-attributes.ts'
import { NewAttributeDialog } from './NewAttributeDialog.tsx'
import './attributes.css'

/** Every attribute of people, and what is said of it. */
export function AttributesPage() {
  const t = useWords(attributeCatalogueWords)
  const can = useCan()
  const search = attributesRoute.useSearch()
  const { q = '', misfits = false, archived = false, sort = 'name', open } = search
  const navigate = attributesRoute.useNavigate()
  const [adding, setAdding] = useState(false)
  const catalogue = useRoute(routes.attributes, {}, { staleTime: 30_000 })
  const items = catalogue.data?.items ?? []
  const rows = chooseAttributes(items, { q, misfits, archived, sort })
  const show = (name: string | undefined) => void navigate({ search: (now) => ({ ...now, open: name }) })
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true })
  const add = can('attribute:write') && (
    <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={() => setAdding(true)}>
      {t('new')}
    </Button>
  )
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={
          <>
            <SavedViews list="attributes" keys={viewKeys} search={search} onChange={set} />
            {add}
          </>
        }
      />
      {!isDenied(catalogue.error) && items.length > 0 && (
        <search className="hw-bar">
          <SearchBox
            value={q}
            label={t('search')}
            onSearch={(text) => set({ q: text.trim() || undefined })}
          />
          {items.some((one) => one.misfits > 0) && (
            <Checkbox checked={misfits} onChange={() => set({ misfits: misfits ? undefined : true })}>
              {t('onlyMisfits')}
            </Checkbox>
          )}
          {items.some((one) => one.archived) && (
            <Checkbox checked={archived} onChange={() => set({ archived: archived ? undefined : true })}>
              {t('showArchived')}
            </Checkbox>
          )}
          <span className="hw-fine">{t('count', { count: rows.length })}</span>
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
        columns={useAttributeColumns(catalogue.data?.everyone ?? 0)}
        rowKey={(row) => row.name}
        openKey={open}
        onOpen={(row) => show(row.name)}
        sort={sort}
        onSort={(by) => set({ sort: by as AttributeSorting })}
        rowHeight={52}
        card={(row) => <AttributeCard row={row} everyone={catalogue.data?.everyone ?? 0} />}
        empty={
          items.length === 0 ? (
            <EmptyState title={t('emptyTitle')} text={t('emptyText')} action={add} />
          ) : (
            <EmptyState title={t('noneTitle')} text={t('noneText')} />
          )
        }
      />
      <Stamp updatedAt={catalogue.dataUpdatedAt} />
      <AttributeDrawer name={open} onClose={() => show(undefined)} />
      <NewAttributeDialog
        open={adding}
        onClose={() => setAdding(false)}
        onCreated={(name) => show(name)}
        groups={groupsOf(items)}
      />
    </div>
  )
}

/** What a view of this list holds. */
const viewKeys = ['q', 'misfits', 'archived', 'sort'] as const

const groupsOf = (items: readonly { group: string }[]) => [
  ...new Set(items.map((one) => one.group).filter((group) => group !== '')),
]
