type Label = { en: string; zh: string }
export type PermissionInfo = { group: string; label: Label; sensitive?: true }

/** Every right a role or an API key can have. `noun:verb`; routes name one of these. */
export const permissions = {
  'people:read': { group: 'people', label: { en: 'See people', zh: '查看客户' } },
  'people:write': { group: 'people', label: { en: 'Edit people', zh: '编辑客户' } },
  'people:assign': { group: 'people', label: { en: 'Assign people to members', zh: '分配客户' } },
  'people:trash': {
    group: 'people',
    label: { en: 'Move people to the recycle bin and back', zh: '将客户移入回收站及恢复' },
  },
  'people:erase': {
    group: 'people',
    label: { en: 'Erase people for good', zh: '彻底删除客户' },
    sensitive: true,
  },
  'people:unmask': {
    group: 'people',
    label: { en: 'See full phones and mails', zh: '查看完整手机号和邮箱' },
    sensitive: true,
  },
  'identity:read': { group: 'people', label: { en: 'See identity rules', zh: '查看身份规则' } },
  'identity:write': { group: 'people', label: { en: 'Merge and separate people', zh: '合并与拆分客户' } },
  'attribute:write': { group: 'people', label: { en: 'Describe attributes', zh: '管理属性目录' } },
  'tag:write': { group: 'people', label: { en: 'Create and assign tags', zh: '创建与分配标签' } },
  'consent:read': {
    group: 'people',
    label: { en: 'See consents and suppressions', zh: '查看许可与拒收名单' },
  },
  'consent:write': { group: 'people', label: { en: 'Change consents by hand', zh: '修改客户许可' } },
  'suppression:write': {
    group: 'people',
    label: { en: 'Manage suppressions', zh: '管理拒收名单' },
    sensitive: true,
  },
  'export:read': { group: 'people', label: { en: 'Export lists', zh: '导出列表' }, sensitive: true },
  'view:write': { group: 'people', label: { en: 'Share views of lists', zh: '管理共享视图' } },
  'company:read': { group: 'people', label: { en: 'See companies', zh: '查看企业' } },
  'company:write': { group: 'people', label: { en: 'Edit companies', zh: '编辑企业' } },
  'segment:read': { group: 'segments', label: { en: 'See segments', zh: '查看分群' } },
  'segment:write': { group: 'segments', label: { en: 'Build segments', zh: '创建与编辑分群' } },
  'analytics:read': { group: 'data', label: { en: 'Ask analyses', zh: '查看分析' } },
  'analytics:write': { group: 'data', label: { en: 'Save analyses', zh: '保存分析' } },
  'dashboard:read': { group: 'data', label: { en: 'See boards', zh: '查看看板' } },
  'dashboard:write': { group: 'data', label: { en: 'Build boards', zh: '创建与编辑看板' } },
  'dashboard:share': {
    group: 'data',
    label: { en: 'Share boards by link', zh: '通过链接分享看板' },
    sensitive: true,
  },
  'sql:read': { group: 'data', label: { en: 'Ask in SQL', zh: '使用 SQL 查询' }, sensitive: true },
  'sql:write': { group: 'data', label: { en: 'Save SQL queries', zh: '保存 SQL 查询' } },
  'content:read': { group: 'engage', label: { en: 'See templates', zh: '查看内容模板' } },
  'content:write': { group: 'engage', label: { en: 'Write templates', zh: '编辑内容模板' } },
  'content:publish': {
    group: 'engage',
    label: { en: 'Publish templates and set brand and signature', zh: '发布模板、设置品牌样式与签名' },
  },
  'import:read': { group: 'data', label: { en: 'See imports', zh: '查看导入' } },
  'import:write': { group: 'data', label: { en: 'Import files', zh: '导入文件' } },
  'source:read': { group: 'data', label: { en: 'See sources of imports', zh: '查看定时导入' } },
  'source:write': {
    group: 'data',
    label: { en: 'Manage connections and sources of imports', zh: '管理连接与定时导入' },
    sensitive: true,
  },
  'event:read': { group: 'data', label: { en: 'See live events', zh: '查看实时事件' } },
  'event:write': { group: 'data', label: { en: 'Describe and send events', zh: '管理与上报事件' } },
  'order:read': { group: 'data', label: { en: 'See orders', zh: '查看订单' } },
  'job:read': { group: 'data', label: { en: 'See background jobs', zh: '查看后台任务' } },
  'job:write': { group: 'data', label: { en: 'Start and cancel jobs', zh: '启动与取消任务' } },
  'setting:read': { group: 'settings', label: { en: 'See settings', zh: '查看设置' } },
  'setting:write': { group: 'settings', label: { en: 'Change settings', zh: '修改设置' } },
  'member:read': {
    group: 'settings',
    label: { en: 'See members, roles, departments', zh: '查看成员、角色与部门' },
  },
  'member:write': {
    group: 'settings',
    label: { en: 'Manage members, roles, departments', zh: '管理成员、角色与部门' },
    sensitive: true,
  },
  'key:read': { group: 'settings', label: { en: 'See keys', zh: '查看密钥' } },
  'key:write': {
    group: 'settings',
    label: { en: 'Create and revoke keys', zh: '创建与吊销密钥' },
    sensitive: true,
  },
  'webhook:read': {
    group: 'settings',
    label: { en: 'See webhooks and their log', zh: '查看 Webhook 及投递记录' },
  },
  'webhook:write': {
    group: 'settings',
    label: { en: 'Manage webhooks', zh: '管理 Webhook' },
    sensitive: true,
  },
  'audit:read': {
    group: 'settings',
    label: { en: 'Read the audit log', zh: '查看审计日志' },
    sensitive: true,
  },
} as const satisfies Record<`${string}:${string}`, PermissionInfo>

