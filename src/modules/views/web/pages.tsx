import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '#web/root-route.tsx'

export const viewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/views/$id',
  component: lazyRouteComponent(() => import('./ViewPage.tsx'), 'ViewPage'),
})
export const viewsPages = [viewRoute] as const
