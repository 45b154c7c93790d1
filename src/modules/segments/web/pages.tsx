import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { shellRoute } from '#web/root-route.tsx'
import { segmentTabs } from './segment-tabs.ts'

const text = z.string().optional().catch(undefined)

export const SegmentsSearch = z.object({
  q: text,
  sort: z.enum(['name', '-size', '-updatedAt']).optional().catch(undefined),
})

export const SegmentEditorSearch = z.object({
  /** Draft of an unsaved rule, so that a copied address opens the same editor. */
  rule: z.record(z.string(), z.unknown()).optional().catch(undefined),
  /** Person to test the rule on. */
  test: text,
  view: z.enum(['sentences', 'json']).optional().catch(undefined),
  /** Which side of the segment is shown; none: its rule. */
  tab: z.enum(segmentTabs).optional().catch(undefined),
})

export const segmentsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/segments',
  validateSearch: SegmentsSearch,
  component: lazyRouteComponent(() => import('./SegmentListPage.tsx'), 'SegmentListPage'),
})
export const newSegmentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/segments/new',
  validateSearch: SegmentEditorSearch,
  component: lazyRouteComponent(() => import('./NewSegmentPage.tsx'), 'NewSegmentPage'),
})
export const segmentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/segments/$id',
  validateSearch: SegmentEditorSearch,
  component: lazyRouteComponent(() => import('./SegmentPage.tsx'), 'SegmentPage'),
})
export const segmentsPages = [segmentsRoute, newSegmentRoute, segmentRoute] as const
