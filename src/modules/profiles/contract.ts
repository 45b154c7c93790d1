import { z } from 'zod'
import {
  Attribute,
  AttributeEntry,
  AttributeName,
  DescribeAttribute,
  NewAttribute,
} from '#modules/profiles/attribute-shapes.ts'
import { Ids, OwnerFilter, PeopleBatch, Whom, Why } from '#modules/profiles/bulk-shapes.ts'
import { TimelineGroup, TimelineItem, timelineRoutes } from '#modules/profiles/timeline-contract.ts'
import { Rule } from '#modules/rules/contract.ts'
import { defineRoutes, PageQuery, pageOf, Timestamp } from '#platform/http/define-routes.ts'

export { TimelineGroup, TimelineItem }

export const Identifier = z.object({ kind: z.string().min(1).max(64), value: z.string().min(1).max(512) })
export type Identifier = z.infer<typeof Identifier>

/** Values are what the sources sent: text, numbers, booleans, arrays, nested objects. */
export const Attributes = z.record(z.string(), z.unknown())

/** The member who looks after a person. */
export const Owner = z.object({ id: z.string(), name: z.string() })

export const Profile = z.object({
  id: z.string(),
  /** Shown name: `name`, else first and last name, else mail, phone or login. */
  name: z.string().nullable(),
  identifiers: z.array(Identifier),
  attributes: Attributes,
  /** Attributes and kinds of identifiers shown masked to who asks, and `name` where the shown name is. */
  masked: z.array(z.string()),
  tags: z.array(z.string()),
  owner: Owner.extend({ since: Timestamp }).nullable(),
  firstSeen: Timestamp.nullable(),
  lastSeen: Timestamp.nullable(),
})
export type Profile = z.infer<typeof Profile>

/** An identifier by kind and value, or by the `ref` a person's identity gives it. */
export const IdentifierOrRef = z.union([Identifier, z.object({ ref: z.string().min(1).max(64) })])
export type IdentifierOrRef = z.infer<typeof IdentifierOrRef>

/** One identifier of a person: since when, from which source, and until when a device is theirs. */
export const IdentityNode = z.object({
  identifier: Identifier,
  /** Stands for the identifier where its value is masked. */
  ref: z.string(),
  profileId: z.string(),
  root: z.boolean(),
  firstSeen: Timestamp.nullable(),
  lastSeen: Timestamp.nullable(),
  events: z.number().int(),
  /** People who also hold this value (a shared phone), by id. */
  alsoHeldBy: z.array(z.string()),
  /** Devices of several logins: when it was whose. */
  intervals: z.array(
    z.object({ from: Timestamp.nullable(), to: Timestamp.nullable(), profileId: z.string() }),
  ),
})

export const IdentityLink = z.object({
  a: Identifier,
  b: Identifier,
  time: Timestamp,
  messageId: z.string(),
  source: z.string(),
  /** Which rule of identity joined (or kept apart) the two. */
  rule: z.string(),
})

/** Identifiers of a person, what joined them, and what users decided. */
export const IdentityGraph = z.object({
  nodes: z.array(IdentityNode),
  links: z.array(IdentityLink),
  decisions: z.array(
    z.object({
      id: z.string(),
      type: z.enum(['merge', 'unmerge']),
      time: Timestamp,
      by: z.string(),
      identifiers: z.array(Identifier),
    }),
  ),
})
export type IdentityGraph = z.infer<typeof IdentityGraph>

/** A public person id in the path. */
const OneProfile = z.object({ id: z.string().min(1).max(64) })

const PersonSort = z.enum(['lastSeen', '-lastSeen', 'firstSeen', '-firstSeen', 'name', '-name', 'id'])

const NewOwner = z.string().min(1).max(64).nullable().meta({ description: 'Id of a member; null: nobody' })

/** What a search box needs to name somebody. */
export const FoundPerson = Profile.pick({ id: true, name: true, identifiers: true, masked: true }).extend({
  owner: Owner.nullable(),
})
export type FoundPerson = z.infer<typeof FoundPerson>

