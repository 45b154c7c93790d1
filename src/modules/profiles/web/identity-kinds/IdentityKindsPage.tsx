import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { routes } from '#modules/profiles/contract.ts'
import { EmptyState } from '#ui/EmptyState.tsx'
import { findWord, useWords, type Words } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { useCan } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'
import { identityKindsRoute } from './identity-kinds-route.tsx'
import { type Kind, KindDialog } from './KindDialog.tsx'
import { kindWords } from './kind-words.ts'

export function IdentityKindsPage() {
  const t = useWords(kindWords)
  const can = useCan()
  const search = identityKindsRoute.useSearch()
  const navigate = identityKindsRoute.useNavigate()
  const kinds = useRoute(routes.identityKinds, {})
  const rows = [...(kinds.data?.items ?? [])].sort((a, b) => b.priority - a.priority)
  const mayWrite = can('setting:write')
  const source = {
    rows,
    loading: kinds.isPending,
    error: kinds.error,
    hasMore: false,
    loadingMore: false,
    loadMore: () => undefined,
    retry: () => void kinds.refetch(),
  }
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={
          mayWrite && (
            <Button
              type="primary"
              icon={<PlusOutlined />}
              onClick={() => void navigate({ search: { new: true } })}
            >
              {t('newKind')}
            </Button>
          )
        }
      />
      <QueryTable
        label={t('title')}
        source={source}
        columns={useColumns()}
        rowKey={(row) => row.kind}
        openKey={search.edit}
        {...(mayWrite ? { onOpen: (row: Kind) => void navigate({ search: { edit: row.kind } }) } : {})}
        rowHeight={48}
        card={(row) => <KindCard row={row} />}
        empty={<EmptyState title={t('empty')} text={t('emptyText')} />}
      />
      <section className="hw-panel">
        <div className="hw-panel-head">
          <h2>{t('how')}</h2>
        </div>
        <ul className="hw-panel-body hw-muted">
          <li>{t('how1')}</li>
          <li>{t('how2')}</li>
          <li>{t('how3')}</li>
        </ul>
      </section>
      <KindDialog
        kinds={rows}
        chosen={search.new ? 'new' : rows.find((row) => row.kind === search.edit)}
        onClose={() => void navigate({ search: {} })}
      />
    </div>
  )
}

function useColumns(): Column<Kind>[] {
  const t = useWords(kindWords)
  const blocked = (row: Kind) =>
    row.blocked.length > 0 ? (
      <span title={row.blocked.join('\n')}>{t('blockedCount', { count: row.blocked.length })}</span>
    ) : (
      <span className="hw-muted">–</span>
    )
  return [
    { id: 'kind', title: t('kind'), cell: (row) => <KindName row={row} /> },
    {
      id: 'class',
      title: t('class'),
      width: 130,
      cell: (row) => <span title={t(`classText_${row.class}`)}>{t(`class_${row.class}`)}</span>,
    },
    { id: 'priority', title: t('priority'), width: 100, align: 'right', cell: (row) => row.priority },
    { id: 'limit', title: t('limit'), width: 130, align: 'right', cell: (row) => row.limit },
    { id: 'blocked', title: t('blocked'), width: 140, align: 'right', cell: blocked },
  ]
}

function KindName({ row }: { row: Kind }) {
  const t = useWords(kindWords)
  const name = findWord(kindWords as Words, `name_${row.kind}`)
  return (
    <>
      <strong>{name ?? row.kind}</strong> {name && <code className="hw-muted">{row.kind}</code>}{' '}
      <span className="hw-pill">{row.builtIn ? t('builtIn') : t('custom')}</span>
    </>
  )
}

function KindCard({ row }: { row: Kind }) {
  const t = useWords(kindWords)
  return (
    <>
      <div>
        <KindName row={row} />
      </div>
      <div className="hw-fine">
        {t(`class_${row.class}`)} · {t('priority')} {row.priority} · {t('limit')} {row.limit} · {t('blocked')}{' '}
        {row.blocked.length}
      </div>
    </>
  )
}
