import { z } from 'zod'
import type { RouteTable } from '#platform/http/define-routes.ts'
import {
  Attribute,
  AttributeEntry,
  AttributeName,
  DescribeAttribute,
  NewAttribute,
} from '../attribute-shapes.ts'

export const attributeRoutes = {
  attributes: {
    get: '/api/attributes',
    access: 'people:read',
    summary: 'Attribute catalogue: what each is, its type, how many people have it, examples',
    returns: z.object({
      /** People the caller may see: what coverage is a share of. */
      everyone: z.number().int(),
      items: z.array(Attribute),
    }),
  },
  createAttribute: {
    post: '/api/attributes',
    access: 'attribute:write',
    summary: 'Declare an attribute; rules and forms know it at once, before anybody has it',
    body: NewAttribute,
    returns: Attribute,
    fails: ['attribute.exists', 'attribute.no_options', 'attribute.always_personal'],
  },
  attribute: {
    get: '/api/attributes/entry',
    access: 'people:read',
    summary: 'One attribute: types seen, values that do not fit, sources, last seen, and whose rules name it',
    query: z.object({ name: AttributeName }),
    returns: AttributeEntry,
    fails: ['attribute.missing'],
  },
  describeAttribute: {
    put: '/api/attributes/entry',
    access: 'attribute:write',
    summary:
      'Describe an attribute or change it; what is left out stays, and stored values stay as they were sent',
    body: DescribeAttribute,
    returns: Attribute,
    fails: ['attribute.missing', 'attribute.no_options', 'attribute.always_personal'],
  },
  deleteAttribute: {
    delete: '/api/attributes/entry',
    access: 'attribute:write',
    summary: 'Remove an attribute that nobody has and no rule names',
    query: z.object({ name: AttributeName }),
    returns: z.void(),
    fails: ['attribute.missing', 'attribute.in_use'],
  },
} as const satisfies RouteTable
