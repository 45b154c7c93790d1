import { Checkbox } from 'antd'
import { allPermissions, type Permission, permissions } from '#modules/access/permissions.ts'
import { useDisplay } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import { useMe } from '#web/session.ts'
import { roleWords } from './role-words.ts'
import './roles.css'

type Props = { value?: Permission[]; onChange?: (value: Permission[]) => void; disabled?: boolean }
export type PermissionGroup = { group: GroupKey; items: Permission[] }
type GroupKey = (typeof groups)[number]
const groups = ['people', 'segments', 'engage', 'data', 'settings'] as const

/** The rights in their groups, in the order of the catalogue. */
export const permissionGroups: PermissionGroup[] = groups.map((group) => ({
  group,
  items: allPermissions.filter((id) => permissions[id].group === group),
}))

/** Checkboxes of rights. What the reader has not themselves cannot be given, so it is greyed with the reason. */
export function PermissionPicker({ value = [], onChange, disabled = false }: Props) {
  const t = useWords(roleWords)
  const { language } = useDisplay()
  const mine = useMe().permissions
  const set = (ids: Permission[], on: boolean) =>
    onChange?.(allPermissions.filter((id) => (ids.includes(id) ? on : value.includes(id))))
  return (
    <div className="perm-picker">
      {permissionGroups.map(({ group, items }) => {
        const free = items.filter((id) => mine.includes(id))
        const chosen = items.filter((id) => value.includes(id))
        return (
          <fieldset key={group} disabled={disabled}>
            <legend>
              <Checkbox
                checked={chosen.length === items.length}
                indeterminate={chosen.length > 0 && chosen.length < items.length}
                disabled={disabled || free.length === 0}
                onChange={(event) => set(free, event.target.checked)}
              >
                {t(`group_${group}`)}
              </Checkbox>
            </legend>
            {items.map((id) => (
              <Checkbox
                key={id}
                checked={value.includes(id)}
                disabled={disabled || !mine.includes(id)}
                onChange={(event) => set([id], event.target.checked)}
              >
                {permissions[id].label[language]}
                {'sensitive' in permissions[id] && (
                  <span className="hw-pill hw-pill-warning perm-sensitive">{t('sensitive')}</span>
                )}
                {!disabled && !mine.includes(id) && <span className="hw-fine"> {t('notYours')}</span>}
              </Checkbox>
            ))}
          </fieldset>
        )
      })}
    </div>
  )
}
