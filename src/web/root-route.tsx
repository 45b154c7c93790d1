import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { NotFound, RouteFault } from '#web/RouteFault.tsx'
import { findMe, isSetupNeeded } from '#web/session.ts'

/** Parent of pages without the shell: login, set-up, invitation. */
export const rootRoute = createRootRoute({
  component: Outlet,
  errorComponent: RouteFault,
  notFoundComponent: NotFound,
})

/** Parent of every page for people who are logged in. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: lazyRouteComponent(() => import('#web/shell/Shell.tsx'), 'Shell'),
  beforeLoad: async ({ location }) => {
    if (await findMe()) return
    if (await isSetupNeeded()) throw redirect({ href: '/setup' })
    throw redirect({ href: `/login?return=${encodeURIComponent(location.href)}` })
  },
})
