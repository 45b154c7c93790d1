import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { shellRoute } from '#web/root-route.tsx'

const text = z.string().optional().catch(undefined)

/** What the list shows; all of it stands in the URL. */
export const CompaniesSearch = z.object({
  q: text,
  sort: z
    .enum(['name', '-name', 'people', '-people', 'lastActivity', '-lastActivity', 'createdAt', '-createdAt'])
    .optional()
    .catch(undefined),
  /** `me`, `none` or a member's id. */
  owner: text,
  /** A condition on an attribute: name, operator, value. */
  attr: text,
  op: z.enum(['eq', 'ne', 'contains', 'gte', 'lte', 'exists']).optional().catch(undefined),
  value: text,
  /** A saved view, or `all`. */
  view: text,
})

export const companiesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/companies',
  validateSearch: CompaniesSearch,
  component: lazyRouteComponent(() => import('./CompaniesPage.tsx'), 'CompaniesPage'),
})
export const companyRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/companies/$id',
  component: lazyRouteComponent(() => import('./CompanyPage.tsx'), 'CompanyPage'),
})
export const companyAttributesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/company-attributes',
  component: lazyRouteComponent(() => import('./CompanyAttributesPage.tsx'), 'CompanyAttributesPage'),
})
export const HouseholdsSearch = z.object({
  q: text,
  tab: z.enum(['suggested']).optional().catch(undefined),
  view: text,
})
export const householdsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/households',
  validateSearch: HouseholdsSearch,
  component: lazyRouteComponent(() => import('./HouseholdsPage.tsx'), 'HouseholdsPage'),
})
export const companiesPages = [companiesRoute, companyRoute, companyAttributesRoute, householdsRoute] as const
