import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { shellRoute } from '#web/root-route.tsx'

export const tagsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/tags',
  validateSearch: z.object({
    q: z.string().optional().catch(undefined),
    /** Id of the tag whose drawer is open. */
    tag: z.string().optional().catch(undefined),
    /** Opens the dialog for a new tag. */
    new: z.literal(true).optional().catch(undefined),
    archived: z.literal(true).optional().catch(undefined),
    /** A saved view, or `all`. */
    view: z.string().optional().catch(undefined),
    /** Ids of tags that are compared, commas between; empty while none is chosen yet. */
    overlap: z.string().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./TagsPage.tsx'), 'TagsPage'),
})
export const tagsPages = [tagsRoute] as const
