import { Button, Drawer, Form, Input, Select, Tooltip } from 'antd'
import { type Role, routes } from '#modules/access/contract.ts'
import { type Permission, type ScopeKind, scopeKinds } from '#modules/access/permissions.ts'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { FormButtons } from '#web/forms/FormButtons.tsx'
import { useSubmit } from '#web/forms/use-submit.ts'
import { useCan } from '#web/session.ts'
import { useChange } from '#web/use-route.ts'
import { PermissionPicker } from './PermissionPicker.tsx'
import { roleLabel } from './role-label.ts'
import { roleWords } from './role-words.ts'

type Values = { name: string; permissions: Permission[]; scope: ScopeKind }
type Props = {
  roles: Role[]
  /** Id of a role, or `new`. */
  chosen: string | undefined
  /** Role a new one is copied from. */
  from: string | undefined
  onClose: () => void
  onCopy: (id: string) => void
}

export function RoleDrawer({ roles, chosen, from, onClose, onCopy }: Props) {
  const t = useWords(roleWords)
  const { language } = useDisplay()
  const isNew = chosen === 'new'
  const role = roles.find((one) => one.id === (isNew ? from : chosen))
  const title = isNew || !role ? t('newRole') : roleLabel(role, language)
  return (
    <Drawer
      open={isNew || role !== undefined}
      onClose={onClose}
      size={680}
      title={title}
      extra={!isNew && role && <RoleActions role={role} onClose={onClose} onCopy={onCopy} />}
      destroyOnHidden
    >
      <RoleForm key={`${chosen}${from}`} role={role} isNew={isNew} onDone={onClose} />
    </Drawer>
  )
}

function RoleForm({ role, isNew, onDone }: { role: Role | undefined; isNew: boolean; onDone: () => void }) {
  const t = useWords(roleWords)
  const toast = useToast()
  const can = useCan()
  const { language } = useDisplay()
  const create = useChange(routes.createRole, [routes.listRoles])
  const change = useChange(routes.changeRole, [routes.listRoles])
  const [form] = Form.useForm<Values>()
  const { submit, busy, error } = useSubmit<Values>(form, async (body) => {
    if (isNew) await create.mutateAsync({ body })
    else if (role) await change.mutateAsync({ params: { id: role.id }, body })
    toast.done(isNew ? t('created', { name: body.name }) : t('saved'))
    onDone()
  })
  const isFixed = !can('member:write') || (!isNew && role?.builtin != null)
  const label = role && roleLabel(role, language)
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      disabled={isFixed}
      initialValues={{
        name: isNew && label ? t('copyName', { name: label }) : label,
        scope: role?.scope ?? 'self',
        permissions: role?.permissions ?? ['people:read'],
      }}
      onFinish={submit}
    >
      {!isNew && role?.builtin && <p className="hw-muted role-note">{t('builtinText')}</p>}
      <div className="hw-form-row">
        <Form.Item
          name="name"
          label={t('name')}
          extra={isNew ? t('nameHint') : undefined}
          rules={[{ required: true, whitespace: true, max: 120, message: t('nameMissing') }]}
        >
          <Input autoFocus={isNew} />
        </Form.Item>
        <Form.Item name="scope" label={t('scope')} extra={t('scopeHint')}>
          <Select options={scopeKinds.map((value) => ({ value, label: t(`scope_${value}`) }))} />
        </Form.Item>
      </div>
      <Form.Item name="permissions" label={t('permissions')}>
        <PermissionPicker disabled={isFixed} />
      </Form.Item>
      {error !== undefined && <ErrorState error={error} compact />}
      {!isFixed && <FormButtons action={isNew ? t('create') : t('save')} busy={busy} />}
    </Form>
  )
}

function RoleActions({
  role,
  onClose,
  onCopy,
}: {
  role: Role
  onClose: () => void
  onCopy: (id: string) => void
}) {
  const t = useWords(roleWords)
  const toast = useToast()
  const can = useCan()
  const { language } = useDisplay()
  const remove = useChange(routes.deleteRole, [routes.listRoles])
  const restore = useChange(routes.createRole, [routes.listRoles])
  if (!can('member:write')) return null
  const removeIt = async () => {
    try {
      await remove.mutateAsync({ params: { id: role.id } })
      onClose()
      const { name, scope } = role
      const body = { name, scope, permissions: role.permissions as Permission[] }
      toast.undo(t('removed', { name: roleLabel(role, language) }), () => restore.mutateAsync({ body }))
    } catch (error) {
      toast.failed(error)
    }
  }
  return (
    <div className="hw-bar">
      <Button onClick={() => onCopy(role.id)}>{t('copy')}</Button>
      {!role.builtin && (
        <Tooltip title={role.members > 0 ? t('inUse', { count: role.members }) : undefined}>
          <Button danger disabled={role.members > 0} onClick={() => void removeIt()}>
            {t('remove')}
          </Button>
        </Tooltip>
      )}
    </div>
  )
}
