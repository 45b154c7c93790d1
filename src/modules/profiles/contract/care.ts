import { z } from 'zod'
import { PageQuery, pageOf, type RouteTable, Timestamp } from '#platform/http/define-routes.ts'
import { Ids, PeopleBatch, Whom, Why } from '../bulk-shapes.ts'
import { OneProfile, Owner, Profile } from './person.ts'

const NewOwner = z.string().min(1).max(64).nullable().meta({ description: 'Id of a member; null: nobody' })

/** Somebody in the recycle bin. */
export const BinEntry = z.object({
  person: Profile,
  trashedAt: Timestamp,
  by: z.string(),
  why: z.string().nullable(),
  /** Whether anything came of them since; it is kept, and shown when they are restored. */
  activeSince: z.boolean(),
  /** When they are erased for good. */
  erasedAt: Timestamp,
})
export type BinEntry = z.infer<typeof BinEntry>

export const BinQuery = PageQuery.extend({
  /** Part of a name, of an identifier as it is shown, of who did it, or of the reason. */
  search: z.string().trim().max(200).optional(),
  /** Only those of whom anything came since. */
  active: z.enum(['true']).optional(),
})
export type BinQuery = z.infer<typeof BinQuery>

/** Who looks after people, the recycle bin, and both for many people at once. */
export const careRoutes = {
  assignOwner: {
    put: '/api/profiles/:id/owner',
    access: 'people:assign',
    summary:
      'Give a person to a member, or back to nobody; who may not see the new owner’s people loses sight',
    params: OneProfile,
    body: z.object({ owner: NewOwner }),
    returns: z.object({
      owner: Owner.nullable(),
      /** Whether the caller’s data scope still shows the person. */
      visible: z.boolean(),
    }),
    fails: ['profile.missing', 'profile.owner_missing'],
  },
  assignOwners: {
    post: '/api/profiles/owner',
    access: 'people:assign',
    summary: 'Give many people to a member, or back to nobody; all or nothing',
    body: z.object({ ids: z.array(z.string().min(1).max(64)).min(1).max(1000), owner: NewOwner }),
    returns: z.object({
      /** Whose owner changed. */
      people: z.number().int(),
      /** How many of those named the caller’s data scope still shows. */
      visible: z.number().int(),
    }),
    fails: ['profile.missing', 'profile.owner_missing'],
  },
  bin: {
    get: '/api/profiles/trash',
    access: 'people:trash',
    summary: 'People in the recycle bin, the last put there first',
    query: BinQuery,
    returns: pageOf(BinEntry),
  },
  trash: {
    post: '/api/profiles/trash',
    access: 'people:trash',
    summary: 'Put people into the recycle bin, where they are hidden for 90 days; all or nothing',
    body: z.object({ ids: Ids, why: Why.optional() }),
    returns: z.object({ people: z.number().int() }),
    fails: ['profile.missing'],
  },
  restore: {
    post: '/api/profiles/restore',
    access: 'people:trash',
    summary: 'Take people out of the recycle bin, with everything that came meanwhile',
    body: z.object({ ids: Ids, why: Why.optional() }),
    returns: z.object({ people: z.number().int() }),
    fails: ['profile.missing'],
  },
  startTrashing: {
    post: '/api/profiles/trash-batches',
    access: 'people:trash',
    summary: 'Put many people into the recycle bin, in the background',
    body: z.object(Whom),
    returns: PeopleBatch,
    fails: ['people_batch.whom', 'profile.missing', 'rule.malformed'],
  },
  startAssigning: {
    post: '/api/profiles/owner-batches',
    access: 'people:assign',
    summary: 'Give many people to a member, or back to nobody, in the background',
    body: z.object({ ...Whom, owner: NewOwner }),
    returns: PeopleBatch,
    fails: ['people_batch.whom', 'profile.missing', 'profile.owner_missing', 'rule.malformed'],
  },
  listBatches: {
    get: '/api/profiles/batches',
    access: 'people:write',
    summary: 'Work on many people, newest first',
    query: PageQuery,
    returns: pageOf(PeopleBatch),
  },
  getBatch: {
    get: '/api/profiles/batches/:id',
    access: 'people:write',
    summary: 'One piece of work on many people',
    params: OneProfile,
    returns: PeopleBatch,
    fails: ['people_batch.missing'],
  },
  undoBatch: {
    post: '/api/profiles/batches/:id/undo',
    access: 'people:write',
    summary: 'Take work on many people back, in the background; needs the right to do it',
    params: OneProfile,
    returns: PeopleBatch,
    fails: ['people_batch.missing', 'people_batch.undone'],
  },
} as const satisfies RouteTable
