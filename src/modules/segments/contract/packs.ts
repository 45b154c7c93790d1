import { z } from 'zod'
import { Rule } from '#modules/rules/contract.ts'
import type { RouteTable } from '#platform/http/define-routes.ts'

const Name = z.string().min(1).max(500)
const Key = z.string().min(1).max(80)
/** More belong into a file: an export, and an upload to a list. */
export const mostPackMembers = 20_000

export const PackMembers = z.object({
  /** `sha256`: hexadecimal, of the identifier in its stored spelling. */
  form: z.enum(['plain', 'sha256']),
  identifiers: z
    .array(z.object({ kind: z.string().min(1).max(64), value: z.string().min(1).max(512) }))
    .max(mostPackMembers),
})
export const PackSegment = z.object({
  /** What rules of the pack call it by. */
  key: Key,
  name: z.string().trim().min(1).max(120),
  description: z.string().max(1000).default(''),
  kind: z.enum(['rule', 'list']),
  /** None of a list. */
  rule: Rule.optional(),
  members: PackMembers.optional(),
})
export type PackSegment = z.infer<typeof PackSegment>

export const Pack = z.object({
  format: z.literal('headwater.audience/1'),
  segments: z.array(PackSegment).min(1).max(100),
  /** What the rules name, with what must be known to make it. */
  tags: z.array(z.object({ name: Name, parent: Name.nullable() })).max(1000),
  attributes: z
    .array(z.object({ name: Name, type: z.string().max(40), label: z.string().max(200).nullable() }))
    .max(1000),
  events: z.array(Name).max(1000),
})
export type Pack = z.infer<typeof Pack>

const Names = z.record(Name, Name).default({})
const TakePack = z.object({
  pack: Pack,
  /** Names of the pack → names here. */
  map: z
    .object({ tags: Names, attributes: Names, events: Names })
    .default({ tags: {}, attributes: {}, events: {} }),
})
export type TakePack = z.infer<typeof TakePack>

export const PackReport = z.object({
  segments: z.array(
    z.object({
      key: Key,
      /** As it is or will be called here. */
      name: z.string(),
      /** `same`: it is here already, rule and all; `renamed`: another one has its name. */
      outcome: z.enum(['new', 'same', 'renamed']),
      /** Of the segment here; null while it is not made. */
      id: z.string().nullable(),
      members: z.number().int(),
    }),
  ),
  /** Named by rules and not known here. Tags and attributes are made when the caller may; events come with data. */
  missing: z.object({ tags: z.array(Name), attributes: z.array(Name), events: z.array(Name) }),
})
export type PackReport = z.infer<typeof PackReport>

export const packRoutes = {
  makePack: {
    post: '/api/audience-packs/make',
    access: 'segment:read',
    summary:
      'Segments as a file for another workspace: their rules, those they stand on, and the tags, attributes and events they need; people of lists by permission',
    body: z.object({
      segments: z.array(Key).min(1).max(50),
      members: z.enum(['none', 'plain', 'sha256']).default('none'),
    }),
    returns: Pack,
    fails: ['segment.missing', 'pack.too_many_people'],
  },
  checkPack: {
    post: '/api/audience-packs/check',
    access: 'segment:write',
    summary: 'What taking a pack in would make, and what it names that is not here; makes nothing',
    body: TakePack,
    returns: PackReport,
    fails: ['pack.bad_reference', 'rule.malformed'],
  },
  takePack: {
    post: '/api/audience-packs/take',
    access: 'segment:write',
    summary:
      'Make the segments of a pack; what is here already is left alone, so the same pack can be taken in again',
    body: TakePack,
    returns: PackReport,
    fails: ['pack.bad_reference', 'rule.malformed'],
  },
} as const satisfies RouteTable
