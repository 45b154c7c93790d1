import { Link } from '@tanstack/react-router'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { SavedViews } from '#modules/views/web/SavedViews.tsx'
import { useDisplay } from '#ui/display.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { SearchBox } from '#ui/SearchBox.tsx'
import { Stamp } from '#ui/Stamp.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useChange, usePages } from '#web/use-route.ts'
import { type BinEntry, routes } from '../../contract.ts'
import { contactOf } from '../attribute-value.ts'
import { bulkWords } from '../bulk/bulk-words.ts'
import { binRoute } from '../pages.tsx'
import '../people.css'

/** Who was moved to the bin, when, by whom and why; and the way back. */
export function BinPage() {
  const t = useWords(bulkWords)
  const { language } = useDisplay()
  const search = binRoute.useSearch()
  const navigate = binRoute.useNavigate()
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  const active = search.active ? ('true' as const) : undefined
  const source = usePages(routes.bin, { query: { limit: 100, search: search.q, active } }, { keep: true })
  const isNarrowed = Boolean(search.q || active)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const restore = useRestore()
  const toggle = (id: string) =>
    setChosen((old) => (old.has(id) ? new Set([...old].filter((one) => one !== id)) : new Set(old).add(id)))
  const nameOf = ({ person }: BinEntry) => person.name ?? t('anonymous')
  const tick = (entry: BinEntry) => (
    <Checkbox
      checked={chosen.has(entry.person.id)}
      aria-label={t('select', { name: nameOf(entry) })}
      onChange={() => toggle(entry.person.id)}
    />
  )
  const back = (entry: BinEntry) => (
    <Button size="small" onClick={() => void restore([entry.person.id])}>
      {t('restore')}
    </Button>
  )
  const who = (entry: BinEntry) => (
    <span className="hw-bar people-bin-name">
      <strong className="people-bin-who">{nameOf(entry)}</strong>
      <span className="hw-fine hw-clip">{contactOf(entry.person)}</span>
      {entry.activeSince && (
        <span className="hw-pill hw-pill-river" title={t('activeHint')}>
          {t('active')}
        </span>
      )}
    </span>
  )
  const columns: Column<BinEntry>[] = [
    { id: 'tick', title: '', width: 48, cell: tick },
    { id: 'person', title: t('person'), cell: who },
    { id: 'at', title: t('at'), width: 130, cell: (entry) => <TimeText value={entry.trashedAt} /> },
    { id: 'by', title: t('by'), width: 140, cell: (entry) => <span className="hw-clip">{entry.by}</span> },
    {
      id: 'why',
      title: t('reason'),
      cell: (entry) => <span title={entry.why ?? ''}>{entry.why ?? '–'}</span>,
    },
    {
      id: 'erased',
      title: t('erased'),
      width: 200,
      cell: (entry) => <TimeText value={entry.erasedAt} as="day" />,
    },
    { id: 'restore', title: '', width: 100, align: 'right', cell: back },
  ]
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader
        above={<Link to="/people">{t('back')}</Link>}
        title={t('binTitle')}
        purpose={t('binPurpose')}
        actions={
          <>
            <SavedViews list="bin" keys={viewKeys} search={search} onChange={set} />
            {chosen.size > 0 && (
              <Button
                type="primary"
                onClick={() => void restore([...chosen]).then(() => setChosen(new Set()))}
              >
                {t('restoreMany', { count: exactNumber(chosen.size, language) })}
              </Button>
            )}
          </>
        }
      />
      {(isNarrowed || source.rows.length > 0) && (
        <search className="hw-bar">
          <SearchBox
            value={search.q}
            label={t('binSearch')}
            onSearch={(q) => set({ q: q.trim() || undefined })}
          />
          <Checkbox
            checked={search.active === true}
            onChange={({ target }) => set({ active: target.checked || undefined })}
          >
            {t('onlyActive')}
          </Checkbox>
        </search>
      )}
      <QueryTable
        label={t('binTitle')}
        source={source}
        columns={columns}
        rowKey={(entry) => entry.person.id}
        card={(entry) => (
          <div className="people-card">
            <div className="hw-bar">
              {tick(entry)}
              {who(entry)}
            </div>
            <div className="hw-bar">
              <span className="hw-fine">
                <TimeText value={entry.trashedAt} /> · {entry.by}
                {entry.why && ` · ${entry.why}`}
              </span>
              <span className="hw-bar-grow" />
              {back(entry)}
            </div>
          </div>
        )}
        empty={
          isNarrowed ? (
            <EmptyState
              title={t('noMatchTitle')}
              text={t('noMatchText')}
              action={
                <Button onClick={() => set({ q: undefined, active: undefined })}>{t('clearAll')}</Button>
              }
            />
          ) : (
            <EmptyState title={t('empty')} text={t('emptyText')} />
          )
        }
      />
      <Stamp updatedAt={source.updatedAt || undefined} exact />
    </div>
  )
}

/** What a view of this list holds. */
const viewKeys = ['q', 'active'] as const

function useRestore() {
  const t = useWords(bulkWords)
  const toast = useToast()
  const restore = useChange(routes.restore, [routes.bin, routes.list, routes.count, routes.get])
  return async (ids: string[]) => {
    try {
      await restore.mutateAsync({ body: { ids } })
      toast.done(t('restored'))
    } catch (error) {
      toast.failed(error)
    }
  }
}
