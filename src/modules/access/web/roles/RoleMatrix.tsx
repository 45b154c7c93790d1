import { CheckOutlined, MinusOutlined } from '@ant-design/icons'
import { Fragment } from 'react'
import type { Role } from '#modules/access/contract.ts'
import { permissions } from '#modules/access/permissions.ts'
import { useDisplay } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import { permissionGroups } from './PermissionPicker.tsx'
import { roleLabel } from './role-label.ts'
import { roleWords } from './role-words.ts'

/** Roles across, rights down; a column's head opens the role. */
export function RoleMatrix({ roles, onOpen }: { roles: Role[]; onOpen: (id: string) => void }) {
  const t = useWords(roleWords)
  const { language } = useDisplay()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by keyboard
    <section className="role-matrix-box" aria-label={t('title')} tabIndex={0}>
      <table className="role-matrix">
        <thead>
          <tr>
            <th scope="col">{t('permission')}</th>
            {roles.map((role) => (
              <th key={role.id} scope="col">
                <button type="button" className="role-column" onClick={() => onOpen(role.id)}>
                  <strong>{roleLabel(role, language)}</strong>
                  <span className="hw-fine">{t('memberCount', { count: role.members })}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('scope')}</th>
            {roles.map((role) => (
              <td key={role.id}>
                <span className="hw-fine" title={t(`scope_${role.scope}`)}>
                  {t(`scopeShort_${role.scope}`)}
                </span>
              </td>
            ))}
          </tr>
          {permissionGroups.map(({ group, items }) => (
            <Fragment key={group}>
              <tr className="role-group">
                <th scope="rowgroup" colSpan={roles.length + 1}>
                  {t(`group_${group}`)}
                </th>
              </tr>
              {items.map((id) => (
                <tr key={id}>
                  <th scope="row" title={id}>
                    {permissions[id].label[language]}
                    {'sensitive' in permissions[id] && (
                      <span className="hw-pill hw-pill-warning perm-sensitive">{t('sensitive')}</span>
                    )}
                  </th>
                  {roles.map((role) => (
                    <td key={role.id}>
                      {role.permissions.includes(id) ? (
                        <CheckOutlined className="role-yes" aria-label={t('has')} />
                      ) : (
                        <MinusOutlined className="role-no" aria-label={t('hasNot')} />
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  )
}
