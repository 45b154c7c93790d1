import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { routes, type WebhookEndpoint } from '#modules/webhooks/contract.ts'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useCan } from '#web/session.ts'
import { useChange, usePages } from '#web/use-route.ts'
import { EndpointDialog } from './EndpointDialog.tsx'
import { EndpointState } from './EndpointState.tsx'
import { webhooksRoute } from './pages.tsx'
import { SecretOnce } from './SecretOnce.tsx'
import { webhookWords } from './webhook-words.ts'
import './webhooks.css'

const refreshMs = 10_000

export function WebhooksPage() {
  const t = useWords(webhookWords)
  const can = useCan()
  const search = webhooksRoute.useSearch()
  const navigate = webhooksRoute.useNavigate()
  const source = usePages(routes.list, {}, { every: refreshMs })
  const create = useChange(routes.create, [routes.list])
  const [made, setMade] = useState<{ id: string; secret: string }>()
  const ask = (asked: boolean) => void navigate({ search: asked ? { new: true } : {} })
  const open = (id: string) => void navigate({ to: '/settings/webhooks/$id', params: { id } })
  const add = can('webhook:write') && (
    <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={() => ask(true)}>
      {t('add')}
    </Button>
  )
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader title={t('title')} purpose={t('purpose')} actions={add} />
      <QueryTable
        label={t('title')}
        source={source}
        columns={useColumns()}
        rowKey={(row) => row.id}
        rowHeight={52}
        onOpen={(row) => open(row.id)}
        card={(row) => <EndpointCard row={row} />}
        empty={<EmptyState title={t('emptyTitle')} text={t('emptyText')} action={add} />}
      />
      <EndpointDialog
        open={search.new === true}
        title={t('add')}
        action={t('add')}
        initial={{ types: ['segment.entered', 'segment.left'] }}
        onSubmit={async (body) => {
          const { endpoint, secret } = await create.mutateAsync({ body })
          setMade({ id: endpoint.id, secret })
        }}
        onClose={() => ask(false)}
      />
      <SecretOnce
        secret={made?.secret}
        onClose={() => {
          if (made) open(made.id)
          setMade(undefined)
        }}
      />
    </div>
  )
}

function useColumns(): Column<WebhookEndpoint>[] {
  const t = useWords(webhookWords)
  return [
    { id: 'url', title: t('endpoint'), cell: (row) => <Address row={row} /> },
    { id: 'types', title: t('types'), cell: (row) => row.types.map((type) => t(type)).join(' · ') },
    { id: 'recent', title: t('recent'), width: 280, cell: (row) => t('recentText', row.recent) },
    { id: 'state', title: t('state'), width: 120, cell: (row) => <EndpointState row={row} /> },
    { id: 'created', title: t('created'), width: 110, cell: (row) => <TimeText value={row.createdAt} /> },
  ]
}

function Address({ row }: { row: WebhookEndpoint }) {
  return (
    <div className="webhook-address">
      <strong className="hw-mono">{row.url}</strong>
      {row.description && <div className="hw-fine">{row.description}</div>}
    </div>
  )
}

function EndpointCard({ row }: { row: WebhookEndpoint }) {
  const t = useWords(webhookWords)
  return (
    <>
      <div className="set-card-top">
        <EndpointState row={row} />
        <span className="hw-fine">{t('recentText', row.recent)}</span>
      </div>
      <Address row={row} />
      <div className="hw-muted">{row.types.map((type) => t(type)).join(' · ')}</div>
    </>
  )
}
