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
  names: {
    get: '/api/events/names',
    access: 'event:read',
    summary: 'Event names with volumes (for pickers)',
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
