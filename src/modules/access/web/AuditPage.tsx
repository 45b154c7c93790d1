import { Button, Drawer, Select } from 'antd'
import { useState } from 'react'
import { type AuditEntry, routes } from '#modules/access/contract.ts'
import { EmptyState } from '#ui/EmptyState.tsx'
import { findWord, useWords, type Words } from '#ui/i18n.ts'
import { JsonView } from '#ui/JsonView.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { searchByLabel } from '#web/forms/choices.ts'
import { useCan } from '#web/session.ts'
import { usePages, useRoute } from '#web/use-route.ts'
import { AuditCheck } from './AuditCheck.tsx'
import { auditActions, auditWords } from './audit-words.ts'
import { auditRoute } from './pages.tsx'

export function AuditPage() {
  const t = useWords(auditWords)
  const { action, actor, open } = auditRoute.useSearch()
  const navigate = auditRoute.useNavigate()
  const [checking, setChecking] = useState(false)
  const source = usePages(routes.listAudit, { query: { action, actor } }, { keep: true })
  const show = (seq: number | undefined) => void navigate({ search: (now) => ({ ...now, open: seq }) })
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={<Button onClick={() => setChecking(true)}>{t('check')}</Button>}
      />
      <AuditFilters />
      <QueryTable
        label={t('title')}
        source={source}
        columns={useColumns()}
        rowKey={(row) => String(row.seq)}
        openKey={open === undefined ? undefined : String(open)}
        onOpen={(row) => show(row.seq)}
        card={(row) => <AuditCard row={row} />}
        empty={<EmptyState title={t('empty')} text={t('emptyText')} />}
      />
      <EntryDrawer entry={source.rows.find((row) => row.seq === open)} onClose={() => show(undefined)} />
      <AuditCheck open={checking} onClose={() => setChecking(false)} />
    </div>
  )
}

function AuditFilters() {
  const t = useWords(auditWords)
  const can = useCan()
  const { action, actor } = auditRoute.useSearch()
  const navigate = auditRoute.useNavigate()
  const members = useRoute(
    routes.listMembers,
    { query: { limit: 1000 } },
    { enabled: can('member:read'), staleTime: 60_000 },
  )
  const set = (change: { action?: string | undefined; actor?: string | undefined }) =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true })
  return (
    <div className="hw-bar">
      <Select
        value={action ?? ''}
        aria-label={t('action')}
        style={{ width: 220 }}
        {...searchByLabel}
        onChange={(value) => set({ action: value || undefined })}
        options={[
          { value: '', label: t('allActions') },
          ...auditActions.map((value) => ({ value, label: actionText(value) })),
        ]}
      />
      <Select
        value={actor ?? ''}
        aria-label={t('actor')}
        style={{ width: 200 }}
        {...searchByLabel}
        onChange={(value) => set({ actor: value || undefined })}
        options={[
          { value: '', label: t('allActors') },
          ...(members.data?.items ?? []).map((one) => ({ value: one.id, label: one.name })),
        ]}
      />
    </div>
  )
}

/** The action as a sentence; one this version does not know keeps its code. */
const actionText = (action: string): string => findWord(auditWords as Words, action) ?? action

function useColumns(): Column<AuditEntry>[] {
  const t = useWords(auditWords)
  return [
    { id: 'time', title: t('time'), width: 150, cell: (row) => <TimeText value={row.time} /> },
    { id: 'actor', title: t('actor'), cell: (row) => <Actor row={row} /> },
    { id: 'action', title: t('action'), cell: (row) => <strong>{actionText(row.action)}</strong> },
    { id: 'subject', title: t('subject'), cell: (row) => <Subject row={row} /> },
    {
      id: 'seq',
      title: t('number'),
      width: 80,
      align: 'right',
      cell: (row) => <span className="hw-number hw-muted">{row.seq}</span>,
    },
  ]
}

function Actor({ row }: { row: AuditEntry }) {
  const kind = findWord(auditWords as Words, `kind_${row.actor.kind}`) ?? row.actor.kind
  return (
    <>
      {row.actor.name} <span className="hw-fine">{kind}</span>
    </>
  )
}

/** Names where the entry holds one, else the id. */
function Subject({ row }: { row: AuditEntry }) {
  const t = useWords(auditWords)
  const { name, people } = row.details
  if (typeof name === 'string') return name
  if (typeof people === 'number') return t('people', { count: people })
  if (row.subject === row.actor.id) return null
  return row.subject ? <code className="hw-muted">{row.subject}</code> : null
}

function AuditCard({ row }: { row: AuditEntry }) {
  return (
    <>
      <div className="set-card-top">
        <strong>{actionText(row.action)}</strong>
        <Subject row={row} />
      </div>
      <div className="hw-fine">
        <Actor row={row} /> · <TimeText value={row.time} />
      </div>
    </>
  )
}

function EntryDrawer({ entry, onClose }: { entry: AuditEntry | undefined; onClose: () => void }) {
  const t = useWords(auditWords)
  return (
    <Drawer
      open={entry !== undefined}
      onClose={onClose}
      size={560}
      title={entry && actionText(entry.action)}
      destroyOnHidden
    >
      {entry && (
        <>
          <dl className="set-facts set-facts-plain" style={{ marginBottom: 16 }}>
            <dt>{t('time')}</dt>
            <dd>
              <TimeText value={entry.time} as="full" />
            </dd>
            <dt>{t('actor')}</dt>
            <dd>
              <Actor row={entry} />
            </dd>
            {entry.subject && (
              <>
                <dt>{t('subject')}</dt>
                <dd>
                  <code>{entry.subject}</code>
                </dd>
              </>
            )}
            <dt>{t('number')}</dt>
            <dd>{entry.seq}</dd>
          </dl>
          {Object.keys(entry.details).length > 0 ? (
            <JsonView value={entry.details} label={t('details')} />
          ) : (
            <p className="hw-muted">{t('noDetails')}</p>
          )}
        </>
      )}
    </Drawer>
  )
}
