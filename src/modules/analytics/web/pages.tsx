import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { narrowedSearch } from '#web/lists/narrowed.ts'
import { shellRoute } from '#web/root-route.tsx'
import { QuestionState } from './question-state.ts'

export const analyticsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/analytics',
  validateSearch: QuestionState,
  component: lazyRouteComponent(() => import('./AnalyticsPage.tsx'), 'AnalyticsPage'),
})
export const savedAnalysesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/analytics/saved',
  validateSearch: z.object(narrowedSearch),
  component: lazyRouteComponent(() => import('./saved/SavedPage.tsx'), 'SavedPage'),
})
export const analyticsPages = [analyticsRoute, savedAnalysesRoute] as const
