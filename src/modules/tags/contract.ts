import { z } from 'zod'
import { Owner, Profile } from '#modules/profiles/contract.ts'
import { Rule } from '#modules/rules/contract.ts'
import { defineRoutes, PageQuery, pageOf, Timestamp } from '#platform/http/define-routes.ts'

/** What a tag may look like; a screen knows the shades of each. */
export const tagColors = ['blue', 'teal', 'green', 'amber', 'orange', 'red', 'purple', 'grey'] as const
export const TagColor = z.enum(tagColors)

/** A tag without assignments for this long, which no rule names, is proposed for pruning. */
export const staleDays = 90

export const Validity = z.object({
  /** Before this it cannot be given. */
  from: Timestamp.nullable().default(null),
  /** From here on nobody has it: it is taken off everybody. */
  until: Timestamp.nullable().default(null),
  /** Taken off each person so many days after they were given it. */
  days: z.number().int().min(1).max(3650).nullable().default(null),
})

export const Tag = z.object({
  id: z.string(),
  name: z.string(),
  /** Name of the tag above; a rule on that one holds for this one too. */
  parent: z.string().nullable(),
  description: z.string(),
  color: TagColor.nullable(),
  owner: Owner.nullable(),
  /** A heading over others; nobody is given it. */
  category: z.boolean(),
  validity: Validity,
  /** People who have it or one below it, as a rule on it counts them. */
  people: z.number().int(),
  /** The same as a share of everybody the caller may see, 0–1. */
  share: z.number(),
  /** How many rules name it. */
  usedBy: z.number().int(),
  lastAssignedAt: Timestamp.nullable(),
  createdAt: Timestamp,
  /** Archived: whoever has it keeps it, nobody is given it any more. */
  archivedAt: Timestamp.nullable(),
})
export type Tag = z.infer<typeof Tag>

/** Whose rule names a tag. */
export const TagUser = z.object({ kind: z.enum(['segment']), id: z.string(), name: z.string() })

const Who = z.object({ kind: z.enum(['member', 'api_key', 'user', 'system']), name: z.string() })

/** One tag put on somebody or taken off: by whom, when, why. */
export const TagEntry = z.object({
  action: z.enum(['added', 'removed']),
  tag: z.string(),
  time: Timestamp,
  by: Who,
  why: z.string().nullable(),
  profileId: z.string(),
  profileName: z.string().nullable(),
})
export type TagEntry = z.infer<typeof TagEntry>

export const HeldTag = z.object({
  tag: z.string(),
  since: Timestamp,
  by: Who,
  why: z.string().nullable(),
  /** When it comes off by itself. */
  until: Timestamp.nullable(),
})
export type HeldTag = z.infer<typeof HeldTag>

export const TagBatch = z.object({
  id: z.string(),
  /** Its work in the background; progress and cancelling are there. */
  jobId: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  /** How many people it concerns; null until that is known. */
  people: z.number().int().nullable(),
  add: z.array(z.string()),
  remove: z.array(z.string()),
  /** What really changed so far: who had a tag already is not counted. */
  added: z.number().int(),
  removed: z.number().int(),
  why: z.string().nullable(),
  by: Who,
  createdAt: Timestamp,
  /** State of its undoing, when that was asked for. */
  undo: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']).nullable(),
})
export type TagBatch = z.infer<typeof TagBatch>

/** Of two tags: people who have both, or only one. */
export const Overlap = z.object({
  a: z.string(),
  b: z.string(),
  both: z.number().int(),
  onlyA: z.number().int(),
  onlyB: z.number().int(),
})
export type Overlap = z.infer<typeof Overlap>

const TagName = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^\P{Cc}+$/u)
const OneTag = z.object({ id: z.string().min(1).max(64) })
const names = z.array(TagName).max(100).default([])
const Why = z.string().trim().max(500).optional()

const care = {
  description: z.string().trim().max(1000).optional(),
  color: TagColor.nullable().optional(),
  /** Id of a member. */
  owner: z.string().min(1).max(64).nullable().optional(),
  category: z.boolean().optional(),
  validity: Validity.optional(),
}

