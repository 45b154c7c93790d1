import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { settingsRoute } from '#web/settings/settings-route.tsx'

export const retentionRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'retention',
  component: lazyRouteComponent(() => import('./RetentionPage.tsx'), 'RetentionPage'),
})
