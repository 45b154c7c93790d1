import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { shellRoute } from '#web/root-route.tsx'

const text = z.string().optional().catch(undefined)

export const planRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/plan',
  validateSearch: z.object({
    tab: z.enum(['violations']).optional().catch(undefined),
    days: z
      .union([z.literal(1), z.literal(30)])
      .optional()
      .catch(undefined),
    q: text,
    /** Name of the planned event whose drawer is open. */
    open: text,
    new: z.boolean().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./PlanPage.tsx'), 'PlanPage'),
})
export const plansPages = [planRoute] as const
