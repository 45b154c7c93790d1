import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { shellRoute } from '#web/root-route.tsx'

const text = z.string().optional().catch(undefined)
const flag = z.boolean().optional().catch(undefined)

export const attributesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/attributes',
  validateSearch: z.object({
    q: text,
    /** A saved view, or `all`. */
    view: text,
    /** Only those with values that do not fit. */
    misfits: flag,
    archived: flag,
    sort: z.enum(['name', '-name', 'people', '-people', 'misfits', '-misfits']).optional().catch(undefined),
    /** Name of the attribute whose drawer is open. */
    open: text,
  }),
  component: lazyRouteComponent(() => import('./AttributesPage.tsx'), 'AttributesPage'),
})
