import { Button, Tooltip } from 'antd'
import type { ApiKey } from '#modules/access/contract.ts'
import { type Permission, permissions } from '#modules/access/permissions.ts'
import { useDisplay, useNow } from '#ui/display.tsx'
import { shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { Column } from '#ui/QueryTable.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { KeyState } from './KeyState.tsx'
import { keyWords } from './key-words.ts'

type OnRevoke = ((key: ApiKey) => void) | undefined

export function useApiKeyColumns(onRevoke: OnRevoke): Column<ApiKey>[] {
  const t = useWords(keyWords)
  return [
    {
      id: 'name',
      title: t('apiName'),
      cell: (row) => (
        <>
          <strong>{row.name}</strong> <code className="hw-muted">{row.prefix}…</code>
        </>
      ),
    },
    { id: 'rights', title: t('permissions'), width: 115, cell: (row) => <Rights ids={row.permissions} /> },
    { id: 'limits', title: t('limits'), width: 125, cell: (row) => <Limits row={row} /> },
    { id: 'used', title: t('lastUsed'), width: 95, cell: (row) => <LastUsed row={row} /> },
    { id: 'expires', title: t('expires'), width: 95, cell: (row) => <Expiry row={row} /> },
    { id: 'state', title: t('state'), width: 95, cell: (row) => <State row={row} /> },
    {
      id: 'created',
      title: t('created'),
      width: 100,
      cell: (row) => (
        <Tooltip title={t('createdBy', { who: row.createdBy })} placement="left">
          <span>
            <TimeText value={row.createdAt} />
          </span>
        </Tooltip>
      ),
    },
    {
      id: 'act',
      title: t('actions'),
      width: 80,
      align: 'right',
      cell: (row) => <Revoke row={row} onRevoke={onRevoke} />,
    },
  ]
}

export function ApiKeyCard({ row, onRevoke }: { row: ApiKey; onRevoke: OnRevoke }) {
  const t = useWords(keyWords)
  return (
    <>
      <div className="set-card-top">
        <strong>{row.name}</strong>
        <State row={row} />
      </div>
      <div>
        <code>{row.prefix}…</code> · <Rights ids={row.permissions} /> · <Limits row={row} />
      </div>
      <div className="hw-fine">
        {t('lastUsed')} <LastUsed row={row} /> · {t('expires')} <Expiry row={row} />
      </div>
      <Revoke row={row} onRevoke={onRevoke} />
    </>
  )
}

function Rights({ ids }: { ids: string[] }) {
  const t = useWords(keyWords)
  const { language } = useDisplay()
  const names = ids.map((id) => permissions[id as Permission]?.label[language] ?? id)
  return (
    <Tooltip title={names.join(language === 'zh' ? '、' : ', ')}>
      <span>{t('permissionCount', { count: ids.length })}</span>
    </Tooltip>
  )
}

function Limits({ row }: { row: ApiKey }) {
  const t = useWords(keyWords)
  const { language } = useDisplay()
  const more = [
    ...(row.scope ? [t('narrowed', { scope: t(`scope_${row.scope as 'self'}`) })] : []),
    ...(row.allowedIps ? [t('fromSome', { ips: row.allowedIps.join(', ') })] : []),
  ]
  return (
    <>
      {t('limitText', { count: shortNumber(row.perMinute, language) })}
      {more.length > 0 && <div className="hw-fine">{more.join(' · ')}</div>}
    </>
  )
}

function LastUsed({ row }: { row: ApiKey }) {
  const t = useWords(keyWords)
  return row.lastUsedAt ? (
    <TimeText value={row.lastUsedAt} />
  ) : (
    <span className="hw-muted">{t('neverUsed')}</span>
  )
}

function Expiry({ row }: { row: ApiKey }) {
  const t = useWords(keyWords)
  return row.expiresAt ? <TimeText value={row.expiresAt} /> : <span className="hw-muted">{t('never')}</span>
}

function State({ row }: { row: ApiKey }) {
  const t = useWords(keyWords)
  const now = useNow()
  const isOver = row.expiresAt !== null && Date.parse(row.expiresAt) < now
  if (isOver && !row.revokedAt) return <span className="hw-pill hw-pill-warning">{t('expired')}</span>
  return <KeyState revokedAt={row.revokedAt} />
}

function Revoke({ row, onRevoke }: { row: ApiKey; onRevoke: OnRevoke }) {
  const t = useWords(keyWords)
  if (!onRevoke || row.revokedAt) return null
  return (
    <Button size="small" danger type="text" onClick={() => onRevoke(row)}>
      {t('revoke')}
    </Button>
  )
}
