import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { shellRoute } from '#web/root-route.tsx'
import { sortings } from './sort-catalogue.ts'

const text = z.string().optional().catch(undefined)

export const catalogueRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/catalogue',
  validateSearch: z.object({
    q: text,
    /** A saved view, or `all`. */
    view: text,
    hidden: z.boolean().optional().catch(undefined),
    sort: z.enum(sortings).optional().catch(undefined),
    /** Name of the event whose drawer is open. */
    open: text,
  }),
  component: lazyRouteComponent(() => import('./CataloguePage.tsx'), 'CataloguePage'),
})
