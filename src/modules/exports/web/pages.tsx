import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { ExportState } from '#modules/exports/contract.ts'
import { shellRoute } from '#web/root-route.tsx'

export const exportsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/exports',
  validateSearch: z.object({
    /** Part of the segment's name. */
    q: z.string().max(200).optional().catch(undefined),
    state: ExportState.optional().catch(undefined),
    by: z.enum(['me']).optional().catch(undefined),
    /** A saved view, or `all`. */
    view: z.string().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./ExportsPage.tsx'), 'ExportsPage'),
})
export const exportsPages = [exportsRoute] as const
