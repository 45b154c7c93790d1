import { PlusOutlined } from '@ant-design/icons'
import { Button, Skeleton } from 'antd'
import { type Role, routes } from '#modules/access/contract.ts'
import { allPermissions } from '#modules/access/permissions.ts'
import { useDisplay, useIsNarrow } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useCan } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'
import { rolesRoute } from '../pages.tsx'
import { RoleDrawer } from './RoleDrawer.tsx'
import { RoleMatrix } from './RoleMatrix.tsx'
import { inRoleOrder, roleLabel } from './role-label.ts'
import { roleWords } from './role-words.ts'

export function RolesPage() {
  const t = useWords(roleWords)
  const can = useCan()
  const narrow = useIsNarrow()
  const search = rolesRoute.useSearch()
  const navigate = rolesRoute.useNavigate()
  const roles = useRoute(routes.listRoles, {})
  const open = (role: string) => void navigate({ search: { role } })
  const add = can('member:write') && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => open('new')}>
      {t('newRole')}
    </Button>
  )
  const items = roles.data && inRoleOrder(roles.data.items)
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader title={t('title')} purpose={t('purpose')} actions={add} />
      {roles.error && !items && <ErrorState error={roles.error} retry={() => void roles.refetch()} />}
      {roles.isPending && <Skeleton active paragraph={{ rows: 12 }} />}
      {items &&
        (narrow ? <RoleCards roles={items} onOpen={open} /> : <RoleMatrix roles={items} onOpen={open} />)}
      <RoleDrawer
        roles={items ?? []}
        chosen={search.role}
        from={search.from}
        onClose={() => void navigate({ search: {} })}
        onCopy={(id) => void navigate({ search: { role: 'new', from: id } })}
      />
    </div>
  )
}

function RoleCards({ roles, onOpen }: { roles: Role[]; onOpen: (id: string) => void }) {
  const t = useWords(roleWords)
  const { language } = useDisplay()
  return (
    <ul className="role-cards" aria-label={t('title')}>
      {roles.map((role) => (
        <li key={role.id} className="hw-card">
          <button type="button" className="set-card-button" onClick={() => onOpen(role.id)}>
            <span className="set-card-top">
              <strong>{roleLabel(role, language)}</strong>
              <span className="hw-fine">{role.builtin ? t('builtin') : t('custom')}</span>
            </span>
            <span className="hw-fine">
              {t('memberCount', { count: role.members })} ·{' '}
              {t('grantedOf', { granted: role.permissions.length, all: allPermissions.length })} ·{' '}
              {t(`scopeShort_${role.scope}`)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
