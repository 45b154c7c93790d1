import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '#web/root-route.tsx'

/** Parent of every settings page; a module adds its own below it. */
export const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./SettingsFrame.tsx'), 'SettingsFrame'),
})
export const settingsIndexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./SettingsIndex.tsx'), 'SettingsIndex'),
})
