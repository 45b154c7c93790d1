import { z } from 'zod'
import { OwnerFilter } from '#modules/profiles/bulk-shapes.ts'
import { Rule } from '#modules/rules/contract.ts'
import { defineRoutes, PageQuery, pageOf } from '#platform/http/define-routes.ts'
import { attributeRoutes } from './contract/attributes.ts'
import { BinEntry, type BinQuery, careRoutes } from './contract/care.ts'
import {
  type IdentifierOrRef,
  IdentityGraph,
  IdentityKind,
  IdentityLink,
  IdentityNode,
  identityRoutes,
  type ReviewItem,
} from './contract/identity.ts'
import {
  Attributes,
  FoundPerson,
  Identifier,
  OneProfile,
  Owner,
  PersonRow,
  Profile,
} from './contract/person.ts'
import { TimelineGroup, TimelineItem, timelineRoutes } from './contract/timeline.ts'

export type { BinQuery, IdentifierOrRef, ReviewItem }
export {
  BinEntry,
  FoundPerson,
  Identifier,
  IdentityGraph,
  IdentityKind,
  IdentityLink,
  IdentityNode,
  Owner,
  Profile,
  TimelineGroup,
  TimelineItem,
}

const PersonSort = z.enum(['lastSeen', '-lastSeen', 'firstSeen', '-firstSeen', 'name', '-name', 'id'])

export const routes = defineRoutes({
  list: {
    get: '/api/profiles',
    access: 'people:read',
    summary: 'People, by identifier, by rule, or all; keyset paging',
    query: PageQuery.extend({
      /** `kind:value`, e.g. `user_id:u1`. A shared value answers several people. */
      identifier: z.string().optional(),
      /** JSON of a rule. */
      rule: z.string().max(20_000).optional(),
      /** Finds by name, its pinyin or initials, mail, phone or the end of it, or id. */
      search: z.string().max(200).optional(),
      owner: OwnerFilter.optional(),
      sort: PersonSort.default('-lastSeen'),
    }),
    returns: pageOf(PersonRow),
    fails: ['rule.malformed', 'profile.bad_identifier'],
  },
  find: {
    get: '/api/profiles/find',
    access: 'people:read',
    summary:
      'Who is meant by part of a name, its pinyin or initials, the end of a phone, a mail or an id; best match first',
    query: z.object({
      q: z.string().max(200),
      limit: z.coerce.number().int().min(1).max(50).default(8),
    }),
    returns: z.object({ items: z.array(FoundPerson) }),
  },
  count: {
    post: '/api/profiles/count',
    access: 'people:read',
    summary: 'Number of people a list shows',
    body: z.object({
      rule: Rule.optional(),
      search: z.string().max(200).optional(),
      owner: OwnerFilter.optional(),
    }),
    returns: z.object({ count: z.number().int() }),
  },
  newPerDay: {
    get: '/api/profiles/new-per-day',
    access: 'people:read',
    summary: 'How many people were first seen on each of the last days, in the time zone of the workspace',
    query: z.object({ days: z.coerce.number().int().min(1).max(90).default(30) }),
    returns: z.object({ items: z.array(z.object({ day: z.iso.date(), count: z.number().int() })) }),
  },
  get: {
    get: '/api/profiles/:id',
    access: 'people:read',
    summary: 'One person; merged ids keep answering',
    params: OneProfile,
    returns: Profile,
    fails: ['profile.missing'],
  },
  ...timelineRoutes,
  update: {
    patch: '/api/profiles/:id',
    access: 'people:write',
    summary: 'Set attributes by hand (null removes)',
    params: OneProfile,
    body: z.object({ attributes: Attributes }),
    returns: Profile,
  },
  ...careRoutes,
  ...identityRoutes,
  reveal: {
    post: '/api/profiles/:id/reveal',
    access: 'people:unmask',
    secret: true,
    summary: 'Full values of a person that are shown masked; noted in the audit log, and limited per member',
    params: OneProfile,
    body: z.object({
      /** Attributes, kinds of identifiers, `name`. */
      fields: z.array(z.string().min(1).max(500)).min(1).max(50),
      why: z.string().trim().max(500).optional(),
    }),
    returns: z.object({
      name: z.string().nullable().optional(),
      identifiers: z.array(Identifier),
      attributes: Attributes,
    }),
    fails: ['profile.missing', 'profile.too_many_reveals'],
  },
  ...attributeRoutes,
})
