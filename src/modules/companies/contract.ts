import { z } from 'zod'
import { attributeRoutes } from '#modules/companies/attribute-contract.ts'
import { householdRoutes } from '#modules/companies/household-contract.ts'
import { defineRoutes, PageQuery, pageOf, Timestamp } from '#platform/http/define-routes.ts'

export type { CompanyAttribute } from '#modules/companies/attribute-contract.ts'
export type { Household, HouseholdSuggestion } from '#modules/companies/household-contract.ts'

const Text = z.string().trim().min(1).max(300)
/** Null removes. */
const Attributes = z.record(z.string().min(1).max(500), z.unknown())
const Owner = z.object({ id: z.string(), name: z.string() }).nullable()
const NewOwner = z.string().min(1).max(64).nullable().meta({ description: 'Id of a member; null: nobody' })
const Revenue = z.object({
  currency: z.string(),
  /** Sales less refunds and cancellations, in the currency's main unit. */
  net: z.number(),
  orders: z.number().int(),
})

export const Company = z.object({
  id: z.string(),
  /** What sources call it: `groupId` of their group calls. */
  externalId: z.string().nullable(),
  name: z.string().nullable(),
  /** Mail domain. */
  domain: z.string().nullable(),
  attributes: z.record(z.string(), z.unknown()),
  /** Attributes shown masked to who asks. */
  masked: z.array(z.string()),
  owner: Owner,
  /** Those the caller may see, as everything below. */
  people: z.number().int(),
  lastActivity: Timestamp.nullable(),
  /** Empty without `order:read`. */
  revenue: z.array(Revenue),
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type Company = z.infer<typeof Company>

export const CompanyPerson = z.object({
  id: z.string(),
  name: z.string().nullable(),
  title: z.string().nullable(),
  since: Timestamp,
  lastSeen: Timestamp.nullable(),
})
export type CompanyPerson = z.infer<typeof CompanyPerson>

export const CompanyActivity = z.object({
  id: z.string(),
  person: z.object({ id: z.string(), name: z.string().nullable() }),
  name: z.string(),
  type: z.enum(['track', 'page', 'screen']),
  time: Timestamp,
  properties: z.record(z.string(), z.unknown()),
})
export type CompanyActivity = z.infer<typeof CompanyActivity>

export const PersonCompany = z.object({
  id: z.string(),
  name: z.string().nullable(),
  domain: z.string().nullable(),
  title: z.string().nullable(),
  since: Timestamp,
  /** Whether the caller's data scope shows the company itself. */
  visible: z.boolean(),
})
export type PersonCompany = z.infer<typeof PersonCompany>

const One = z.object({ id: z.string().min(1).max(64) })
const OneOfOne = One.extend({ person: z.string().min(1).max(64) })
const Sort = z.enum([
  'name',
  '-name',
  'people',
  '-people',
  'lastActivity',
  '-lastActivity',
  'createdAt',
  '-createdAt',
])
const Filter = z.object({
  /** Part of the name, domain or external id. */
  search: z.string().max(200).optional(),
  /** Whose: a member's id, or `none`. */
  owner: z.string().min(1).max(64).optional(),
  /** JSON of a list of `{"prop","op","value"}` on attributes. */
  where: z.string().max(20_000).optional(),
})

export const routes = defineRoutes({
  ...householdRoutes,
  ...attributeRoutes,
  list: {
    get: '/api/companies',
    access: 'company:read',
    summary: 'Companies; keyset paging',
    query: PageQuery.extend({ ...Filter.shape, sort: Sort.default('-lastActivity') }),
    returns: pageOf(Company),
    fails: ['rule.malformed', 'rule.asks_too_much', 'profile.asked_too_often'],
  },
  count: {
    get: '/api/companies/count',
    access: 'company:read',
    summary: 'Number of companies a list shows',
    query: Filter,
    returns: z.object({ count: z.number().int() }),
    fails: ['rule.malformed', 'rule.asks_too_much', 'profile.asked_too_often'],
  },
  get: {
    get: '/api/companies/:id',
    access: 'company:read',
    summary: 'A company',
    params: One,
    returns: Company,
    fails: ['company.missing'],
  },
  create: {
    post: '/api/companies',
    access: 'company:write',
    summary: 'Create a company, or change the one that has this external id already',
    body: z.object({
      externalId: z.string().trim().min(1).max(500).optional(),
      name: Text.optional(),
      domain: Text.optional(),
      attributes: Attributes.optional(),
      owner: NewOwner.optional(),
    }),
    returns: Company,
    status: 201,
    fails: ['company.nameless', 'company.bad_domain', 'company.owner_missing', 'company.missing'],
  },
  update: {
    patch: '/api/companies/:id',
    access: 'company:write',
    summary: 'Change a company; attributes that are not named stay',
    params: One,
    body: z.object({
      externalId: z.string().trim().min(1).max(500).nullable().optional(),
      name: Text.nullable().optional(),
      domain: Text.nullable().optional(),
      attributes: Attributes.optional(),
      owner: NewOwner.optional(),
    }),
    returns: Company,
    fails: [
      'company.missing',
      'company.external_id_taken',
      'company.bad_domain',
      'company.owner_missing',
      'company.nameless',
    ],
  },
  remove: {
    delete: '/api/companies/:id',
    access: 'company:write',
    summary: 'Delete a company; its people stay',
    params: One,
    returns: z.void(),
    fails: ['company.missing'],
  },
  restore: {
    post: '/api/companies/:id/restore',
    access: 'company:write',
    summary: 'Take a deletion back',
    params: One,
    returns: Company,
    fails: ['company.missing'],
  },
  people: {
    get: '/api/companies/:id/people',
    access: 'people:read',
    summary: 'People of a company, who joined last first',
    params: One,
    query: PageQuery,
    returns: pageOf(CompanyPerson),
    fails: ['company.missing'],
  },
  addPerson: {
    post: '/api/companies/:id/people',
    access: 'company:write',
    summary: 'Say that somebody belongs to a company, or what their title there is',
    params: One,
    body: z.object({
      person: z.string().min(1).max(64),
      title: z.string().trim().max(200).nullable().optional(),
      since: Timestamp.optional(),
    }),
    returns: z.void(),
    fails: ['company.missing', 'profile.missing'],
  },
  removePerson: {
    delete: '/api/companies/:id/people/:person',
    access: 'company:write',
    summary: 'Take somebody out of a company',
    params: OneOfOne,
    returns: z.void(),
    fails: ['company.missing', 'profile.missing'],
  },
  restorePerson: {
    post: '/api/companies/:id/people/:person/restore',
    access: 'company:write',
    summary: 'Take it back that somebody was taken out',
    params: OneOfOne,
    returns: z.void(),
    fails: ['company.missing', 'profile.missing'],
  },
  activity: {
    get: '/api/companies/:id/activity',
    access: 'people:read',
    summary: 'What people of a company did, latest first',
    params: One,
    query: PageQuery,
    returns: pageOf(CompanyActivity),
    fails: ['company.missing'],
  },
  suggestions: {
    get: '/api/companies/:id/suggestions',
    access: 'people:read',
    summary: 'People with a mail address of the domain of a company who do not belong to it yet, at most 50',
    params: One,
    returns: z.object({
      items: z.array(z.object({ id: z.string(), name: z.string().nullable(), email: z.string() })),
    }),
    fails: ['company.missing'],
  },
  ofProfile: {
    get: '/api/profiles/:id/companies',
    access: 'people:read',
    summary: 'Companies a person belongs to, the latest first',
    params: One,
    returns: z.object({ items: z.array(PersonCompany) }),
    fails: ['profile.missing'],
  },
})
