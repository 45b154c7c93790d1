import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { z } from 'zod'
import { rootRoute } from '#web/root-route.tsx'
import { findMe, isSetupNeeded } from '#web/session.ts'
import { settingsRoute } from '#web/settings/settings-route.tsx'

const text = z.string().optional().catch(undefined)
const flag = z.boolean().optional().catch(undefined)
// Only addresses of this site: `//host` and `/\host` lead elsewhere.
const localAddress = z
  .string()
  .regex(/^\/(?![/\\])/)
  .optional()
  .catch(undefined)

export const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: z.object({ return: localAddress }),
  beforeLoad: async ({ search }) => {
    if (await findMe()) throw redirect({ href: search.return ?? '/' })
    if (await isSetupNeeded()) throw redirect({ href: '/setup' })
  },
  component: lazyRouteComponent(() => import('./door/LoginPage.tsx'), 'LoginPage'),
})
export const setUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  beforeLoad: async () => {
    if (!(await isSetupNeeded())) throw redirect({ href: '/login' })
  },
  component: lazyRouteComponent(() => import('./door/SetUpPage.tsx'), 'SetUpPage'),
})
export const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invite/$token',
  component: lazyRouteComponent(() => import('./door/InvitationPage.tsx'), 'InvitationPage'),
})
export const doorPages = [loginRoute, setUpRoute, invitationRoute] as const

export const workspaceRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'workspace',
  component: lazyRouteComponent(() => import('./WorkspacePage.tsx'), 'WorkspacePage'),
})
export const membersRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'members',
  validateSearch: z.object({
    q: text,
    status: z.enum(['active', 'disabled']).optional().catch(undefined),
    tab: z.enum(['invitations']).optional().catch(undefined),
    /** Member whose drawer is open. */
    open: text,
    invite: flag,
  }),
  component: lazyRouteComponent(() => import('./members/MembersPage.tsx'), 'MembersPage'),
})
export const rolesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'roles',
  /** `role`: whose drawer is open; `new` makes one, out of `from`. */
  validateSearch: z.object({ role: text, from: text }),
  component: lazyRouteComponent(() => import('./roles/RolesPage.tsx'), 'RolesPage'),
})
export const departmentsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'departments',
  component: lazyRouteComponent(() => import('./members/DepartmentsPage.tsx'), 'DepartmentsPage'),
})
export const writeKeysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'write-keys',
  validateSearch: z.object({ open: text, new: flag }),
  component: lazyRouteComponent(() => import('./keys/WriteKeysPage.tsx'), 'WriteKeysPage'),
})
export const apiKeysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'api-keys',
  validateSearch: z.object({ new: flag }),
  component: lazyRouteComponent(() => import('./keys/ApiKeysPage.tsx'), 'ApiKeysPage'),
})
export const auditRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'audit',
  validateSearch: z.object({ action: text, actor: text, open: z.number().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./AuditPage.tsx'), 'AuditPage'),
})
export const meRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'me',
  component: lazyRouteComponent(() => import('./me/MePage.tsx'), 'MePage'),
})
export const accessPages = [
  workspaceRoute,
  membersRoute,
  rolesRoute,
  departmentsRoute,
  writeKeysRoute,
  apiKeysRoute,
  auditRoute,
  meRoute,
] as const
