import { z } from 'zod'
import { PageQuery, pageOf, type RouteTable, Timestamp } from '#platform/http/define-routes.ts'
import { timelineGroups } from '#slots/timeline-source.ts'
import { Identifier, OneProfile } from './person.ts'

export const TimelineGroup = z.enum(timelineGroups)

export const TimelineItem = z.object({
  /**
   * `event`: something the person did (track, page, screen). `identify`, `group`, `alias`: other calls. `merge`,
   * `unmerge`: decisions. With `groups` also what modules tell: `owner`, `attributes`, `tag.added`, `segment.entered` …
   */
  type: z.string(),
  id: z.string(),
  name: z.string(),
  time: Timestamp,
  properties: z.record(z.string(), z.unknown()),
  /** Page, campaign, device … as the SDK sent them. */
  context: z.record(z.string(), z.unknown()).optional(),
  receivedAt: Timestamp.optional(),
  /** Identifiers the call itself carried. */
  identifiers: z.array(Identifier).optional(),
  group: TimelineGroup.optional(),
  /** Its place, for `at` of a later call and for links. */
  at: z.string().optional(),
  /** Something in it is shown masked to who asks; `revealEntry` answers it whole. */
  masked: z.boolean().optional(),
  /** Who did it, and why, where it was done by a user. */
  by: z.string().optional(),
  why: z.string().optional(),
})
export type TimelineItem = z.infer<typeof TimelineItem>

export const timelineRoutes = {
  timeline: {
    get: '/api/profiles/:id/timeline',
    access: 'people:read',
    summary: 'What happened, newest first',
    params: OneProfile,
    query: PageQuery.extend({
      /** Event names: one per parameter, exactly. A single one may also be several with commas between. */
      names: z.union([z.string().max(20_000), z.array(z.string().max(500)).max(200)]).optional(),
      search: z.string().max(200).optional(),
      from: Timestamp.optional(),
      to: Timestamp.optional(),
      /** `system` adds identify, group and alias calls and merges. */
      include: z.enum(['events', 'system']).default('events'),
      groups: z
        .string()
        .max(100)
        .optional()
        .meta({
          description: `In place of \`include\`: everything of these groups, with commas between (${timelineGroups.join(', ')}), or \`all\``,
        }),
      at: z.string().max(2000).optional().meta({
        description:
          'Where to begin: a moment, or `at` of an entry. Older entries include it, newer ones come after it',
      }),
      /** `newer` goes up from the cursor; the page still has the newest first, `next` goes on upwards. */
      direction: z.enum(['older', 'newer']).default('older'),
    }),
    returns: pageOf(TimelineItem),
    fails: ['request.bad_cursor'],
  },
  timelineGroups: {
    get: '/api/profiles/:id/timeline-groups',
    access: 'people:read',
    summary: 'Groups that have anything in this person’s timeline',
    params: OneProfile,
    returns: z.object({ items: z.array(TimelineGroup) }),
  },
  eventNames: {
    get: '/api/profiles/:id/event-names',
    access: 'people:read',
    summary: 'Event names in this person’s timeline with counts',
    params: OneProfile,
    returns: z.object({ items: z.array(z.object({ name: z.string(), count: z.number().int() })) }),
  },
  revealEntry: {
    post: '/api/profiles/:id/timeline/reveal',
    access: 'people:unmask',
    secret: true,
    summary: 'An entry of a timeline whole; noted in the audit log, and limited per member like `reveal`',
    params: OneProfile,
    body: z.object({
      /** `at` and `id` of the entry. */
      at: z.string().min(1).max(2000),
      id: z.string().min(1).max(500),
      why: z.string().trim().max(500).optional(),
    }),
    returns: TimelineItem,
    fails: ['profile.missing', 'timeline.entry_missing', 'request.bad_cursor', 'profile.too_many_reveals'],
  },
} as const satisfies RouteTable
