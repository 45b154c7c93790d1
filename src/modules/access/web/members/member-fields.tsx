import { Form, Select, TreeSelect } from 'antd'
import { type Department, routes } from '#modules/access/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import { useRoute } from '#web/use-route.ts'
import { inRoleOrder, roleLabel } from '../roles/role-label.ts'
import { roleWords } from '../roles/role-words.ts'
import { memberWords } from './member-words.ts'

/** `roleId`, with what the chosen role sees below it. */
export function RoleField() {
  const t = useWords(memberWords)
  const role = useWords(roleWords)
  const { language } = useDisplay()
  const roles = useRoute(routes.listRoles, {})
  const items = inRoleOrder(roles.data?.items ?? [])
  const chosen = Form.useWatch<string>('roleId')
  const scope = items.find((one) => one.id === chosen)?.scope
  return (
    <Form.Item
      name="roleId"
      label={t('role')}
      extra={scope && t('scopeIs', { scope: role(`scope_${scope}`) })}
      rules={[{ required: true, message: t('roleMissing') }]}
    >
      <Select
        loading={roles.isPending}
        options={items.map((one) => ({ value: one.id, label: roleLabel(one, language) }))}
      />
    </Form.Item>
  )
}

/** `departmentId`; the empty value is none. */
export function DepartmentField({
  name = 'departmentId',
  label,
  none,
  without,
}: {
  name?: string
  label?: string
  none?: string
  /** This department and all below it cannot be chosen. */
  without?: string | undefined
}) {
  const t = useWords(memberWords)
  const departments = useRoute(routes.listDepartments, {})
  const top = { value: '', title: none ?? t('none') }
  return (
    <Form.Item name={name} label={label ?? t('department')}>
      <TreeSelect
        loading={departments.isPending}
        treeDefaultExpandAll
        showSearch={{ treeNodeFilterProp: 'title' }}
        treeData={[top, ...treeOf(departments.data?.items ?? [], null, without)]}
      />
    </Form.Item>
  )
}

type TreeNode = { value: string; title: string; children: TreeNode[] }

function treeOf(all: Department[], parentId: string | null, without: string | undefined): TreeNode[] {
  return all
    .filter((one) => one.parentId === parentId && one.id !== without)
    .map((one) => ({ value: one.id, title: one.name, children: treeOf(all, one.id, without) }))
}
