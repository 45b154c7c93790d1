import { z } from 'zod'
import { Question } from '#modules/analytics/contract.ts'
import { PageQuery, pageOf, type RouteTable, Timestamp } from '#platform/http/define-routes.ts'
import { AlertCondition, AlertInterval, AlertMetric, judged, units } from './condition.ts'

export const alertStates = ['ok', 'firing', 'learning', 'muted', 'paused', 'error'] as const
export const AlertState = z.enum(alertStates)
export type AlertState = z.infer<typeof AlertState>

const Name = z.string().trim().min(1).max(120)
/** What the address of the analysis page had, so that a message leads back to it. */
const State = z
  .record(z.string().max(64), z.unknown())
  .refine((state) => JSON.stringify(state).length <= 50_000, { params: { reason: 'too_long' } })

const Tell = z.strictObject({
  /** Members told in the program; the maker is one of them unless left out. */
  members: z.array(z.string().min(1).max(64)).max(50),
  /** The same members by mail, too. */
  mail: z.boolean().default(false),
  /** Webhook endpoints that ask for `alert.fired` and `alert.recovered`. */
  webhook: z.boolean().default(false),
  /** Of them only these; null: every one. */
  endpoints: z.array(z.string().min(1).max(64)).min(1).max(50).nullable().default(null),
})

const settings = {
  condition: AlertCondition,
  /** Also while the bucket is running; for thresholds that are exceeded only. */
  running: z.boolean().default(false),
  /** Hour of the workspace's clock at which days, weeks and months are looked at. */
  hour: z.int().min(0).max(23).default(8),
  /** Told again while it goes on, every so many buckets; null: once. */
  remindEvery: z.int().min(1).max(1000).nullable().default(null),
}

export const Evaluation = z.object({
  ...judged,
  /** While the bucket was running. */
  running: z.boolean(),
  /** What changed with this bucket. */
  edge: z.enum(['fired', 'recovered']).nullable(),
  /** What was told. */
  told: z.enum(['fired', 'recovered', 'reminded']).nullable(),
  at: Timestamp,
})
export type Evaluation = z.infer<typeof Evaluation>

/** An alert that fired at a bucket: a mark on the curve it watches. */
export const Firing = z.object({
  alert: z.object({ id: z.string(), name: z.string() }),
  metric: AlertMetric,
  t: z.string(),
})
export type Firing = z.infer<typeof Firing>

