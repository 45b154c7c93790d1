import { z } from 'zod'
import { defineRoutes, PageQuery, pageOf, Timestamp } from '#platform/http/define-routes.ts'

/** What an endpoint can ask to be told of. */
export const webhookTypes = [
  'person.created',
  'person.changed',
  'person.merged',
  'segment.entered',
  'segment.left',
  'alert.fired',
  'alert.recovered',
  'consent.changed',
] as const
export const WebhookType = z.enum(webhookTypes)
export type WebhookType = z.infer<typeof WebhookType>

/** Why an endpoint is off: by hand, because it answered 410, or after five days without one success. */
export const OffReason = z.enum(['by_hand', 'gone', 'failing'])
export type OffReason = z.infer<typeof OffReason>

export const WebhookEndpoint = z.object({
  id: z.string(),
  url: z.string(),
  description: z.string(),
  types: z.array(WebhookType),
  /** Of these segments only; null: of all. */
  segments: z.array(z.string()).nullable(),
  enabled: z.boolean(),
  off: z.object({ reason: OffReason, at: Timestamp }).nullable(),
  /** Every attempt since then has failed; null: the last one succeeded, or there was none. */
  failingSince: Timestamp.nullable(),
  /** The receiver asked to be left alone until then (Retry-After). */
  pausedUntil: Timestamp.nullable(),
  /** Until then messages carry a second signature, by the secret before. */
  oldSecretUntil: Timestamp.nullable(),
  /** Of the last 24 hours. */
  recent: z.object({ delivered: z.number().int(), waiting: z.number().int(), failed: z.number().int() }),
  createdBy: z.string(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type WebhookEndpoint = z.infer<typeof WebhookEndpoint>

/** `skipped`: came while the endpoint was off; a replay sends it. */
export const DeliveryState = z.enum(['waiting', 'delivered', 'failed', 'skipped'])
export type DeliveryState = z.infer<typeof DeliveryState>

export const Delivery = z.object({
  /** Id of the message, as in the header `webhook-id`; the same at every attempt. */
  id: z.string(),
  type: z.string(),
  /** How many people it names. */
  people: z.number().int(),
  state: DeliveryState,
  attempts: z.number().int(),
  /** HTTP status of the last attempt; null when there was no answer. */
  status: z.number().int().nullable(),
  /** Why there was no answer: `outbound.timed_out`, `outbound.refused_target`, … */
  error: z.string().nullable(),
  nextAt: Timestamp.nullable(),
  createdAt: Timestamp,
})
export type Delivery = z.infer<typeof Delivery>

export const Attempt = z.object({
  at: Timestamp,
  status: z.number().int().nullable(),
  error: z.string().nullable(),
  tookMs: z.number().int(),
  /** Beginning of the answer. */
  answer: z.string(),
})
export type Attempt = z.infer<typeof Attempt>

const Id = z.object({ id: z.string().min(1).max(64) })
const OneDelivery = Id.extend({ message: z.string().min(1).max(64) })
const Secret = z
  .string()
  .meta({ description: 'Shown only now: `whsec_` and base64, as Standard Webhooks says' })

const SaveEndpoint = z.object({
  url: z.string().trim().min(1).max(2000),
  description: z.string().trim().max(500).default(''),
  types: z.array(WebhookType).min(1).max(webhookTypes.length),
  segments: z.array(z.string().min(1).max(80)).min(1).max(200).nullable().default(null),
})
export type SaveEndpoint = z.infer<typeof SaveEndpoint>

export const routes = defineRoutes({
  list: {
    get: '/api/webhooks',
    access: 'webhook:read',
    summary: 'All webhook endpoints, newest first',
    query: PageQuery,
    returns: pageOf(WebhookEndpoint),
  },
  create: {
    post: '/api/webhooks',
    access: 'webhook:write',
    summary: 'Add an endpoint; answers its signing secret, this once',
    body: SaveEndpoint,
    returns: z.object({ endpoint: WebhookEndpoint, secret: Secret }),
    status: 201,
    secret: true,
    fails: ['webhook.too_many', 'webhook.scope', 'outbound.bad_url', 'outbound.refused_target'],
  },
  get: {
    get: '/api/webhooks/:id',
    access: 'webhook:read',
    summary: 'One endpoint',
    params: Id,
    returns: WebhookEndpoint,
    fails: ['webhook.missing'],
  },
  change: {
    patch: '/api/webhooks/:id',
    access: 'webhook:write',
    summary: 'Change an endpoint, or switch it on or off',
    params: Id,
    body: z.object({
      url: SaveEndpoint.shape.url.optional(),
      description: z.string().trim().max(500).optional(),
      types: SaveEndpoint.shape.types.optional(),
      segments: z.array(z.string().min(1).max(80)).min(1).max(200).nullable().optional(),
      enabled: z.boolean().optional(),
    }),
    returns: WebhookEndpoint,
    fails: ['webhook.missing', 'webhook.scope', 'outbound.bad_url', 'outbound.refused_target'],
  },
  remove: {
    delete: '/api/webhooks/:id',
    access: 'webhook:write',
    summary: 'Remove an endpoint and its log',
    params: Id,
    returns: z.void(),
    fails: ['webhook.missing'],
  },
  rotateSecret: {
    post: '/api/webhooks/:id/rotate-secret',
    access: 'webhook:write',
    summary: 'New signing secret; for 24 hours messages are signed with the old one, too',
    params: Id,
    returns: z.object({ secret: Secret, oldSecretUntil: Timestamp }),
    secret: true,
    fails: ['webhook.missing'],
  },
  test: {
    post: '/api/webhooks/:id/test',
    access: 'webhook:write',
    summary: 'Send a message of type `webhook.test` now, once, and answer how it went',
    params: Id,
    returns: z.object({ id: z.string(), delivered: z.boolean(), attempt: Attempt }),
    fails: ['webhook.missing'],
  },
  listDeliveries: {
    get: '/api/webhooks/:id/deliveries',
    access: 'webhook:read',
    summary: 'Messages to an endpoint, newest first; kept for 30 days',
    params: Id,
    query: PageQuery.extend({ state: DeliveryState.optional(), type: z.string().max(40).optional() }),
    returns: pageOf(Delivery),
    fails: ['webhook.missing'],
  },
  getDelivery: {
    get: '/api/webhooks/:id/deliveries/:message',
    access: 'webhook:read',
    summary: 'One message: its body and every attempt',
    params: OneDelivery,
    returns: Delivery.extend({ body: z.string(), log: z.array(Attempt) }),
    fails: ['webhook.missing', 'webhook.message_missing'],
  },
  sendAgain: {
    post: '/api/webhooks/:id/deliveries/:message/again',
    access: 'webhook:write',
    summary: 'Send a message again, under the same id',
    params: OneDelivery,
    returns: Delivery,
    status: 202,
    fails: ['webhook.missing', 'webhook.message_missing', 'webhook.off'],
  },
  replay: {
    post: '/api/webhooks/:id/replay',
    access: 'webhook:write',
    summary: 'Send the messages of a span of time again; only those that did not arrive, or all',
    params: Id,
    body: z
      .object({ from: Timestamp, to: Timestamp, all: z.boolean().default(false) })
      .refine(({ from, to }) => Date.parse(from) < Date.parse(to), {
        message: '`from` must be before `to`.',
      }),
    returns: z.object({ messages: z.number().int() }),
    status: 202,
    fails: ['webhook.missing', 'webhook.off'],
  },
})
