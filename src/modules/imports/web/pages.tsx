import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { shellRoute } from '#web/root-route.tsx'
import { ImportKind, ImportState } from '../contract.ts'

const id = z.string().max(64).optional().catch(undefined)
const text = z.string().max(200).optional().catch(undefined)

export const importsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/imports',
  validateSearch: z.object({
    /** Part of the file's name. */
    q: text,
    kind: ImportKind.optional().catch(undefined),
    state: ImportState.optional().catch(undefined),
    by: z.enum(['me']).optional().catch(undefined),
    /** A saved view, or `all`. */
    view: text,
  }),
  component: lazyRouteComponent(() => import('./ImportsPage.tsx'), 'ImportsPage'),
})
export const newImportRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/imports/new',
  // An import whose corrected error file is brought.
  validateSearch: z.object({
    again: z.string().max(64).optional().catch(undefined),
    step: z.enum(['columns', 'check']).optional().catch(undefined),
    /** The file that was sent, kept by the server for a day with what was chosen for it. */
    upload: id,
    /** The dry run that is looked at. */
    check: id,
  }),
  component: lazyRouteComponent(() => import('./NewImportPage.tsx'), 'NewImportPage'),
})
export const importRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/imports/$id',
  component: lazyRouteComponent(() => import('./ImportPage.tsx'), 'ImportPage'),
})
export const sourcesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/imports/sources',
  component: lazyRouteComponent(() => import('./sources/SourcesPage.tsx'), 'SourcesPage'),
})
export const newSourceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/imports/sources/new',
  validateSearch: z.object({
    step: z.enum(['columns', 'when']).optional().catch(undefined),
    upload: id,
  }),
  component: lazyRouteComponent(() => import('./sources/NewSourcePage.tsx'), 'NewSourcePage'),
})
export const sourceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/imports/sources/$id',
  component: lazyRouteComponent(() => import('./sources/SourcePage.tsx'), 'SourcePage'),
})
export const importsPages = [
  importsRoute,
  newImportRoute,
  sourcesRoute,
  newSourceRoute,
  sourceRoute,
  importRoute,
] as const