export const Alert = z
  .object({
    id: z.string(),
    name: z.string(),
    ...settings,
    running: z.boolean(),
    hour: z.number().int(),
    remindEvery: z.number().int().nullable(),
    metric: AlertMetric,
    /** What the watched line is called, in the words of whoever made the alert. */
    line: z.string(),
    question: Question,
    state: z.record(z.string(), z.unknown()),
    /** The saved analysis it was made from, while that exists. */
    analysis: z.object({ id: z.string(), name: z.string() }).nullable(),
    interval: AlertInterval,
    unit: z.enum(units),
    tell: z.object({
      members: z.array(z.string()),
      mail: z.boolean(),
      webhook: z.boolean(),
      endpoints: z.array(z.string()).nullable(),
    }),
    /** Whose rights it counts with. */
    maker: z.string(),
    mine: z.boolean(),
    standing: AlertState,
    /** Set while `paused`: by hand, or because its maker may not ask it any more. */
    pausedFor: z.enum(['by_hand', 'rights']).nullable(),
    mutedUntil: Timestamp.nullable(),
    /** Code of what went wrong at the last try. */
    fault: z.string().nullable(),
    last: Evaluation.nullable(),
    /** Values of the latest buckets, oldest first. */
    recent: z.array(z.number().nullable()),
    lookedAt: Timestamp.nullable(),
    /** Null: now, or while it is paused never. */
    nextAt: Timestamp.nullable(),
    version: z.number().int(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'Alert' })
export type Alert = z.infer<typeof Alert>

const watched = {
  question: Question,
  metric: AlertMetric,
}
const Id = z.object({ id: z.string().min(1).max(64) })
const missing = ['alert.missing'] as const
const asked = [
  'alert.cannot_watch',
  'alert.line_missing',
  'rule.malformed',
  'rule.asks_too_much',
  'profile.asked_too_often',
  'analytics.bad_question',
  'analytics.asks_too_much',
  'analytics.took_too_long',
  'analytics.too_many_questions',
] as const

export const alertRoutes = {
  list: {
    get: '/api/alerts',
    access: 'analytics:read',
    summary:
      'Alerts I made or that tell me; all of them for those who may change settings and see all people. By name',
    query: PageQuery.extend({
      search: z.string().max(120).optional(),
      standing: AlertState.optional(),
      mine: z.stringbool().default(false),
    }),
    returns: pageOf(Alert),
  },
  get: {
    get: '/api/alerts/:id',
    access: 'analytics:read',
    summary: 'One alert',
    params: Id,
    returns: Alert,
    fails: missing,
  },
  options: {
    get: '/api/alerts/options',
    access: 'analytics:read',
    summary: 'Whom and where an alert may tell: members, mail, webhook endpoints that ask for alerts',
    returns: z.object({
      mail: z.boolean(),
      me: z.string(),
      members: z.array(z.object({ id: z.string(), name: z.string() })),
      /** For those who may see webhooks. */
      endpoints: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  },
  create: {
    post: '/api/alerts',
    access: 'analytics:write',
    summary: 'Watch one number of a question; counted with the rights of its maker as they are then',
    body: z.object({
      name: Name,
      ...watched,
      line: z.string().trim().max(300).default(''),
      state: State.default({}),
      analysis: z.string().max(64).nullable().default(null),
      ...settings,
      tell: Tell,
    }),
    returns: Alert,
    status: 201,
    fails: [...asked, 'alert.too_many', 'alert.member_missing', 'alert.endpoint_missing'],
  },
  change: {
    patch: '/api/alerts/:id',
    access: 'analytics:write',
    summary: 'Change the name, when it fires and whom it tells; by its maker',
    params: Id,
    body: z.object({
      version: z.number().int(),
      name: Name.optional(),
      condition: AlertCondition.optional(),
      running: z.boolean().optional(),
      hour: settings.hour.unwrap().optional(),
      remindEvery: z.int().min(1).max(1000).nullable().optional(),
      tell: Tell.optional(),
    }),
    returns: Alert,
    fails: [
      ...missing,
      'alert.not_yours',
      'alert.changed',
      'alert.cannot_watch',
      'alert.member_missing',
      'alert.endpoint_missing',
    ],
  },
  remove: {
    delete: '/api/alerts/:id',
    access: 'analytics:write',
    summary: 'Delete; for 30 days it can be brought back',
    params: Id,
    returns: z.void(),
    fails: missing,
  },
  restore: {
    post: '/api/alerts/:id/restore',
    access: 'analytics:write',
    summary: 'Bring a deleted alert back with its history',
    params: Id,
    returns: Alert,
    fails: missing,
  },
  pause: {
    put: '/api/alerts/:id/pause',
    access: 'analytics:write',
    summary: 'Stop looking, or look again; what happens meanwhile is not told',
    params: Id,
    body: z.object({ paused: z.boolean() }),
    returns: Alert,
    fails: [...missing, 'alert.no_rights'],
  },
  mute: {
    put: '/api/alerts/:id/mute',
    access: 'analytics:write',
    summary: 'Look, but tell nobody until then; null: tell again',
    params: Id,
    body: z.object({ until: Timestamp.nullable() }),
    returns: Alert,
    fails: missing,
  },
  history: {
    get: '/api/alerts/:id/history',
    access: 'analytics:read',
    summary: 'What was found, bucket by bucket, newest first; of hours kept for 90 days, else for 800',
    params: Id,
    query: PageQuery,
    returns: pageOf(Evaluation),
    fails: missing,
  },
  firings: {
    post: '/api/alerts/firings',
    access: 'analytics:read',
    summary:
      'When alerts that watch the numbers of this question fired, of those I see; its range and what shapes curves aside',
    body: z.object({ question: Question, from: z.iso.date(), to: z.iso.date() }),
    returns: z.object({ items: z.array(Firing) }),
  },
  preview: {
    post: '/api/alerts/preview',
    access: 'analytics:write',
    summary: 'What such an alert would have done: the last 7 days of hours, 30 days, 26 weeks or 12 months',
    body: z.object({ ...watched, condition: AlertCondition, remindEvery: settings.remindEvery }),
    returns: z.object({
      interval: AlertInterval,
      unit: z.enum(units),
      zone: z.string(),
      points: z.array(
        z.object({
          ...judged,
          edge: z.enum(['fired', 'recovered']).nullable(),
        }),
      ),
      /** How often it would have fired. */
      fired: z.number().int(),
      /** Days of history it needs yet to say anything now. */
      needs: z.number().int(),
    }),
    fails: asked,
  },
} as const satisfies RouteTable
