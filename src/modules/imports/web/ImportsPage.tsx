import { PlusOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useMemo } from 'react'
import { SavedViews } from '#modules/views/web/SavedViews.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/i18n.ts'
import { NumberText } from '#ui/NumberText.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { Stamp } from '#ui/Stamp.tsx'
import { useShortcut } from '#ui/shortcuts.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useCan } from '#web/session.ts'
import { usePages } from '#web/use-route.ts'
import { type Import, routes } from '../contract.ts'
import { Counts, StatePill } from './ImportCells.tsx'
import { ImportFilters } from './ImportFilters.tsx'
import { ImportPicture } from './ImportPicture.tsx'
import { importWords } from './import-words.ts'
import { importsRoute } from './pages.tsx'
import './imports.css'

// Running imports move; ended ones cost one small query.
const refreshMs = 3_000

export function ImportsPage() {
  const t = useWords(importWords)
  const can = useCan()
  const navigate = importsRoute.useNavigate()
  const search = importsRoute.useSearch()
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  const { q, kind, state, by } = search
  const source = usePages(
    routes.list,
    { query: { search: q, kind, state, by } },
    { every: refreshMs, keep: true },
  )
  const isNarrowed = Boolean(q || kind || state || by)
  const create = () => void navigate({ to: '/imports/new' })
  useShortcut('n', t('create'), t('groupPage'), create)
  const button = can('import:write') && (
    <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={create}>
      {t('create')}
    </Button>
  )
  const actions = (
    <>
      <SavedViews list="imports" keys={viewKeys} search={search} onChange={set} />
      {can('source:read') && (
        <Button onClick={() => void navigate({ to: '/imports/sources' })}>{t('scheduled')}</Button>
      )}
      {button}
    </>
  )
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader title={t('title')} purpose={t('purpose')} actions={actions} />
      {(isNarrowed || source.rows.length > 0) && <ImportFilters value={search} onChange={set} />}
      <QueryTable
        label={t('title')}
        source={source}
        columns={useColumns()}
        rowKey={(one) => one.id}
        onOpen={(one) => void navigate({ to: '/imports/$id', params: { id: one.id } })}
        card={(one) => <ImportCard one={one} />}
        empty={
          isNarrowed ? (
            <EmptyState
              title={t('noMatchTitle')}
              text={t('noMatchText')}
              action={
                <Button
                  onClick={() => set({ q: undefined, kind: undefined, state: undefined, by: undefined })}
                >
                  {t('clearAll')}
                </Button>
              }
            />
          ) : (
            <EmptyState
              title={t('emptyTitle')}
              text={t('emptyText')}
              picture={<ImportPicture />}
              action={button}
            />
          )
        }
      />
      <Stamp updatedAt={source.updatedAt || undefined} exact />
    </div>
  )
}

/** What a view of this list holds. */
const viewKeys = ['q', 'kind', 'state', 'by'] as const

function useColumns(): Column<Import>[] {
  const t = useWords(importWords)
  return useMemo(
    () => [
      { id: 'name', title: t('name'), cell: (one) => <NameCell one={one} /> },
      { id: 'kind', title: t('kind'), width: 140, cell: (one) => <KindText one={one} /> },
      { id: 'state', title: t('state'), width: 120, cell: (one) => <StatePill state={one.state} /> },
      {
        id: 'rows',
        title: t('rows'),
        width: 100,
        align: 'right',
        cell: (one) => <NumberText value={one.rows} exact />,
      },
      { id: 'counts', title: t('counts'), width: 260, align: 'right', cell: (one) => <Counts of={one} /> },
      { id: 'by', title: t('by'), width: 130, cell: (one) => one.by },
      { id: 'when', title: t('when'), width: 110, cell: (one) => <TimeText value={one.createdAt} /> },
    ],
    [t],
  )
}

function NameCell({ one }: { one: Import }) {
  return (
    <Link
      to="/imports/$id"
      params={{ id: one.id }}
      className="hw-clip import-name"
      onClick={(event) => event.stopPropagation()}
    >
      {one.name}
    </Link>
  )
}

function KindText({ one }: { one: Import }) {
  const t = useWords(importWords)
  return (
    <>
      {t(`kind.${one.kind}`)}
      {one.dry_run && <span className="hw-muted"> · {t('dryRun')}</span>}
    </>
  )
}

function ImportCard({ one }: { one: Import }) {
  return (
    <div className="import-card">
      <div className="hw-bar">
        <NameCell one={one} />
        <span className="hw-bar-grow" />
        <StatePill state={one.state} />
      </div>
      <div className="hw-bar">
        <KindText one={one} />
        <span className="hw-bar-grow" />
        <Counts of={one} />
      </div>
      <span className="hw-fine">
        {one.by} · <TimeText value={one.createdAt} />
      </span>
    </div>
  )
}
