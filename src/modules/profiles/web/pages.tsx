import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { shellRoute } from '#web/root-route.tsx'
import { attributesRoute } from './attributes/attributes-route.tsx'
import { reviewRoute } from './review/review-route.tsx'

const text = z.string().optional().catch(undefined)

/** What the people list shows; all of it stands in the URL. */
export const PeopleSearch = z.object({
  q: text,
  sort: z
    .enum(['lastSeen', '-lastSeen', 'firstSeen', '-firstSeen', 'name', '-name'])
    .optional()
    .catch(undefined),
  /** A rule as the editor writes it. */
  rule: z.record(z.string(), z.unknown()).optional().catch(undefined),
  /** Comma-separated column ids. */
  columns: text,
  /** `me`, `none` or a member's id. */
  owner: text,
  filter: z.boolean().optional().catch(undefined),
  density: z.enum(['compact']).optional().catch(undefined),
  /** A saved view, or `all`. */
  view: text,
})

export const PersonSearch = z.object({
  /** Comma-separated event names. */
  names: text,
  q: text,
  /** One group of the timeline: behaviour, sales … */
  groups: text,
  /** The entry the page opens at. */
  at: text,
  /** Day to jump to, 2026-03-05. */
  day: text,
  panel: z.enum(['merge', 'identity']).optional().catch(undefined),
  /** Where there is room for one column: what it shows, the timeline if nothing is said. */
  part: z.enum(['details']).optional().catch(undefined),
})

export const peopleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/people',
  validateSearch: PeopleSearch,
  component: lazyRouteComponent(() => import('./PeoplePage.tsx'), 'PeoplePage'),
})
export const personRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/people/$id',
  validateSearch: PersonSearch,
  component: lazyRouteComponent(() => import('./PersonPage.tsx'), 'PersonPage'),
})
export const binRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/people/trash',
  validateSearch: z.object({ q: text, active: z.boolean().optional().catch(undefined), view: text }),
  component: lazyRouteComponent(() => import('./bin/BinPage.tsx'), 'BinPage'),
})
export const profilesPages = [peopleRoute, personRoute, binRoute, reviewRoute, attributesRoute] as const