export type Permission = keyof typeof permissions
export const allPermissions = Object.keys(permissions) as Permission[]

/** Which rows a role sees, narrowest first; the order is the measure of "no wider than mine". */
export const scopeKinds = ['self', 'self_and_subordinates', 'department', 'department_tree', 'all'] as const
export type ScopeKind = (typeof scopeKinds)[number]

export type BuiltInRole = { name: Label; permissions: readonly Permission[]; scope: ScopeKind }

const reading: Permission[] = [
  'people:read',
  'company:read',
  'segment:read',
  'analytics:read',
  'dashboard:read',
  'event:read',
  'order:read',
  'job:read',
  'member:read',
  'import:read',
  'source:read',
  'content:read',
  'consent:read',
]
const settings: Permission[] = ['setting:read', 'identity:read']
const marketing: Permission[] = [
  'view:write',
  'analytics:write',
  'dashboard:write',
  'company:write',
  'segment:write',
  'attribute:write',
  'tag:write',
  'job:write',
  'import:write',
  'content:write',
  'content:publish',
  'consent:write',
  'suppression:write',
]

/** Roles every workspace has. Their rights live here, not in rows, so that an update reaches every workspace. */
export const builtInRoles = {
  owner: { name: { en: 'Owner', zh: '所有者' }, permissions: allPermissions, scope: 'all' },
  admin: { name: { en: 'Admin', zh: '管理员' }, permissions: allPermissions, scope: 'all' },
  marketer: {
    name: { en: 'Marketer', zh: '营销人员' },
    permissions: [
      ...reading,
      ...settings,
      ...marketing,
      'dashboard:share',
      'people:write',
      'people:assign',
      'people:trash',
      'identity:write',
      'export:read',
    ],
    scope: 'all',
  },
  analyst: {
    name: { en: 'Analyst', zh: '数据分析师' },
    permissions: [
      ...reading,
      ...settings,
      'view:write',
      'analytics:write',
      'dashboard:write',
      'dashboard:share',
      'sql:read',
      'sql:write',
      'segment:write',
      'job:write',
      'export:read',
    ],
    scope: 'all',
  },
  sales_manager: {
    name: { en: 'Sales manager', zh: '销售经理' },
    permissions: [
      ...reading,
      'analytics:write',
      'dashboard:write',
      'people:write',
      'people:assign',
      'people:trash',
      'people:unmask',
      'company:write',
      'tag:write',
      'consent:write',
      'export:read',
    ],
    scope: 'department_tree',
  },
  sales_rep: {
    name: { en: 'Sales rep', zh: '销售' },
    permissions: [
      'people:read',
      'people:write',
      'people:assign',
      'people:unmask',
      'company:read',
      'company:write',
      'segment:read',
      'analytics:read',
      'dashboard:read',
      'order:read',
      'member:read',
      'tag:write',
      'consent:read',
      'consent:write',
    ],
    scope: 'self_and_subordinates',
  },
  integrator: {
    name: { en: 'Integrator', zh: '集成工程师' },
    permissions: [
      ...reading,
      ...settings,
      ...marketing,
      'people:write',
      'identity:write',
      'event:write',
      'setting:write',
      'key:read',
      'key:write',
      'webhook:read',
      'webhook:write',
    ],
    scope: 'all',
  },
  viewer: { name: { en: 'Viewer', zh: '只读成员' }, permissions: [...reading, 'setting:read'], scope: 'all' },
} as const satisfies Record<string, BuiltInRole>

export type BuiltInRoleKey = keyof typeof builtInRoles

/** What a role may do: built-in ones from the code, own ones from their row (unknown names are dropped). */
export function permissionsOf(role: {
  builtin: string | null
  permissions: readonly string[]
}): Permission[] {
  const known = role.builtin === null ? undefined : builtInRoles[role.builtin as BuiltInRoleKey]
  if (known) return [...known.permissions]
  return role.permissions.filter((name): name is Permission => Object.hasOwn(permissions, name))
}
