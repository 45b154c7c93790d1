import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '#web/root-route.tsx'

export const exportsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/exports',
  component: lazyRouteComponent(() => import('./ExportsPage.tsx'), 'ExportsPage'),
})
export const exportsPages = [exportsRoute] as const
