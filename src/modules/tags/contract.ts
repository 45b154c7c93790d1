import { z } from 'zod'
import { Profile } from '#modules/profiles/contract.ts'
import { defineRoutes, Timestamp } from '#platform/http/define-routes.ts'

export const Tag = z.object({
  id: z.string(),
  name: z.string(),
  /** Name of the tag above; a rule on that one holds for this one too. */
  parent: z.string().nullable(),
  /** People who have it or one below it, as a rule on it counts them. */
  people: z.number().int(),
  createdAt: Timestamp,
})
export type Tag = z.infer<typeof Tag>

const TagName = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^\P{Cc}+$/u)
const OneTag = z.object({ id: z.string().min(1).max(64) })

export const routes = defineRoutes({
  assign: {
    post: '/api/profiles/:id/tags',
    access: 'people:write',
    summary: 'Add and remove tags of one person; unknown tags are created',
    params: OneTag,
    body: z.object({
      add: z.array(TagName).max(100).default([]),
      remove: z.array(TagName).max(100).default([]),
    }),
    returns: Profile,
  },
  assignMany: {
    post: '/api/tags/assign',
    access: 'people:write',
    summary: 'Add and remove tags of many people at once; all or nothing',
    body: z.object({
      items: z
        .array(
          z.object({
            profileId: z.string().min(1).max(64),
            add: z.array(TagName).max(100).default([]),
            remove: z.array(TagName).max(100).default([]),
          }),
        )
        .min(1)
        .max(500),
    }),
    returns: z.object({ people: z.number().int() }),
    fails: ['profile.missing'],
  },
  list: {
    get: '/api/tags',
    access: 'people:read',
    summary: 'All tags',
    returns: z.object({ items: z.array(Tag) }),
  },
  create: {
    post: '/api/tags',
    access: 'tag:write',
    summary: 'Create a tag, below another one or at the top',
    body: z.object({ name: TagName, parent: z.string().nullable().default(null) }),
    returns: Tag,
    status: 201,
    fails: ['tag.name_taken', 'tag.parent_missing'],
  },
  move: {
    patch: '/api/tags/:id',
    access: 'tag:write',
    summary: 'Rename or move a tag',
    params: OneTag,
    body: z.object({ name: TagName.optional(), parent: z.string().nullable().optional() }),
    returns: Tag,
    fails: ['tag.missing', 'tag.name_taken', 'tag.parent_missing', 'tag.cycle'],
  },
  remove: {
    delete: '/api/tags/:id',
    access: 'tag:write',
    summary: 'Delete a tag and take it off everybody; tags below it move up',
    params: OneTag,
    returns: z.void(),
    fails: ['tag.missing'],
  },
})
