import { z } from 'zod'
import { Profile } from '#modules/profiles/contract.ts'
import { Rule } from '#modules/rules/contract.ts'
import { defineRoutes, PageQuery, pageOf, Timestamp } from '#platform/http/define-routes.ts'
import { ListChange, listRoutes, type PeopleOfList, type UnmatchedReason } from './contract/lists.ts'
import {
  mostPackMembers,
  Pack,
  type PackReport,
  type PackSegment,
  packRoutes,
  type TakePack,
} from './contract/packs.ts'
import { type Region, regionRoutes } from './contract/regions.ts'
import { SegmentId as Id, Segment } from './contract/segment.ts'
import { Schedule, Snapshot, snapshotRoutes } from './contract/snapshots.ts'
import { type SegmentUse, useRoutes } from './contract/uses.ts'
import { Version, versionRoutes } from './contract/versions.ts'

export type { PackReport, PackSegment, PeopleOfList, Region, SegmentUse, TakePack, UnmatchedReason }
export { ListChange, mostPackMembers, Pack, Schedule, Segment, Snapshot, Version }

const SaveSegment = z.object({
  name: z.string().trim().min(1).max(120),
  description: z.string().trim().max(1000).default(''),
})

const CreateSegment = SaveSegment.extend({
  /** `list`: nobody is on it, until people are put there; takes no rule. */
  kind: z.enum(['rule', 'list']).default('rule'),
  rule: Rule.optional(),
}).refine(({ kind, rule }) => (kind === 'list') === (rule === undefined), {
  message: 'A segment by rule needs a rule, a list takes none.',
  path: ['rule'],
})

const ChangeSegment = SaveSegment.extend({
  /** Left out: the rule stays. The rule of a list cannot be changed. */
  rule: Rule.optional(),
  /** Kept with the version, when the rule is a new one. */
  note: z.string().trim().max(500).default(''),
  /** Version the change was made on; refused when somebody saved another rule since. */
  basedOn: z.number().int().optional(),
})

/** JSON pointer of a node of the rule → people who satisfy this node alone. */
export const NodeCounts = z.record(z.string(), z.number().int())

export const ExplainNode: z.ZodType<ExplainNode> = z.lazy(() =>
  z.object({
    path: z.string(),
    holds: z.boolean(),
    seen: z.unknown().optional(),
    children: z.array(ExplainNode).optional(),
  }),
)
export type ExplainNode = {
  path: string
  holds: boolean
  seen?: unknown
  children?: ExplainNode[] | undefined
}

export const routes = defineRoutes({
  ...versionRoutes,
  ...regionRoutes,
  ...listRoutes,
  ...snapshotRoutes,
  ...useRoutes,
  ...packRoutes,
  preview: {
    post: '/api/segments/preview',
    access: 'segment:read',
    summary: 'Count the people of a rule; exact unless an estimate is asked for',
    body: z.object({ rule: Rule, estimate: z.boolean().default(false) }),
    returns: z.object({
      count: z.number().int(),
      exact: z.boolean(),
      margin: z
        .number()
        .int()
        .describe('Of an estimate: in 95 of 100 cases the exact count is no further away; 0 when exact'),
      tookMs: z.number(),
    }),
    fails: ['rule.malformed'],
  },
  previewDetail: {
    post: '/api/segments/preview-detail',
    access: 'segment:read',
    summary:
      'Counts per condition, total of everybody, and sample people of a rule; cancelled when the client hangs up',
    body: z.object({ rule: Rule, sample: z.number().int().min(0).max(100).default(20) }),
    returns: z.object({
      count: z.number().int(),
      everyone: z.number().int(),
      nodes: NodeCounts,
      sample: z.array(Profile),
      tookMs: z.number(),
    }),
  },
  explain: {
    post: '/api/segments/explain',
    access: 'segment:read',
    summary: 'Is this person in the rule, and why',
    body: z.object({ rule: Rule, profileId: z.string() }),
    returns: z.object({ holds: z.boolean(), tree: ExplainNode, profile: Profile }),
  },
  list: {
    get: '/api/segments',
    access: 'segment:read',
    summary: 'Segments',
    query: PageQuery.extend({
      search: z.string().max(120).optional(),
      sort: z.enum(['name', '-size', '-updatedAt']).default('-updatedAt'),
    }),
    returns: pageOf(Segment),
  },
  create: {
    post: '/api/segments',
    access: 'segment:write',
    summary: 'Create a segment by rule, counted in the background and then kept current; or a list',
    body: CreateSegment,
    returns: Segment,
    status: 201,
    fails: ['segment.name_taken', 'rule.malformed', 'segment.cycle'],
  },
  get: {
    get: '/api/segments/:id',
    access: 'segment:read',
    summary: 'One segment',
    params: Id,
    returns: Segment,
  },
  update: {
    put: '/api/segments/:id',
    access: 'segment:write',
    summary: 'Change name or rule; a changed rule is a new version and is counted again',
    params: Id,
    body: ChangeSegment,
    returns: Segment,
    fails: ['segment.name_taken', 'segment.cycle', 'segment.changed_meanwhile', 'segment.is_list'],
  },
  remove: {
    delete: '/api/segments/:id',
    access: 'segment:write',
    summary: 'Delete; can be restored for 90 days',
    params: Id,
    returns: z.void(),
    fails: ['segment.in_use'],
  },
  restore: {
    post: '/api/segments/:id/restore',
    access: 'segment:write',
    summary: 'Undo a deletion',
    params: Id,
    returns: Segment,
    fails: ['segment.missing', 'segment.name_taken', 'rule.malformed'],
  },
  members: {
    get: '/api/segments/:id/members',
    access: 'people:read',
    summary: 'People in the segment',
    params: Id,
    query: PageQuery,
    returns: pageOf(Profile),
  },
  history: {
    get: '/api/segments/:id/history',
    access: 'segment:read',
    summary: 'Size over time; empty for a caller whose data scope is narrower than everything',
    params: Id,
    query: z.object({ days: z.coerce.number().int().min(1).max(180).default(30) }),
    returns: z.object({
      items: z.array(
        z.object({
          time: Timestamp,
          size: z.number().int(),
          entered: z.number().int(),
          left: z.number().int(),
        }),
      ),
    }),
  },
  ofProfile: {
    get: '/api/profiles/:id/segments',
    access: 'people:read',
    summary: 'Segments a person is in, with since when',
    params: Id,
    returns: z.object({
      items: z.array(z.object({ id: z.string(), name: z.string(), since: Timestamp.nullable() })),
    }),
  },
  ofCompany: {
    get: '/api/companies/:id/segments',
    access: 'segment:read',
    summary: 'Segments people of a company are in, with how many of those the caller may see',
    params: Id,
    returns: z.object({
      items: z.array(z.object({ id: z.string(), name: z.string(), people: z.number().int() })),
    }),
    fails: ['company.missing'],
  },
})
