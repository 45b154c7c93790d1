import { z } from 'zod'
import { defineRoutes, Timestamp } from '#platform/http/define-routes.ts'

export const AnomalyKind = z.enum(['silent', 'drop', 'surge'])
export type AnomalyKind = z.infer<typeof AnomalyKind>

/** What is watched: a source by its id, or an event by its name over all sources. */
export const SeriesKey = z
  .string()
  .max(600)
  .regex(/^(source|event):.+$/s)
  .meta({ description: '`source:<id>` or `event:<name>`' })

export const Anomaly = z.object({
  id: z.string(),
  series: z.string(),
  /** Name of the source or event. */
  name: z.string(),
  kind: AnomalyKind,
  /** The hour it was seen in; of a silence the moment of the last event. */
  since: Timestamp,
  openedAt: Timestamp,
  closedAt: Timestamp.nullable(),
  /** Events that were usual, and those that came. */
  expected: z.number(),
  seen: z.number(),
  muted: z.boolean(),
})
export type Anomaly = z.infer<typeof Anomaly>

export const SourceHealth = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  /**
   * `learning`: less than four days of it are known. `sparse`: fewer than 20 events in a usual hour, so nothing is said.
   * `unused`: nothing came for 45 days.
   */
  state: z.enum(['silent', 'drop', 'surge', 'normal', 'learning', 'sparse', 'unused']),
  lastEventAt: Timestamp.nullable(),
  /** Events of the last whole hour, and what is usual for that hour of that weekday. */
  lastHour: z.number().int(),
  usual: z.number().nullable(),
  /** Of the last 24 hours. */
  day: z.object({
    stored: z.number().int(),
    duplicate: z.number().int(),
    conflict: z.number().int(),
    rejected: z.number().int(),
    /** Differences from the tracking plan today and yesterday (UTC days). */
    violations: z.number().int(),
  }),
  /** Events of each of the last 24 hours, the running one last. */
  hours: z.array(z.number().int()),
  muted: z.boolean(),
})
export type SourceHealth = z.infer<typeof SourceHealth>

export const VolumePoint = z.object({
  hour: Timestamp,
  count: z.number().int(),
  /** What is usual, and the band normal hours lie in; null while too little is known. */
  usual: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
})
export type VolumePoint = z.infer<typeof VolumePoint>

export const routes = defineRoutes({
  sources: {
    get: '/api/health/sources',
    access: 'event:read',
    summary: 'How each source is doing: its last event, its rate against the usual, what was refused',
    returns: z.object({ items: z.array(SourceHealth), lookedAt: Timestamp.nullable() }),
  },
  anomalies: {
    get: '/api/health/anomalies',
    access: 'event:read',
    summary: 'Sources and events that stopped, dropped or surged, open ones first, of the last 30 days',
    query: z.object({ open: z.stringbool().default(false) }),
    returns: z.object({ items: z.array(Anomaly) }),
  },
  series: {
    get: '/api/health/series',
    access: 'event:read',
    summary: 'Events by hour of the last seven days with what is usual',
    query: z.object({ series: SeriesKey }),
    returns: z.object({ items: z.array(VolumePoint) }),
  },
  mute: {
    put: '/api/health/mute',
    access: 'event:write',
    summary: 'Say nothing of a source or event for some hours (null: until taken back; 0: from now on again)',
    body: z.object({
      series: SeriesKey,
      hours: z
        .number()
        .int()
        .min(0)
        .max(24 * 365)
        .nullable(),
    }),
    returns: z.void(),
  },
})
