import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { DeliveryState } from '#modules/webhooks/contract.ts'
import { settingsRoute } from '#web/settings/settings-route.tsx'

const text = z.string().optional().catch(undefined)

export const webhooksRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'webhooks',
  validateSearch: z.object({ new: z.boolean().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./WebhooksPage.tsx'), 'WebhooksPage'),
})
export const webhookRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'webhooks/$id',
  validateSearch: z.object({
    state: DeliveryState.optional().catch(undefined),
    type: text,
    /** Message whose drawer is open. */
    open: text,
  }),
  component: lazyRouteComponent(() => import('./WebhookPage.tsx'), 'WebhookPage'),
})
export const webhooksPages = [webhooksRoute, webhookRoute] as const
