import { z } from 'zod'
import { SourceRef } from '#modules/access/contract.ts'
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
  source: SourceRef,
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
const label = z.string().trim().max(100)
/** What it is called on screen; empty where nobody said. Rules and rows go on naming it as it was sent. */
export const EventLabels = z.object({ zh: label, en: label })
export type EventLabels = z.infer<typeof EventLabels>
/** What holds as long as the catalogue says nothing else. */
export const Inherited = z.object({
  labels: EventLabels,
  description: z.string(),
  /** The tracking plan, or a standard name of the Segment spec. */
  from: z.enum(['plan', 'standard']).nullable(),
})
export type Inherited = z.infer<typeof Inherited>
const Said = z.object({
  labels: EventLabels,
  description: z.string(),
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Not offered where events are chosen. */
  hidden: z.boolean(),
})
const EventFacts = EventName.extend({
  firstSeen: Timestamp.nullable(),
  lastSeen: Timestamp.nullable(),
  ...Said.shape,
  inherited: Inherited,
})
export const CatalogueItem = EventFacts.extend({
  /** Events per day of the workspace's zone, as many as `days` of the answer. */
  days: z.array(z.number().int()),
})
export type CatalogueItem = z.infer<typeof CatalogueItem>
export const EventSource = SourceRef.extend({
  /** In the batches that were looked into. */
  count: z.number().int(),
  lastSeen: Timestamp,
})
export type EventSource = z.infer<typeof EventSource>
const Naming = z.object({ labels: EventLabels, description: z.string().trim().max(500) })
const Titled = z.object({
  zh: z.string(),
  en: z.string(),
  /** Its Chinese name in Latin letters, in full and by initials. */
  spelled: z.string(),
})
export const CatalogueEntry = EventFacts.extend({
  /** So many of its latest occurrences were looked into for properties. */
  sampled: z.number().int(),
  properties: z.array(
    z.object({
      path: z.string(),
      count: z.number().int(),
      types: z.array(z.object({ type: PropertyInfo.shape.type, count: z.number().int() })),
      examples: z.array(z.string()),
      /** Said in the catalogue of this event's property, and of the property in every event. */
      here: Naming.nullable(),
      everywhere: Naming.nullable(),
      description: z.string(),
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
      labels: EventLabels.optional(),
      description: z.string().max(2000).optional(),
      ownerId: z.string().min(1).max(64).nullable().optional(),
      hidden: z.boolean().optional(),
    }),
    returns: Said.extend({ name: z.string() }),
    fails: ['event.owner_missing'],
  },
  nameProperty: {
    put: '/api/events/catalogue/property',
    access: 'event:write',
    summary: 'Say what a property is called, in one event or (`event` null) in all; all empty takes it back',
    body: Naming.extend({ event: EventTitle.nullable(), path: EventTitle }),
    returns: z.void(),
  },
  titles: {
    get: '/api/events/titles',
    access: 'event:read',
    summary: 'Display names of events and their properties: said here, in the tracking plan, or standard',
    returns: z.object({
      events: z.array(Titled.extend({ name: z.string() })),
      properties: z.array(
        Titled.extend({
          /** Empty: in every event that has no name of its own for it. */
          event: z.string(),
          path: z.string(),
        }),
      ),
    }),
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
