import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { settingsRoute } from '#web/settings/settings-route.tsx'

export const identityKindsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'identity-kinds',
  /** `edit`: kind whose dialog is open; `new` adds one. */
  validateSearch: z.object({
    edit: z.string().optional().catch(undefined),
    new: z.boolean().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./IdentityKindsPage.tsx'), 'IdentityKindsPage'),
})
