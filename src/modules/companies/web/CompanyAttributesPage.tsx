import { Link } from '@tanstack/react-router'
import { Switch, Tooltip } from 'antd'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import { type CompanyAttribute, routes } from '../contract.ts'
import { companyAttributeTitle } from './attribute-title.ts'
import { companyCatalogueWords } from './company-catalogue-words.ts'
import './companies.css'

/** Every attribute companies have, and which of them are personal data. */
export function CompanyAttributesPage() {
  const t = useWords(companyCatalogueWords)
  const catalogue = useRoute(routes.attributes, {}, { staleTime: 30_000 })
  const rows = catalogue.data?.items ?? []
  const columns: Column<CompanyAttribute>[] = [
    { id: 'name', title: t('name'), cell: (row) => <Name row={row} /> },
    { id: 'type', title: t('type'), width: 160, cell: (row) => t(`type_${row.type}`) },
    { id: 'personal', title: t('personal'), width: 180, cell: (row) => <Mark row={row} /> },
  ]
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader
        above={<Link to="/companies">{t('back')}</Link>}
        title={t('title')}
        purpose={t('purpose')}
      />
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
        columns={columns}
        rowKey={(row) => row.name}
        card={(row) => (
          <div className="hw-bar">
            <Name row={row} />
            <span className="hw-bar-grow" />
            <span className="hw-fine">{t('personal')}</span>
            <Mark row={row} />
          </div>
        )}
        empty={<EmptyState title={t('emptyTitle')} text={t('emptyText')} />}
      />
    </div>
  )
}

function Name({ row: { name } }: { row: CompanyAttribute }) {
  const title = companyAttributeTitle(name)
  return (
    <span className="company-attribute-name">
      <strong className="hw-clip">{title}</strong>
      {title !== name && <span className="hw-fine hw-mono hw-clip">{name}</span>}
    </span>
  )
}

/** What may not be changed says why. */
function Mark({ row }: { row: CompanyAttribute }) {
  const t = useWords(companyCatalogueWords)
  const can = useCan()
  const toast = useToast()
  const change = useChange(routes.describeAttribute, [routes.attributes, routes.get, routes.list])
  const title = companyAttributeTitle(row.name)
  const why = row.open
    ? t('alwaysOpen')
    : !can('attribute:write')
      ? t('needsRight')
      : row.personal && !can('people:unmask')
        ? t('needsUnmask')
        : undefined
  const set = async (personal: boolean) => {
    try {
      await change.mutateAsync({ body: { name: row.name, personal } })
      toast.done(t(personal ? 'marked' : 'unmarked', { name: title }))
    } catch (error) {
      toast.failed(error)
    }
  }
  return (
    <Tooltip title={why ?? t('hint')}>
      <Switch
        size="small"
        checked={row.personal}
        disabled={why !== undefined}
        loading={change.isPending}
        aria-label={t('markOf', { name: title })}
        onChange={(checked) => void set(checked)}
      />
    </Tooltip>
  )
}
