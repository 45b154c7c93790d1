import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { type ApiKey, routes } from '#modules/access/contract.ts'
import { ConfirmDanger } from '#ui/ConfirmDanger.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { QueryTable } from '#ui/QueryTable.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, usePages } from '#web/use-route.ts'
import { apiKeysRoute } from '../pages.tsx'
import { ApiKeyCard, useApiKeyColumns } from './ApiKeyRows.tsx'
import { keyWords } from './key-words.ts'
import { NewApiKeyDialog } from './NewApiKeyDialog.tsx'

export function ApiKeysPage() {
  const t = useWords(keyWords)
  const toast = useToast()
  const can = useCan()
  const search = apiKeysRoute.useSearch()
  const navigate = apiKeysRoute.useNavigate()
  const source = usePages(routes.listApiKeys, {})
  const revoke = useChange(routes.revokeApiKey, [routes.listApiKeys])
  const [leaving, setLeaving] = useState<ApiKey>()
  const ask = (asked: boolean) => void navigate({ search: asked ? { new: true } : {} })
  const mayWrite = can('key:write')
  const add = mayWrite && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => ask(true)}>
      {t('newApiKey')}
    </Button>
  )
  const columns = useApiKeyColumns(mayWrite ? setLeaving : undefined)
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader
        title={t('apiTitle')}
        purpose={t('apiPurpose')}
        actions={
          <>
            <Button href="/docs/api" target="_blank" rel="noreferrer">
              {t('apiDocs')}
            </Button>
            {add}
          </>
        }
      />
      <QueryTable
        label={t('apiTitle')}
        source={source}
        columns={columns}
        rowKey={(row) => row.id}
        card={(row) => <ApiKeyCard row={row} onRevoke={mayWrite ? setLeaving : undefined} />}
        empty={<EmptyState title={t('emptyApiTitle')} text={t('emptyApiText')} action={add} />}
      />
      <NewApiKeyDialog open={search.new === true} onClose={() => ask(false)} />
      <ConfirmDanger
        open={leaving !== undefined}
        title={t('revokeApiTitle', { name: leaving?.name })}
        phrase={leaving?.name ?? ''}
        action={t('revoke')}
        onConfirm={async () => {
          if (!leaving) return
          await revoke.mutateAsync({ params: { id: leaving.id } })
          toast.done(t('revokedDone'))
        }}
        onClose={() => setLeaving(undefined)}
      >
        {t('revokeApiText')}
      </ConfirmDanger>
    </div>
  )
}
