import { z } from 'zod'
import { Timestamp } from '#platform/http/define-routes.ts'
import { ChannelKind } from '#slots/channel-kind.ts'

export const ConsentState = z.enum(['granted', 'denied', 'pending'])
export type ConsentState = z.infer<typeof ConsentState>

/** How a consent came about. */
export const consentSources = [
  'api',
  'hand',
  'form',
  'import',
  'preference_page',
  'one_click',
  'reply',
  'double_opt_in',
] as const
export const ConsentSource = z.enum(consentSources)
export type ConsentSource = z.infer<typeof ConsentSource>

/** What shows that it was said: the text that was shown, the page, the message, the network address. */
export const Proof = z.record(
  z.string().min(1).max(60),
  z.union([z.string().max(4000), z.number(), z.boolean()]),
)
export type Proof = z.infer<typeof Proof>

export const topicKey = /^[a-z0-9][a-z0-9_-]{0,39}$/
export const TopicKey = z.string().regex(topicKey, 'small letters, digits, - and _, at most 40')
export const TopicClass = z.enum(['marketing', 'transactional'])
export const Silence = z.enum(['allow', 'refuse'])
const Name = z.string().trim().min(1).max(80)
const Text = z.string().trim().max(300)

export const Topic = z.object({
  key: TopicKey,
  name: z.object({ zh: Name, en: Name }),
  description: z.object({ zh: Text, en: Text }),
  /** Marketing needs consent and ends with an unsubscription from all; transactional goes on until it is refused by name. */
  class: TopicClass,
  /** What silence means on a channel, where it is not what the policy says. */
  defaults: z.partialRecord(ChannelKind, Silence),
  createdAt: Timestamp,
  /** Archived: nobody is asked for it any more; what was said stays. */
  archivedAt: Timestamp.nullable(),
})
export type Topic = z.infer<typeof Topic>

export const NewTopic = Topic.pick({ key: true, name: true, class: true }).extend({
  description: Topic.shape.description.default({ zh: '', en: '' }),
  defaults: Topic.shape.defaults.default({}),
})
/** The class is not among them: what people said, they said of that class. */
export const TopicChange = z.object({
  name: Topic.shape.name.optional(),
  description: Topic.shape.description.optional(),
  defaults: Topic.shape.defaults.optional(),
  archived: z.boolean().optional(),
  /** Its place in the list, from 0. */
  place: z.number().int().min(0).max(1000).optional(),
})

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time as 21:00')
export const QuietHours = z.object({ from: clock, to: clock }).nullable()
export const FrequencyCap = z
  .object({ messages: z.number().int().min(1).max(1000), days: z.number().int().min(1).max(90) })
  .nullable()

export const PageLook = z.object({
  /** By which name people know the sender; null: the workspace's. */
  name: z.object({ zh: Name, en: Name }).nullable(),
  /** Colour of buttons and links; null: ours. */
  colour: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .nullable(),
  /** Page about privacy, linked below; null: none. */
  privacyUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable(),
})
export type PageLook = z.infer<typeof PageLook>

export const MessagingPolicy = z.object({
  /** Whether somebody who said nothing may be sent marketing; transactional always may. */
  unknown_consent: Silence,
  /** In the person's zone; no marketing is sent between these times. */
  quiet_hours: QuietHours,
  /** Most marketing messages to one person over all channels. */
  frequency_cap: FrequencyCap,
  /** How long a link that confirms a consent works. */
  confirm_days: z.number().int().min(1).max(60),
  /** How the page looks on which people choose. */
  page: PageLook,
})
export type MessagingPolicy = z.infer<typeof MessagingPolicy>

export const suppressionReasons = [
  'hard_bounce',
  'complaint',
  'manual',
  'reply',
  'erased',
  'invalid',
] as const
export const SuppressionReason = z.enum(suppressionReasons)
export type SuppressionReason = z.infer<typeof SuppressionReason>

const Who = z.object({ kind: z.enum(['member', 'api_key', 'user', 'system']), name: z.string() })

export const Suppression = z.object({
  id: z.string(),
  channel: ChannelKind,
  /** As it looks masked; the whole address is not kept. Null: nothing of it is (erased). */
  masked: z.string().nullable(),
  reason: SuppressionReason,
  detail: z.string(),
  since: Timestamp,
  expiresAt: Timestamp.nullable(),
  by: Who,
})
export type Suppression = z.infer<typeof Suppression>

/** What counts now of a topic on a channel; the topic null where it is all marketing of it. */
export const StandingConsent = z.object({
  channel: ChannelKind,
  topic: TopicKey.nullable(),
  state: ConsentState,
  at: Timestamp,
})

/** Why somebody may not be sent to. */
export const Refusal = z.enum(['no_consent', 'denied', 'pending', 'suppressed'])
export type Refusal = z.infer<typeof Refusal>

/** One channel of a person: whether anything of marketing may be sent to them there, and why not. */
export const ChannelReach = z.object({
  channel: ChannelKind,
  reachable: z.boolean(),
  /** `no_address`: there is nothing to send to. */
  why: z.enum([...Refusal.options, 'no_address']).nullable(),
  /** How many addresses, and how many of these are on the list of suppressions. */
  addresses: z.number().int(),
  suppressed: z.number().int(),
  topics: z.array(
    z.object({
      topic: TopicKey,
      state: z.enum([...ConsentState.options, 'unknown']),
      reachable: z.boolean(),
      why: z.enum([...Refusal.options, 'no_address']).nullable(),
    }),
  ),
})
export type ChannelReach = z.infer<typeof ChannelReach>

export const PersonConsents = z.object({
  standing: z.array(StandingConsent),
  channels: z.array(ChannelReach),
  /** A cap of their own ("less often"). */
  cap: FrequencyCap,
})
export type PersonConsents = z.infer<typeof PersonConsents>

export const ConsentEntry = z.object({
  channel: ChannelKind,
  topic: TopicKey.nullable(),
  state: ConsentState,
  at: Timestamp,
  source: ConsentSource,
  proof: Proof,
  by: Who,
  /** False: kept as proof, while something stricter or later stands. */
  applied: z.boolean(),
})
export type ConsentEntry = z.infer<typeof ConsentEntry>
