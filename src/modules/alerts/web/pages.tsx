import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { narrowedSearch } from '#web/lists/narrowed.ts'
import { shellRoute } from '#web/root-route.tsx'
import { AlertState } from '../contract/alert.ts'

export const alertsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/alerts',
  validateSearch: z.object({
    ...narrowedSearch,
    standing: AlertState.optional().catch(undefined),
    /** Whose history is open, and whether it is being changed. */
    open: z.string().max(64).optional().catch(undefined),
    edit: z.boolean().optional().catch(undefined),
    /** A new one is being made; of which saved analysis. */
    new: z.boolean().optional().catch(undefined),
    analysis: z.string().max(64).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./AlertsPage.tsx'), 'AlertsPage'),
})
export const alertsPages = [alertsRoute] as const
