import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { shellRoute } from '#web/root-route.tsx'

export const importsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/imports',
  component: lazyRouteComponent(() => import('./ImportsPage.tsx'), 'ImportsPage'),
})
export const newImportRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/imports/new',
  // An import whose corrected error file is brought.
  validateSearch: z.object({ again: z.string().max(64).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./NewImportPage.tsx'), 'NewImportPage'),
})
export const importRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/imports/$id',
  component: lazyRouteComponent(() => import('./ImportPage.tsx'), 'ImportPage'),
})
export const importsPages = [importsRoute, newImportRoute, importRoute] as const
