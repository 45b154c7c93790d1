import { z } from 'zod'
import { routes as collect } from '#modules/collect/contract.ts'
import { defineRoutes } from '#platform/http/define-routes.ts'

/** What a question may name, for who may ask without seeing everybody's events: no volumes, no examples of others' values. */
export const eventWordRoutes = defineRoutes({
  events: {
    get: '/api/analytics/events',
    access: 'analytics:read',
    summary: 'Names a question may use, with what events and properties are called; hidden ones left out',
    returns: z.object({
      items: z.array(z.object({ name: z.string(), type: z.string() })),
      titles: collect.titles.returns,
    }),
  },
  properties: {
    get: '/api/analytics/events/properties',
    access: 'analytics:read',
    summary: 'Properties of an event a question may use; examples only for who sees everybody',
    query: collect.properties.query,
    returns: collect.properties.returns,
  },
})
