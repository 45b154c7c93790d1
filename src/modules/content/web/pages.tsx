import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { ChannelKind } from '#slots/channel-kind.ts'
import { shellRoute } from '#web/root-route.tsx'

const text = z.string().max(120).optional().catch(undefined)

export const templatesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/templates',
  validateSearch: z.object({
    q: text,
    channel: ChannelKind.optional().catch(undefined),
    folder: text,
    archived: z.boolean().optional().catch(undefined),
    new: z.boolean().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./list/TemplatesPage.tsx'), 'TemplatesPage'),
})

export const templateRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/templates/$id',
  validateSearch: z.object({
    language: text,
    view: z.enum(['code', 'preview', 'versions']).optional().catch(undefined),
    /** Whom the preview is for, and how it is looked at. */
    person: text,
    width: z.enum(['phone']).optional().catch(undefined),
    dark: z.boolean().optional().catch(undefined),
    plain: z.boolean().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./editor/TemplatePage.tsx'), 'TemplatePage'),
})
const withNew = z.object({ new: z.boolean().optional().catch(undefined) })
export const couponsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/coupons',
  validateSearch: withNew,
  component: lazyRouteComponent(() => import('./coupons/CouponsPage.tsx'), 'CouponsPage'),
})
export const linksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/links',
  validateSearch: withNew,
  component: lazyRouteComponent(() => import('./links/LinksPage.tsx'), 'LinksPage'),
})
export const contentPages = [templatesRoute, templateRoute, couponsRoute, linksRoute] as const
