import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { routes, type WriteKey } from '#modules/access/contract.ts'
import { CopyText } from '#ui/CopyText.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useCan } from '#web/session.ts'
import { usePages } from '#web/use-route.ts'
import { writeKeysRoute } from '../pages.tsx'
import { KeyState } from './KeyState.tsx'
import { keyWords } from './key-words.ts'
import { NewSourceDialog } from './NewSourceDialog.tsx'
import { SourceDrawer } from './SourceDrawer.tsx'

export function WriteKeysPage() {
  const t = useWords(keyWords)
  const can = useCan()
  const search = writeKeysRoute.useSearch()
  const navigate = writeKeysRoute.useNavigate()
  const source = usePages(routes.listWriteKeys, {})
  const open = (id: string | undefined) => void navigate({ search: { open: id } })
  const ask = () => void navigate({ search: { new: true } })
  const stopAsking = () => void navigate({ search: (now) => (now.new ? {} : now) })
  const add = can('key:write') && (
    <Button type="primary" icon={<PlusOutlined />} onClick={ask}>
      {t('newSource')}
    </Button>
  )
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader title={t('writeTitle')} purpose={t('writePurpose')} actions={add} />
      <QueryTable
        label={t('writeTitle')}
        source={source}
        columns={useColumns()}
        rowKey={(row) => row.id}
        openKey={search.open}
        onOpen={(row) => open(row.id)}
        card={(row) => <SourceCard row={row} />}
        empty={<EmptyState title={t('emptyWriteTitle')} text={t('emptyWriteText')} action={add} />}
      />
      <NewSourceDialog open={search.new === true} onClose={stopAsking} onMade={open} />
      <SourceDrawer
        source={source.rows.find((row) => row.id === search.open)}
        onClose={() => open(undefined)}
      />
    </div>
  )
}

function useColumns(): Column<WriteKey>[] {
  const t = useWords(keyWords)
  return [
    { id: 'name', title: t('source'), cell: (row) => <strong>{row.name}</strong> },
    { id: 'kind', title: t('kind'), width: 100, cell: (row) => t(`kind_${row.kind}`) },
    { id: 'key', title: t('key'), cell: (row) => <CopyText text={row.key} /> },
    { id: 'state', title: t('state'), width: 110, cell: (row) => <KeyState revokedAt={row.revokedAt} /> },
    { id: 'created', title: t('created'), width: 130, cell: (row) => <TimeText value={row.createdAt} /> },
  ]
}

function SourceCard({ row }: { row: WriteKey }) {
  const t = useWords(keyWords)
  return (
    <>
      <div className="set-card-top">
        <strong>{row.name}</strong>
        <span className="hw-muted">{t(`kind_${row.kind}`)}</span>
        <KeyState revokedAt={row.revokedAt} />
      </div>
      <CopyText text={row.key} />
    </>
  )
}
