import { DownloadOutlined, PlusOutlined, UploadOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { pathOf } from '#platform/http/define-routes.ts'
import { channelKinds } from '#slots/channel-kind.ts'
import { ConfirmDanger } from '#ui/ConfirmDanger.tsx'
import { channelWords } from '#ui/channel-words.ts'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, usePages } from '#web/use-route.ts'
import { type Suppression, suppressionReasons } from '../../contract/shapes.ts'
import { routes } from '../../contract.ts'
import { consentWords } from '../consent-words.ts'
import { suppressionsRoute } from '../pages.tsx'
import { AddSuppressionDialog } from './AddSuppressionDialog.tsx'
import { ImportSuppressionsDialog } from './ImportSuppressionsDialog.tsx'
import '../consents.css'

/** Addresses nothing is sent to. */
export function SuppressionsPage() {
  const t = useWords(consentWords)
  const c = useWords(channelWords)
  const search = suppressionsRoute.useSearch()
  const navigate = suppressionsRoute.useNavigate()
  const may = useCan()('suppression:write')
  const [shown, setShown] = useState<'add' | 'import'>()
  const [removed, setRemoved] = useState<Suppression>()
  const source = usePages(routes.listSuppressions, { query: { ...search, limit: 100 } }, { keep: true })
  const filter = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  const isFiltered = Object.values(search).some((value) => value !== undefined)
  const columns = useColumns(may ? setRemoved : undefined)
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader
        title={t('suppressionsTitle')}
        purpose={t('suppressionsPurpose')}
        actions={
          may && (
            <>
              <Button icon={<DownloadOutlined aria-hidden="true" />} href={pathOf(routes.exportSuppressions)}>
                {t('export')}
              </Button>
              <Button icon={<UploadOutlined aria-hidden="true" />} onClick={() => setShown('import')}>
                {t('import')}
              </Button>
              <Button
                type="primary"
                icon={<PlusOutlined aria-hidden="true" />}
                onClick={() => setShown('add')}
              >
                {t('add')}
              </Button>
            </>
          )
        }
      />
      <div className="hw-bar policy-row">
        <Input.Search
          aria-label={t('searchAddress')}
          placeholder={t('searchAddress')}
          defaultValue={search.address ?? ''}
          allowClear
          onSearch={(text) => filter({ address: text.trim() || undefined })}
          style={{ width: 300, maxWidth: '100%' }}
        />
        <Select
          aria-label={t('channel')}
          placeholder={t('anyChannel')}
          allowClear
          value={search.channel ?? null}
          options={channelKinds.map((kind) => ({ value: kind, label: c(kind) }))}
          onChange={(channel) => filter({ channel: channel ?? undefined })}
          popupMatchSelectWidth={false}
        />
        <Select
          aria-label={t('reason')}
          placeholder={t('anyReason')}
          allowClear
          value={search.reason ?? null}
          options={suppressionReasons.map((reason) => ({ value: reason, label: t(`reason.${reason}`) }))}
          onChange={(reason) => filter({ reason: reason ?? undefined })}
          popupMatchSelectWidth={false}
        />
      </div>
      <QueryTable
        label={t('suppressionsTitle')}
        source={source}
        columns={columns}
        rowKey={(row) => row.id}
        card={(row) => (
          <div>
            <div className="hw-bar">
              <strong className="hw-bar-grow hw-clip">{row.masked ?? t('erasedAddress')}</strong>
              <span className="hw-pill">{c(row.channel)}</span>
            </div>
            <div className="hw-bar">
              <span className="hw-fine hw-bar-grow">
                {t(`reason.${row.reason}`)} · <TimeText value={row.since} />
              </span>
              {may && (
                <Button size="small" onClick={() => setRemoved(row)}>
                  {t('remove')}
                </Button>
              )}
            </div>
          </div>
        )}
        empty={
          isFiltered ? (
            <EmptyState title={t('notFoundTitle')} text={t('notFoundText')} />
          ) : (
            <EmptyState title={t('emptyTitle')} text={t('emptyText')} />
          )
        }
      />
      <AddSuppressionDialog open={shown === 'add'} onClose={() => setShown(undefined)} />
      <ImportSuppressionsDialog open={shown === 'import'} onClose={() => setShown(undefined)} />
      <RemoveDialog row={removed} onClose={() => setRemoved(undefined)} />
    </div>
  )
}

function useColumns(onRemove: ((row: Suppression) => void) | undefined): Column<Suppression>[] {
  const t = useWords(consentWords)
  const c = useWords(channelWords)
  return [
    { id: 'address', title: t('address'), cell: (row) => row.masked ?? t('erasedAddress') },
    { id: 'channel', title: t('channel'), width: 100, cell: (row) => c(row.channel) },
    { id: 'reason', title: t('reason'), width: 120, cell: (row) => t(`reason.${row.reason}`) },
    { id: 'detail', title: t('detail'), cell: (row) => <span className="hw-clip">{row.detail || '–'}</span> },
    { id: 'since', title: t('since'), width: 115, cell: (row) => <TimeText value={row.since} /> },
    {
      id: 'until',
      title: t('until'),
      width: 100,
      cell: (row) => (row.expiresAt === null ? t('forever') : <TimeText value={row.expiresAt} />),
    },
    ...(onRemove === undefined
      ? []
      : [
          {
            id: 'remove',
            title: t('actions'),
            width: 90,
            cell: (row: Suppression) => (
              <Button size="small" onClick={() => onRemove(row)}>
                {t('remove')}
              </Button>
            ),
          },
        ]),
  ]
}

function RemoveDialog({ row, onClose }: { row: Suppression | undefined; onClose: () => void }) {
  const t = useWords(consentWords)
  const toast = useToast()
  const remove = useChange(routes.removeSuppression, [routes.listSuppressions])
  const confirm = async () => {
    if (!row) return
    await remove.mutateAsync({ params: { id: row.id } })
    toast.done(t('removed'))
  }
  return (
    <ConfirmDanger
      open={row !== undefined}
      title={t('removeTitle')}
      action={t('remove')}
      onConfirm={confirm}
      onClose={onClose}
    >
      {t('removeText', { address: row?.masked ?? t('erasedAddress') })}
    </ConfirmDanger>
  )
}
