import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { shellRoute } from '#web/root-route.tsx'

export const healthRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/health',
  /** `series`: whose chart is open, `source:…` or `event:…`. */
  validateSearch: z.object({ series: z.string().max(600).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./HealthPage.tsx'), 'HealthPage'),
})
export const healthPages = [healthRoute] as const
