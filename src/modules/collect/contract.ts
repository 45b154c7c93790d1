import { z } from 'zod'
import { defineRoutes, Timestamp } from '#platform/http/define-routes.ts'

/** What became of one received item. */
export const Outcome = z.enum(['stored', 'duplicate', 'conflict', 'rejected', 'pending'])
export type Outcome = z.infer<typeof Outcome>

export const LiveEvent = z.object({
  /** `seq:index` in the log. */
  id: z.string(),
  receivedAt: Timestamp,
  outcome: Outcome,
  /** Code of the reason when rejected or in conflict, e.g. `event.no_identifier`. */
  reason: z.string().nullable(),
  /** English sentence; the UI translates by code. */
  reasonText: z.string().nullable(),
  type: z.string().nullable(),
  name: z.string().nullable(),
  profileId: z.string().nullable(),
  source: z.string(),
  userId: z.string().nullable(),
  anonymousId: z.string().nullable(),
  messageId: z.string().nullable(),
  /** What in it breaks the tracking plan, when that is the reason. */
  faults: z.array(z.object({ property: z.string(), reason: z.string() })).optional(),
  /** The item as it was received. */
  raw: z.unknown(),
})
export type LiveEvent = z.infer<typeof LiveEvent>

export const EventName = z.object({
  name: z.string(),
  type: z.string(),
  count: z.number().int(),
  people: z.number().int(),
  firstSeen: Timestamp,
  lastSeen: Timestamp,
})
export const PropertyInfo = z.object({
  path: z.string(),
  type: z.enum(['text', 'number', 'boolean', 'list']),
  count: z.number().int(),
  examples: z.array(z.string()),
})

const EventTitle = z.string().min(1).max(500)
const Said = z.object({
  description: z.string(),
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Not offered where events are chosen. */
  hidden: z.boolean(),
})
const EventFacts = EventName.extend({
  firstSeen: Timestamp.nullable(),
  lastSeen: Timestamp.nullable(),
  ...Said.shape,
})
export const CatalogueItem = EventFacts.extend({
  /** Events per day of the workspace's zone, as many as `days` of the answer. */
  days: z.array(z.number().int()),
})
export type CatalogueItem = z.infer<typeof CatalogueItem>
export const EventSource = z.object({
  name: z.string(),
  /** In the batches that were looked into. */
  count: z.number().int(),
  lastSeen: Timestamp,
})
export type EventSource = z.infer<typeof EventSource>
export const CatalogueEntry = EventFacts.extend({
  /** So many of its latest occurrences were looked into for properties. */
  sampled: z.number().int(),
  properties: z.array(
    z.object({
      path: z.string(),
      count: z.number().int(),
      types: z.array(z.object({ type: PropertyInfo.shape.type, count: z.number().int() })),
      examples: z.array(z.string()),
    }),
  ),
  sources: z.array(EventSource),
})
export type CatalogueEntry = z.infer<typeof CatalogueEntry>

export const routes = defineRoutes({
  status: {
    get: '/api/status',
    access: 'event:read',
    summary: 'How many items were accepted and how many are projected everywhere',
    returns: z.object({
      /** Items answered 2xx: stored, duplicate and rejected with a reason. */
      accepted: z.number().int(),
      /** The same, but visible in every answer. */
      projected: z.number().int(),
      lag_seconds: z.number(),
      outcomes: z.object({
        stored: z.number().int(),
        duplicate: z.number().int(),
        conflict: z.number().int(),
        rejected: z.number().int(),
      }),
      /** Items accepted per second over the last minute. */
      rate: z.number(),
      /** Share of a rebuild of ClickHouse that is done, 0–1; null when none is under way. */
      rebuilding: z.number().nullable(),
    }),
  },
  live: {
    get: '/api/events/live',
    access: 'event:read',
    summary: 'Newest received items with outcome and raw payload; pass `after` to get only newer ones',
    query: z.object({
      after: z.string().optional(),
      before: z.string().optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
      outcome: Outcome.optional(),
      name: z.string().max(200).optional(),
      /** Part of a user id, anonymous id or message id. */
      search: z.string().max(200).optional(),
    }),
    returns: z.object({
      items: z.array(LiveEvent),
      newest: z.string().nullable(),
      next: z.string().nullable(),
    }),
  },
  catalogue: {
    get: '/api/events/catalogue',
    access: 'event:read',
    summary: 'Every event name with its volume per day of the last 30 days and what is said of it',
    returns: z.object({ items: z.array(CatalogueItem), days: z.array(z.string()) }),
  },
  catalogueEntry: {
    get: '/api/events/catalogue/entry',
    access: 'event:read',
    summary: 'One event: its properties with the types and examples seen, and the sources that send it',
    query: z.object({ name: EventTitle }),
    returns: CatalogueEntry,
    fails: ['event.missing'],
  },
  describe: {
    put: '/api/events/catalogue/entry',
    access: 'event:write',
    summary: 'Describe an event, name who answers for it, hide it from pickers; what is left out stays',
    body: z.object({
      name: EventTitle,
      description: z.string().max(2000).optional(),
      ownerId: z.string().min(1).max(64).nullable().optional(),
      hidden: z.boolean().optional(),
    }),
    returns: Said.extend({ name: z.string() }),
    fails: ['event.owner_missing'],
  },
  names: {
    get: '/api/events/names',
    access: 'event:read',
    summary: 'Event names with volumes (for pickers), hidden ones left out',
    query: z.object({ search: z.string().max(200).optional() }),
    returns: z.object({ items: z.array(EventName) }),
  },
  properties: {
    get: '/api/events/properties',
    access: 'event:read',
    summary: 'Properties of an event seen in its latest occurrences, with types and examples (for pickers)',
    query: z.object({ event: z.string().min(1).max(500) }),
    returns: z.object({ items: z.array(PropertyInfo) }),
  },
  volume: {
    get: '/api/events/volume',
    access: 'event:read',
    summary: 'Events per hour or day, for sparklines',
    query: z.object({
      hours: z.coerce
        .number()
        .int()
        .min(1)
        .max(24 * 180)
        .default(24),
      name: z.string().optional(),
    }),
    returns: z.object({ items: z.array(z.object({ time: Timestamp, count: z.number().int() })) }),
  },
})
