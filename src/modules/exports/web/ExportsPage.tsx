import { Button, Progress } from 'antd'
import { type Export, routes } from '#modules/exports/contract.ts'
import { SavedViews } from '#modules/views/web/SavedViews.tsx'
import { useDisplay } from '#ui/display.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { NumberText } from '#ui/NumberText.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { addressOf } from '#web/api-client.ts'
import { useChange, usePages } from '#web/use-route.ts'
import { ExportFilters } from './ExportFilters.tsx'
import { exportWords } from './export-words.ts'
import { exportsRoute } from './pages.tsx'

const isOpen = (one: Export) => one.state === 'queued' || one.state === 'running'

export function ExportsPage() {
  const t = useWords(exportWords)
  const search = exportsRoute.useSearch()
  const navigate = exportsRoute.useNavigate()
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  const { q, state, by } = search
  const source = usePages(routes.list, { query: { search: q, state, by } }, { every: 2_000, keep: true })
  const isNarrowed = Boolean(q || state || by)
  const columns = useColumns()
  const begin = <Button onClick={() => void navigate({ to: '/people' })}>{t('toPeople')}</Button>
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={
          <>
            <SavedViews list="exports" keys={viewKeys} search={search} onChange={set} />
            {source.rows.length > 0 && begin}
          </>
        }
      />
      {(isNarrowed || source.rows.length > 0) && <ExportFilters value={search} onChange={set} />}
      <QueryTable
        label={t('title')}
        source={source}
        columns={columns}
        rowKey={(one) => one.id}
        card={(one) => <ExportCard one={one} />}
        empty={
          isNarrowed ? (
            <EmptyState
              title={t('noMatchTitle')}
              text={t('noMatchText')}
              action={
                <Button onClick={() => set({ q: undefined, state: undefined, by: undefined })}>
                  {t('clearAll')}
                </Button>
              }
            />
          ) : (
            <EmptyState title={t('emptyTitle')} text={t('emptyText')} action={begin} />
          )
        }
      />
    </div>
  )
}

/** What a view of this list holds. */
const viewKeys = ['q', 'state', 'by'] as const

function useColumns(): Column<Export>[] {
  const t = useWords(exportWords)
  return [
    { id: 'of', title: t('of'), cell: (one) => <Subject one={one} /> },
    { id: 'state', title: t('state'), width: 150, cell: (one) => <State one={one} /> },
    {
      id: 'rows',
      title: t('rows'),
      width: 100,
      align: 'right',
      cell: (one) => <NumberText value={one.rows} exact />,
    },
    { id: 'size', title: t('size'), width: 100, align: 'right', cell: (one) => <Size bytes={one.bytes} /> },
    { id: 'by', title: t('by'), width: 140, cell: (one) => <span className="hw-clip">{one.createdBy}</span> },
    { id: 'created', title: t('created'), width: 120, cell: (one) => <TimeText value={one.createdAt} /> },
    { id: 'act', title: '', width: 120, align: 'right', cell: (one) => <Act one={one} /> },
  ]
}

function useTitle(one: Export): string {
  const t = useWords(exportWords)
  return one.title ?? (one.of === 'everybody' ? t('everybody') : t('list'))
}

function Subject({ one }: { one: Export }) {
  const t = useWords(exportWords)
  return (
    <span className="hw-clip">
      {useTitle(one)} <span className="hw-muted">{one.format.toUpperCase()}</span>{' '}
      {one.unmasked && <span className="hw-pill hw-pill-warning">{t('unmaskedFile')}</span>}
      {one.state === 'failed' && one.error && (
        <span className="hw-fine hw-danger" title={one.error}>
          {one.error}
        </span>
      )}
    </span>
  )
}

const looks: Record<Export['state'], string> = {
  queued: ' hw-pill-river',
  running: ' hw-pill-river',
  done: ' hw-pill-success',
  failed: ' hw-pill-danger',
  cancelled: '',
  expired: '',
}

function State({ one }: { one: Export }) {
  const t = useWords(exportWords)
  if (one.state === 'running')
    return <Progress percent={Math.round(one.progress * 100)} size="small" aria-label={t('running')} />
  return <span className={`hw-pill${looks[one.state]}`}>{t(one.state)}</span>
}

function Size({ bytes }: { bytes: number | null }) {
  const { language } = useDisplay()
  if (bytes === null) return <span className="hw-muted">–</span>
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB']
  return (
    <span className="hw-number">
      {exactNumber(Math.max(0.1, Math.round(value * 10) / 10), language)} {unit}
    </span>
  )
}

function Act({ one }: { one: Export }) {
  const t = useWords(exportWords)
  const title = useTitle(one)
  const toast = useToast()
  const cancel = useChange(routes.cancel, [routes.list])
  if (one.state === 'done')
    return (
      <Button
        size="small"
        type="primary"
        href={addressOf(routes.file.get, { id: one.id })}
        aria-label={t('downloadLabel', { title })}
      >
        {t('download')}
      </Button>
    )
  if (!isOpen(one)) return null
  return (
    <Button
      size="small"
      loading={cancel.isPending}
      aria-label={t('cancelLabel', { title })}
      onClick={() => cancel.mutate({ params: { id: one.id } }, { onError: toast.failed })}
    >
      {t('cancel')}
    </Button>
  )
}

function ExportCard({ one }: { one: Export }) {
  return (
    <div>
      <div className="hw-bar">
        <Subject one={one} />
        <span className="hw-bar-grow" />
        <Act one={one} />
      </div>
      <div className="hw-bar">
        <State one={one} />
        <span className="hw-fine">
          <NumberText value={one.rows} exact /> · <Size bytes={one.bytes} />
        </span>
        <span className="hw-bar-grow" />
        <span className="hw-fine">
          <TimeText value={one.createdAt} />
        </span>
      </div>
    </div>
  )
}
