import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { ChannelKind } from '#slots/channel-kind.ts'
import { settingsRoute } from '#web/settings/settings-route.tsx'
import { suppressionReasons } from '../contract/shapes.ts'

const messagingRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'messaging',
  component: lazyRouteComponent(() => import('./policy/PolicyPage.tsx'), 'PolicyPage'),
})
const topicsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'topics',
  component: lazyRouteComponent(() => import('./topics/TopicsPage.tsx'), 'TopicsPage'),
})
export const suppressionsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'suppressions',
  validateSearch: z.object({
    channel: ChannelKind.optional().catch(undefined),
    reason: z.enum(suppressionReasons).optional().catch(undefined),
    /** A whole address that is looked for. */
    address: z.string().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./suppressions/SuppressionsPage.tsx'), 'SuppressionsPage'),
})
export const consentsPages = [messagingRoute, topicsRoute, suppressionsRoute] as const
