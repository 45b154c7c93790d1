import { z } from 'zod'
import { householdRoles } from '#modules/rules/contract.ts'
import { defineRoutes, PageQuery, pageOf, Timestamp } from '#platform/http/define-routes.ts'

export const HouseholdRole = z.enum(householdRoles)
export type HouseholdRole = z.infer<typeof HouseholdRole>

export const HouseholdPerson = z.object({
  id: z.string(),
  name: z.string().nullable(),
  role: HouseholdRole,
  /** Whom to speak to. */
  main: z.boolean(),
  lastSeen: Timestamp.nullable(),
})
export type HouseholdPerson = z.infer<typeof HouseholdPerson>

export const Household = z.object({
  id: z.string(),
  name: z.string().nullable(),
  /** The contact they share, when it was made of a suggestion. */
  contact: z.object({ kind: z.string(), value: z.string() }).nullable(),
  /** Those the caller may see, the main contact first. */
  people: z.array(HouseholdPerson),
  createdAt: Timestamp,
})
export type Household = z.infer<typeof Household>

export const HouseholdSuggestion = z.object({
  id: z.string(),
  contact: z.object({ kind: z.string(), value: z.string() }),
  people: z.array(HouseholdPerson),
})
export type HouseholdSuggestion = z.infer<typeof HouseholdSuggestion>

const One = z.object({ id: z.string().min(1).max(64) })
const Name = z.string().trim().max(120).nullable()
const People = z
  .array(
    z.object({
      person: z.string().min(1).max(64),
      role: HouseholdRole,
      main: z.boolean().default(false),
    }),
  )
  .min(2)
  .max(20)
  .meta({ description: 'At most one of them is the main contact' })
const faults = ['household.missing', 'household.same_person', 'household.two_main', 'profile.missing']

export const householdRoutes = defineRoutes({
  households: {
    get: '/api/households',
    access: 'people:read',
    summary: 'Households with anybody the caller may see, newest first',
    query: PageQuery.extend({ search: z.string().max(200).optional() }),
    returns: pageOf(Household),
  },
  household: {
    get: '/api/households/:id',
    access: 'people:read',
    summary: 'A household',
    params: One,
    returns: Household,
    fails: ['household.missing'],
  },
  createHousehold: {
    post: '/api/households',
    access: 'people:write',
    summary: 'Make a household of people, or confirm a suggested one',
    body: z.object({
      name: Name.optional(),
      people: People,
      /** Id of the suggestion it confirms: the contact they share is right then. */
      suggestion: z.string().min(1).max(64).optional(),
    }),
    returns: Household,
    status: 201,
    fails: [...faults, 'household.no_suggestion'],
  },
  updateHousehold: {
    patch: '/api/households/:id',
    access: 'people:write',
    summary: 'Change who is in a household, as what, or its name',
    params: One,
    body: z.object({ name: Name.optional(), people: People.optional() }),
    returns: Household,
    fails: faults,
  },
  removeHousehold: {
    delete: '/api/households/:id',
    access: 'people:write',
    summary: 'Dissolve a household; its people stay',
    params: One,
    returns: z.void(),
    fails: ['household.missing'],
  },
  restoreHousehold: {
    post: '/api/households/:id/restore',
    access: 'people:write',
    summary: 'Take it back that a household was dissolved',
    params: One,
    returns: Household,
    fails: ['household.missing'],
  },
  householdSuggestions: {
    get: '/api/household-suggestions',
    access: 'people:read',
    summary: 'People who share a contact and stay different people, in no household together yet',
    query: PageQuery,
    returns: pageOf(HouseholdSuggestion),
  },
  dismissSuggestion: {
    post: '/api/household-suggestions/:id/dismiss',
    access: 'people:write',
    summary: 'These are no household; asked again only when more people share the contact',
    params: One,
    returns: z.void(),
    fails: ['household.no_suggestion'],
  },
  householdsOfProfile: {
    get: '/api/profiles/:id/households',
    access: 'people:read',
    summary: 'Households a person is in',
    params: One,
    returns: z.object({ items: z.array(Household) }),
    fails: ['profile.missing'],
  },
})
