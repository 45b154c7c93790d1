import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { shellRoute } from '#web/root-route.tsx'
import { SqlChart } from '../contract.ts'

export const sqlRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/sql',
  validateSearch: z.object({
    /** The text as it stands in the editor; of a saved query only when it was changed. */
    text: z.string().optional().catch(undefined),
    saved: z.string().optional().catch(undefined),
    chart: SqlChart.optional().catch(undefined),
    side: z.enum(['views', 'saved', 'history']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./SqlPage.tsx'), 'SqlPage'),
})
export const sqlPages = [sqlRoute] as const
