import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { Outcome } from '#modules/collect/contract.ts'
import { shellRoute } from '#web/root-route.tsx'
import { catalogueRoute } from './catalogue/catalogue-route.tsx'

const text = z.string().optional().catch(undefined)

export const liveEventsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/events',
  validateSearch: z.object({
    outcome: Outcome.optional().catch(undefined),
    name: text,
    q: text,
    /** A saved view, or `all`. */
    view: text,
    /** Item whose drawer is open, `seq:index`. */
    open: text,
    paused: z.boolean().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./LiveEventsPage.tsx'), 'LiveEventsPage'),
})
export const collectPages = [liveEventsRoute, catalogueRoute] as const