export const routes = defineRoutes({
  assign: {
    post: '/api/profiles/:id/tags',
    access: 'people:write',
    summary: 'Add and remove tags of one person; unknown tags are created',
    params: OneTag,
    body: z.object({ add: names, remove: names, why: Why }),
    returns: Profile,
    fails: ['profile.missing', 'tag.archived', 'tag.is_category', 'tag.not_valid'],
  },
  ofPerson: {
    get: '/api/profiles/:id/tags',
    access: 'people:read',
    summary: 'Tags of one person: since when, from whom, why, until when',
    params: OneTag,
    returns: z.object({ items: z.array(HeldTag) }),
    fails: ['profile.missing'],
  },
  historyOfPerson: {
    get: '/api/profiles/:id/tag-history',
    access: 'people:read',
    summary: 'Tags put on one person and taken off, newest first',
    params: OneTag,
    query: PageQuery,
    returns: pageOf(TagEntry),
    fails: ['profile.missing'],
  },
  assignMany: {
    post: '/api/tags/assign',
    access: 'people:write',
    summary: 'Add and remove tags of many people at once; all or nothing',
    body: z.object({
      items: z
        .array(z.object({ profileId: z.string().min(1).max(64), add: names, remove: names }))
        .min(1)
        .max(500),
      why: Why,
    }),
    returns: z.object({ people: z.number().int() }),
    fails: ['profile.missing', 'tag.archived', 'tag.is_category', 'tag.not_valid'],
  },
  list: {
    get: '/api/tags',
    access: 'people:read',
    summary: 'All tags, archived ones too',
    returns: z.object({ items: z.array(Tag) }),
  },
  create: {
    post: '/api/tags',
    access: 'tag:write',
    summary: 'Create a tag, below another one or at the top',
    body: z.object({ name: TagName, parent: z.string().nullable().default(null), ...care }),
    returns: Tag,
    status: 201,
    fails: ['tag.name_taken', 'tag.parent_missing', 'tag.owner_missing', 'tag.bad_validity'],
  },
  overlap: {
    get: '/api/tags/overlap',
    access: 'people:read',
    summary: 'How many people have two tags, or only one of them, for every pair; tags below count',
    query: z.object({
      ids: z.string().max(1000).meta({ description: '2 to 12 ids of tags, commas between' }),
    }),
    returns: z.object({ items: z.array(Overlap) }),
    fails: ['tag.missing', 'tag.pick_some'],
  },
  stale: {
    get: '/api/tags/stale',
    access: 'people:read',
    summary: `Tags nobody was given for ${staleDays} days and no rule names, nor any tag below them`,
    returns: z.object({ items: z.array(Tag) }),
  },
  startBatch: {
    post: '/api/tags/batches',
    access: 'people:write',
    summary: 'Add and remove tags of chosen people, of a segment or of a rule, in the background',
    body: z.object({
      /** Exactly one of these four says whom. */
      ids: z.array(z.string().min(1).max(64)).min(1).max(1000).optional(),
      rule: Rule.optional(),
      segment: z.string().min(1).max(80).optional(),
      /** Everybody a list of people with these filters shows. */
      matching: z
        .object({
          rule: Rule.optional(),
          search: z.string().max(200).optional(),
          owner: z.string().min(1).max(64).optional(),
        })
        .optional(),
      add: names,
      remove: names,
      why: Why,
    }),
    returns: TagBatch,
    status: 202,
    fails: [
      'profile.missing',
      'rule.malformed',
      'tag.batch_empty',
      'tag.archived',
      'tag.is_category',
      'tag.not_valid',
    ],
  },
  listBatches: {
    get: '/api/tags/batches',
    access: 'people:write',
    summary: 'Work on the tags of many people, newest first',
    query: PageQuery,
    returns: pageOf(TagBatch),
  },
  getBatch: {
    get: '/api/tags/batches/:id',
    access: 'people:write',
    summary: 'One of them',
    params: OneTag,
    returns: TagBatch,
    fails: ['tag.batch_missing'],
  },
  undoBatch: {
    post: '/api/tags/batches/:id/undo',
    access: 'people:write',
    summary:
      'Take back what it changed, in the background, cancelling it first; what was changed since stands',
    params: OneTag,
    returns: TagBatch,
    status: 202,
    fails: ['tag.batch_missing', 'tag.batch_undone'],
  },
  get: {
    get: '/api/tags/:id',
    access: 'people:read',
    summary: 'One tag, with the rules that name it',
    params: OneTag,
    returns: Tag.extend({ users: z.array(TagUser) }),
    fails: ['tag.missing'],
  },
  history: {
    get: '/api/tags/:id/history',
    access: 'people:read',
    summary:
      'Whom it was put on and taken off, newest first; a page may be short where people are not the caller’s',
    params: OneTag,
    query: PageQuery,
    returns: pageOf(TagEntry),
    fails: ['tag.missing'],
  },
  move: {
    patch: '/api/tags/:id',
    access: 'tag:write',
    summary: 'Rename, move or describe a tag; rules that name it follow a new name',
    params: OneTag,
    body: z.object({ name: TagName.optional(), parent: z.string().nullable().optional(), ...care }),
    returns: Tag,
    fails: [
      'tag.missing',
      'tag.name_taken',
      'tag.parent_missing',
      'tag.cycle',
      'tag.owner_missing',
      'tag.bad_validity',
    ],
  },
  merge: {
    post: '/api/tags/:id/merge',
    access: 'tag:write',
    summary: 'Make this tag one with another: people, tags below and rules go over to that one',
    params: OneTag,
    body: z.object({ into: z.string().min(1).max(64) }),
    returns: Tag,
    fails: ['tag.missing', 'tag.same', 'tag.is_category'],
  },
  archive: {
    post: '/api/tags/:id/archive',
    access: 'tag:write',
    summary: 'Give it to nobody any more; whoever has it keeps it, and rules go on',
    params: OneTag,
    returns: Tag.extend({ users: z.array(TagUser) }),
    fails: ['tag.missing'],
  },
  unarchive: {
    post: '/api/tags/:id/unarchive',
    access: 'tag:write',
    summary: 'Give it to people again',
    params: OneTag,
    returns: Tag,
    fails: ['tag.missing'],
  },
  remove: {
    delete: '/api/tags/:id',
    access: 'tag:write',
    summary: 'Delete a tag that no rule names and take it off everybody; tags below it move up',
    params: OneTag,
    returns: z.void(),
    fails: ['tag.missing', 'tag.in_use'],
  },
})
