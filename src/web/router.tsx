import { createRouter } from '@tanstack/react-router'
import { profilesPages } from '#modules/profiles/web/pages.tsx'
import { segmentsPages } from '#modules/segments/web/pages.tsx'
import { whenLoggedOut } from '#web/api-client.ts'
import { rootRoute, shellRoute } from '#web/root-route.tsx'
import { forgetEverything } from '#web/session.ts'

// Each module lists its pages in web/pages.tsx; a new one is one line here.
const routeTree = rootRoute.addChildren([shellRoute.addChildren([...profilesPages, ...segmentsPages])])

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

whenLoggedOut(() => {
  const { pathname, href } = router.state.location
  if (['/login', '/setup'].includes(pathname) || pathname.startsWith('/invitation')) return
  forgetEverything()
  void router.navigate({ href: `/login?return=${encodeURIComponent(href)}` })
})
