import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { shellRoute } from '#web/root-route.tsx'

export const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  /** `range`: what the chart shows; the default is a day. */
  validateSearch: z.object({ range: z.enum(['week', 'month']).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./HomePage.tsx'), 'HomePage'),
})
