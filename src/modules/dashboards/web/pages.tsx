import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { narrowedSearch } from '#web/lists/narrowed.ts'
import { rootRoute, shellRoute } from '#web/root-route.tsx'
import { Filters } from '../contract/board.ts'

export const dashboardsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/dashboards',
  validateSearch: z.object({
    ...narrowedSearch,
    /** The dialog of ready boards, or of a new one. */
    dialog: z.enum(['templates', 'new']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./list/DashboardsPage.tsx'), 'DashboardsPage'),
})

export const BoardSearch = z.object({
  /** `own`: none, although the board opens with one. */
  range: z
    .union([Filters.shape.range.unwrap(), z.literal('own')])
    .optional()
    .catch(undefined),
  audience: z
    .union([z.record(z.string(), z.unknown()), z.literal('all')])
    .optional()
    .catch(undefined),
  every: z.number().int().optional().catch(undefined),
  tv: z.boolean().optional().catch(undefined),
  share: z.boolean().optional().catch(undefined),
  /** Scheduled mail: the list, a new one, or the id of one that is edited. */
  mail: z
    .union([z.literal(true), z.string().max(64)])
    .optional()
    .catch(undefined),
  /** Whose people are shown: of which tile, and the cell in the words of its kind. */
  tile: z.string().max(64).optional().catch(undefined),
  cell: z.record(z.string(), z.unknown()).optional().catch(undefined),
})
export type BoardSearch = z.infer<typeof BoardSearch>

export const boardRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/dashboards/$id',
  validateSearch: BoardSearch,
  component: lazyRouteComponent(() => import('./BoardPage.tsx'), 'BoardPage'),
})
export const boardLinksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/dashboards/links',
  component: lazyRouteComponent(() => import('./links/LinksPage.tsx'), 'LinksPage'),
})
export const sharedBoardRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/shared/$token',
  component: lazyRouteComponent(() => import('./links/SharedBoardPage.tsx'), 'SharedBoardPage'),
})
export const leaveRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/leave/$token',
  component: lazyRouteComponent(() => import('./mail/LeavePage.tsx'), 'LeavePage'),
})
export const dashboardsPages = [dashboardsRoute, boardLinksRoute, boardRoute] as const
/** Outside the shell: nobody is logged in there. */
export const sharedPages = [sharedBoardRoute, leaveRoute] as const
