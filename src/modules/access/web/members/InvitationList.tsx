import { Button } from 'antd'
import type { ReactNode } from 'react'
import { type Invitation, routes } from '#modules/access/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/i18n.ts'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, usePages } from '#web/use-route.ts'
import { roleLabel } from '../roles/role-label.ts'
import { memberWords } from './member-words.ts'

export function InvitationList({ action }: { action: ReactNode }) {
  const t = useWords(memberWords)
  const { language } = useDisplay()
  const source = usePages(routes.listInvitations, {})
  const columns: Column<Invitation>[] = [
    { id: 'email', title: t('email'), cell: (row) => <strong>{row.email}</strong> },
    { id: 'role', title: t('role'), width: 150, cell: (row) => roleLabel(row.role, language) },
    { id: 'by', title: t('invitedBy'), width: 160, cell: (row) => row.invitedBy },
    { id: 'sent', title: t('sent'), width: 130, cell: (row) => <TimeText value={row.createdAt} /> },
    { id: 'expires', title: t('expires'), width: 130, cell: (row) => <TimeText value={row.expiresAt} /> },
    { id: 'act', title: t('actions'), width: 90, align: 'right', cell: (row) => <RevokeButton row={row} /> },
  ]
  return (
    <QueryTable
      label={t('tabInvitations')}
      source={source}
      columns={columns}
      rowKey={(row) => row.id}
      card={(row) => (
        <>
          <div className="set-card-top">
            <strong>{row.email}</strong>
            <span className="hw-muted">{roleLabel(row.role, language)}</span>
          </div>
          <div className="hw-fine">
            {t('expires')} <TimeText value={row.expiresAt} />
          </div>
          <RevokeButton row={row} />
        </>
      )}
      empty={<EmptyState title={t('emptyInvitations')} text={t('emptyInvitationsText')} action={action} />}
    />
  )
}

function RevokeButton({ row }: { row: Invitation }) {
  const t = useWords(memberWords)
  const toast = useToast()
  const can = useCan()
  const revoke = useChange(routes.revokeInvitation, [routes.listInvitations])
  if (!can('member:write')) return null
  const act = () =>
    revoke
      .mutateAsync({ params: { id: row.id } })
      .then(() => toast.done(t('revoked', { email: row.email })))
      .catch(toast.failed)
  return (
    <Button size="small" type="text" danger loading={revoke.isPending} onClick={() => void act()}>
      {t('revoke')}
    </Button>
  )
}
