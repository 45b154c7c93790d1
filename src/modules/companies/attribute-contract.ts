import { z } from 'zod'
import type { RouteTable } from '#platform/http/define-routes.ts'

export const CompanyAttribute = z.object({
  name: z.string(),
  type: z.enum(['text', 'number', 'boolean', 'date', 'list', 'email', 'phone', 'object']),
  /** Shown masked, and asked for by whole values alone, by who may not see it in full. */
  personal: z.boolean(),
  /** Name, domain and website say what a company is called: they are never masked. */
  open: z.boolean(),
})
export type CompanyAttribute = z.infer<typeof CompanyAttribute>

export const attributeRoutes = {
  attributes: {
    get: '/api/company-attributes',
    access: 'company:read',
    summary: 'Attributes companies have, and which of them are personal data',
    returns: z.object({ items: z.array(CompanyAttribute) }),
  },
  describeAttribute: {
    put: '/api/company-attributes/entry',
    access: 'attribute:write',
    summary: 'Mark an attribute of companies as personal data, or take the mark off (needs `people:unmask`)',
    body: z.object({ name: z.string().min(1).max(500), personal: z.boolean() }),
    returns: CompanyAttribute,
    fails: ['company_attribute.missing', 'company_attribute.always_open'],
  },
  reveal: {
    post: '/api/companies/:id/reveal',
    access: 'people:unmask',
    secret: true,
    summary: 'Full values of a company that are shown masked; noted in the audit log, and limited per member',
    params: z.object({ id: z.string().min(1).max(64) }),
    body: z.object({
      /** Names of attributes. */
      fields: z.array(z.string().min(1).max(500)).min(1).max(50),
      why: z.string().trim().max(500).optional(),
    }),
    returns: z.object({ attributes: z.record(z.string(), z.unknown()) }),
    fails: ['company.missing', 'profile.too_many_reveals'],
  },
} as const satisfies RouteTable
