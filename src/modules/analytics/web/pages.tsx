import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '#web/root-route.tsx'
import { QuestionState } from './question-state.ts'

export const analyticsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/analytics',
  validateSearch: QuestionState,
  component: lazyRouteComponent(() => import('./AnalyticsPage.tsx'), 'AnalyticsPage'),
})
export const analyticsPages = [analyticsRoute] as const
