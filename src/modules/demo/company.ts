/** Who works at the demo company and where its events come from: what an owner would have set up in the first week. */

export type DemoMember = {
  email: string
  name: string
  /** Key of a built-in role, or the name of one of `demoRoles`. */
  role: string
  department: string
  /** Mail address of whoever they report to: what a scope with subordinates follows. */
  manager?: string
}

export const demoOwner = { email: 'owner@qinghe.example', password: 'headwater-demo', name: '林清' } as const

/** Parents first. */
export const demoDepartments: readonly { name: string; parent?: string }[] = [
  { name: '市场部' },
  { name: '销售中心' },
  { name: '华东销售组', parent: '销售中心' },
  { name: '华南销售组', parent: '销售中心' },
  { name: '教务部' },
  { name: '数据与技术部' },
]

/** Beside the built-in ones: a role of the company's own, so that the matrix of roles shows one. */
export const demoRoles = [
  {
    name: '教务老师',
    permissions: ['people:read', 'people:write', 'segment:read', 'order:read', 'member:read'],
    scope: 'department',
  },
] as const

export const demoMembers: readonly DemoMember[] = [
  { email: 'marketing@qinghe.example', name: '周敏', role: 'marketer', department: '市场部' },
  { email: 'analyst@qinghe.example', name: '陈思远', role: 'analyst', department: '数据与技术部' },
  { email: 'tech@qinghe.example', name: '李工', role: 'integrator', department: '数据与技术部' },
  { email: 'sales.lead@qinghe.example', name: '赵蕾', role: 'sales_manager', department: '销售中心' },
  {
    email: 'sales.east@qinghe.example',
    name: '王强',
    role: 'sales_rep',
    department: '华东销售组',
    manager: 'sales.lead@qinghe.example',
  },
  {
    email: 'sales.south@qinghe.example',
    name: '孙悦',
    role: 'sales_rep',
    department: '华南销售组',
    manager: 'sales.lead@qinghe.example',
  },
  { email: 'teacher@qinghe.example', name: '何静', role: '教务老师', department: '教务部' },
]

/** Invited, has not come yet. */
export const demoInvitation = {
  email: 'newcomer@qinghe.example',
  role: 'sales_rep',
  department: '华南销售组',
} as const

/** Mail address of whoever looks after the companies. */
export const demoCompanyOwner = 'sales.lead@qinghe.example'

const regions: Record<string, readonly string[]> = {
  'sales.east@qinghe.example': ['上海', '杭州', '南京', '苏州', '合肥', '青岛'],
  'sales.south@qinghe.example': ['广州', '深圳', '厦门', '福州', '长沙'],
}

/**
 * Mail address of whoever looks after a person with these tags: the lead has the companies, the advisers their cities,
 * the teacher the learners elsewhere. Whoever is left waits to be given to somebody.
 */
export function demoOwnerOf({ city, tags }: { city: unknown; tags: readonly string[] }): string | undefined {
  if (tags.includes('企业')) return 'sales.lead@qinghe.example'
  const adviser = Object.entries(regions).find(([, cities]) => cities.some((one) => one === city))
  return adviser?.[0] ?? (tags.includes('在读') ? 'teacher@qinghe.example' : undefined)
}

export type DemoSource = 'site' | 'mobile' | 'app'
/** The first one is the source every workspace begins with, renamed. */
export const demoSources = [
  { key: 'site', name: '官网', kind: 'web' },
  { key: 'mobile', name: '移动网页', kind: 'web' },
  { key: 'app', name: 'App', kind: 'app' },
] as const satisfies readonly { key: DemoSource; name: string; kind: string }[]

/** Through which source a message comes: by the SDK and the browser it names. */
export function demoSourceOf(message: { context: { readonly [key: string]: unknown } }): DemoSource {
  const { app, userAgent } = message.context
  if (app !== undefined) return 'app'
  return typeof userAgent === 'string' && /Mobile/.test(userAgent) ? 'mobile' : 'site'
}