/** A row of the people list: the columns that were asked for, out of attributes. */
export const PersonRow = Profile

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

export const IdentityKind = z.object({
  kind: z.string().regex(/^[a-zA-Z][a-zA-Z0-9_.]{0,62}$/),
  class: z.enum(['login', 'device', 'contact']),
  priority: z.number().int().min(1).max(100),
  limit: z.number().int().min(1).max(1000),
  blocked: z.array(z.string().max(256)).max(200),
  builtIn: z.boolean(),
})
export type IdentityKind = z.infer<typeof IdentityKind>

export const ReviewItem = z.object({
  /** For accepting it. */
  id: z.string(),
  /** `crowded`: a person has many identifiers of the kind; `shared`: many people have the value. */
  reason: z.enum(['crowded', 'shared']),
  kind: z.string(),
  count: z.number().int(),
  values: z.array(z.string()),
  /** Some of them. */
  people: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
})
export type ReviewItem = z.infer<typeof ReviewItem>

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
    query: PageQuery,
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
  identity: {
    get: '/api/profiles/:id/identity',
    access: 'people:read',
    summary: 'Identifiers, links and device intervals of a person',
    params: OneProfile,
    returns: IdentityGraph,
  },
  explain: {
    post: '/api/profiles/explain-identity',
    access: 'people:read',
    summary: 'Why two identifiers are one person, or why not',
    body: z.object({ a: IdentifierOrRef, b: IdentifierOrRef }),
    returns: z.object({ same: z.boolean(), chain: z.array(IdentityLink), reason: z.string() }),
  },
  previewMerge: {
    post: '/api/profiles/:id/merge-preview',
    access: 'identity:write',
    summary: 'What a merge would move',
    params: OneProfile,
    body: z.object({ with: z.string() }),
    returns: z.object({
      root: z.string(),
      identifiers: z.array(z.object({ identifier: Identifier, from: z.string() })),
      attributes: z.array(z.object({ name: z.string(), kept: z.unknown(), dropped: z.unknown() })),
      events: z.number().int(),
      warnings: z.array(z.string()),
    }),
  },
  merge: {
    post: '/api/profiles/:id/merge',
    access: 'identity:write',
    summary: 'Merge another person into this one; undone by unmerge',
    params: OneProfile,
    body: z.object({ with: z.string() }),
    returns: Profile,
    fails: ['profile.same_person'],
  },
  unmerge: {
    post: '/api/profiles/:id/unmerge',
    access: 'identity:write',
    summary: 'Take an identifier out of this person; answers the person it now is',
    params: OneProfile,
    body: z.object({ identifier: IdentifierOrRef }),
    returns: Profile,
    fails: ['profile.identifier_elsewhere', 'profile.only_identifier'],
  },
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
  review: {
    get: '/api/identity-review',
    access: 'people:read',
    summary:
      'What looks wrong with who is who: people with many identifiers of a kind, values of many people',
    returns: z.object({ items: z.array(ReviewItem) }),
  },
  acceptReview: {
    post: '/api/identity-review/accept',
    access: 'identity:write',
    summary: 'A finding is right as it is; it comes back when it grows beyond `count`',
    body: z.object({ id: z.string().min(1).max(200), count: z.number().int().min(1).max(1_000_000) }),
    returns: z.void(),
    fails: ['identity_review.missing'],
  },
  identityKinds: {
    get: '/api/identity-kinds',
    access: 'setting:read',
    summary: 'Identifier kinds and merge rules',
    returns: z.object({ items: z.array(IdentityKind) }),
  },
  saveIdentityKind: {
    put: '/api/identity-kinds/:kind',
    access: 'setting:write',
    summary: 'Add or change an identifier kind (applies to what arrives from now on)',
    params: IdentityKind.pick({ kind: true }),
    body: IdentityKind.omit({ kind: true, builtIn: true }),
    returns: IdentityKind,
  },
})
