import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { shellRoute } from '#web/root-route.tsx'
import { segmentTabs } from './segment-tabs.ts'

const text = z.string().optional().catch(undefined)

export const SegmentsSearch = z.object({
  q: text,
  sort: z.enum(['name', '-size', '-updatedAt']).optional().catch(undefined),
  /** A saved view, or `all`. */
  view: text,
})

export const SegmentEditorSearch = z.object({
  /** Draft of an unsaved rule, so that a copied address opens the same editor. */
  rule: z.record(z.string(), z.unknown()).optional().catch(undefined),
  /** Person to test the rule on. */
  test: text,
  view: z.enum(['sentences', 'json']).optional().catch(undefined),
  /** Which side of the segment is shown; none: its rule. */
  tab: z.enum(segmentTabs).optional().catch(undefined),
  /** Of a list: the dialog in which people are put on it or taken off, and the file sent there. */
  people: z.enum(['add', 'remove']).optional().catch(undefined),
  upload: text,
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
  validateSearch: SegmentEditorSearch.extend({ name: text }),
  component: lazyRouteComponent(() => import('./NewSegmentPage.tsx'), 'NewSegmentPage'),
})
export const templatesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/segments/templates',
  validateSearch: z.object({ fits: z.boolean().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./templates/TemplatesPage.tsx'), 'TemplatesPage'),
})
export const combineRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/segments/combine',
  validateSearch: z.object({ ids: z.array(z.string()).max(8).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./venn/CombinePage.tsx'), 'CombinePage'),
})
export const segmentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/segments/$id',
  validateSearch: SegmentEditorSearch,
  component: lazyRouteComponent(() => import('./SegmentPage.tsx'), 'SegmentPage'),
})
export const segmentsPages = [
  segmentsRoute,
  newSegmentRoute,
  templatesRoute,
  combineRoute,
  segmentRoute,
] as const
