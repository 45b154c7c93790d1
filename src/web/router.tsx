import { createRouter } from '@tanstack/react-router'
import { accessPages, doorPages } from '#modules/access/web/pages.tsx'
import { alertsPages } from '#modules/alerts/web/pages.tsx'
import { analyticsPages } from '#modules/analytics/web/pages.tsx'
import { collectPages } from '#modules/collect/web/pages.tsx'
import { companiesPages } from '#modules/companies/web/pages.tsx'
import { consentsPages } from '#modules/consents/web/pages.tsx'
import { contentPages } from '#modules/content/web/pages.tsx'
import { dashboardsPages, sharedPages } from '#modules/dashboards/web/pages.tsx'
import { exportsPages } from '#modules/exports/web/pages.tsx'
import { healthPages } from '#modules/health/web/pages.tsx'
import { importsPages } from '#modules/imports/web/pages.tsx'
import { plansPages } from '#modules/plans/web/pages.tsx'
import { retentionRoute } from '#modules/privacy/web/retention-route.tsx'
import { identityKindsRoute } from '#modules/profiles/web/identity-kinds/identity-kinds-route.tsx'
import { profilesPages } from '#modules/profiles/web/pages.tsx'
import { segmentsPages } from '#modules/segments/web/pages.tsx'
import { sqlPages } from '#modules/sql/web/pages.tsx'
import { tagsPages } from '#modules/tags/web/pages.tsx'
import { viewsPages } from '#modules/views/web/pages.tsx'
import { webhooksPages } from '#modules/webhooks/web/pages.tsx'
import { whenLoggedOut } from '#web/api-client.ts'
import { homeRoute } from '#web/home/home-route.tsx'
import { rootRoute, shellRoute } from '#web/root-route.tsx'
import { isKnown, leaveTo } from '#web/session.ts'
import { settingsIndexRoute, settingsRoute } from '#web/settings/settings-route.tsx'

// Each module lists its pages in web/pages.tsx; a new one is one line here.
const settings = settingsRoute.addChildren([
  settingsIndexRoute,
  ...accessPages,
  identityKindsRoute,
  retentionRoute,
  ...consentsPages,
  ...webhooksPages,
])
const inside = [
  homeRoute,
  ...profilesPages,
  ...companiesPages,
  ...segmentsPages,
  ...tagsPages,
  ...analyticsPages,
  ...dashboardsPages,
  ...alertsPages,
  ...contentPages,
  ...sqlPages,
  ...collectPages,
  ...plansPages,
  ...healthPages,
  ...exportsPages,
  ...importsPages,
  ...viewsPages,
  settings,
] as const
const routeTree = rootRoute.addChildren([shellRoute.addChildren(inside), ...doorPages, ...sharedPages])

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  scrollToTopSelectors: ['.hw-main'],
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

// A login that ends while somebody works. The first question of a page is answered by the routes' own redirects.
whenLoggedOut(() => {
  if (isKnown()) leaveTo(`/login?return=${encodeURIComponent(router.state.location.href)}`)
})
