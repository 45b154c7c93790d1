import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '#web/root-route.tsx'

export const reviewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/identity-review',
  component: lazyRouteComponent(() => import('./ReviewPage.tsx'), 'ReviewPage'),
})
