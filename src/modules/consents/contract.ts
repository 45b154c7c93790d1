import { z } from 'zod'
import {
  ConsentEntry,
  ConsentSource,
  ConsentState,
  FrequencyCap,
  MessagingPolicy,
  NewTopic,
  PersonConsents,
  Proof,
  Suppression,
  SuppressionReason,
  Topic,
  TopicChange,
  TopicKey,
} from '#modules/consents/contract/shapes.ts'
import { defineRoutes, PageQuery, pageOf, Timestamp } from '#platform/http/define-routes.ts'
import { ChannelKind } from '#slots/channel-kind.ts'

const OnePerson = z.object({ id: z.string().min(1).max(64) })
const OneTopic = z.object({ key: TopicKey })
const OneSuppression = z.object({ id: z.string().min(1).max(64) })
const proof = Proof.default({})

export const routes = defineRoutes({
  change: {
    put: '/api/profiles/:id/consents',
    access: 'consent:write',
    summary: 'Note what somebody said of a topic on a channel; without a topic, of all marketing there',
    params: OnePerson,
    body: z.object({
      channel: ChannelKind,
      topic: TopicKey.nullable().default(null),
      state: ConsentState,
      proof,
      /** Left out: `api` for keys, `hand` for members. */
      source: ConsentSource.optional(),
    }),
    returns: PersonConsents,
    fails: ['profile.missing', 'consent.topic_missing'],
  },
  changeMany: {
    post: '/api/consents/changes',
    access: 'consent:write',
    summary: 'Note what many people said at once, in the order given; all or nothing',
    body: z.object({
      items: z
        .array(
          z.object({
            profileId: z.string().min(1).max(64),
            channel: ChannelKind,
            topic: TopicKey.nullable().default(null),
            state: ConsentState,
            proof,
          }),
        )
        .min(1)
        .max(500),
      source: ConsentSource.optional(),
    }),
    returns: z.object({
      /** Those that changed what counts; the others were known, or are kept as proof only. */
      applied: z.number().int(),
    }),
    fails: ['profile.missing', 'consent.topic_missing'],
  },
  ofPerson: {
    get: '/api/profiles/:id/consents',
    access: 'consent:read',
    summary: 'What somebody said, by which channels they can be reached, and why not',
    params: OnePerson,
    returns: PersonConsents,
    fails: ['profile.missing'],
  },
  history: {
    get: '/api/profiles/:id/consents/history',
    access: 'consent:read',
    summary: 'Everything they said, with its proof, newest first',
    params: OnePerson,
    query: PageQuery,
    returns: pageOf(ConsentEntry),
    fails: ['profile.missing'],
  },
  changeCap: {
    put: '/api/profiles/:id/message-cap',
    access: 'consent:write',
    summary: 'Send somebody less often than the policy allows; null: as the policy says',
    params: OnePerson,
    body: z.object({ cap: FrequencyCap }),
    returns: PersonConsents,
    fails: ['profile.missing'],
  },
  askToConfirm: {
    post: '/api/profiles/:id/consents/confirmations',
    access: 'consent:write',
    summary: 'Double opt-in: note a consent as pending and ask for its confirmation',
    params: OnePerson,
    body: z.object({
      channel: ChannelKind,
      topic: TopicKey.nullable().default(null),
      /** Left out: their address of the channel, when they have one only. */
      address: z.string().trim().min(1).max(512).optional(),
      language: z.enum(['zh', 'en']).optional(),
      proof,
    }),
    returns: z.object({
      consents: PersonConsents,
      /** Who brought the link to them; null: nobody can on this channel, so it is given here to be sent by hand. */
      sentBy: z.string().nullable(),
      url: z.string().nullable(),
      expiresAt: Timestamp,
    }),
    status: 201,
    secret: true,
    fails: ['profile.missing', 'consent.topic_missing', 'consent.no_address', 'consent.suppressed'],
  },
  listTopics: {
    get: '/api/consent-topics',
    access: 'consent:read',
    summary: 'Topics people can choose, in their order, archived ones last',
    returns: z.object({ items: z.array(Topic) }),
  },
  createTopic: {
    post: '/api/consent-topics',
    access: 'setting:write',
    summary: 'Create a topic',
    body: NewTopic,
    returns: Topic,
    status: 201,
    fails: ['consent.topic_taken', 'consent.too_many_topics'],
  },
  changeTopic: {
    patch: '/api/consent-topics/:key',
    access: 'setting:write',
    summary: 'Describe, move, archive or bring back a topic',
    params: OneTopic,
    body: TopicChange,
    returns: Topic,
    fails: ['consent.topic_missing'],
  },
  policy: {
    get: '/api/messaging/policy',
    access: 'consent:read',
    summary: 'What silence means, quiet hours, cap, and how the preference page looks',
    returns: MessagingPolicy,
  },
  savePolicy: {
    put: '/api/messaging/policy',
    access: 'setting:write',
    summary: 'Change the policy; what is left out stays as it is',
    body: MessagingPolicy.partial(),
    returns: MessagingPolicy,
  },
  listSuppressions: {
    get: '/api/suppressions',
    access: 'consent:read',
    summary: 'Addresses nothing is sent to, newest first; an address is found by itself as a whole',
    query: PageQuery.extend({
      channel: ChannelKind.optional(),
      reason: SuppressionReason.optional(),
      address: z.string().trim().min(1).max(512).optional(),
    }),
    returns: pageOf(Suppression),
    fails: ['profile.asked_too_often'],
  },
  addSuppression: {
    post: '/api/suppressions',
    access: 'suppression:write',
    summary: 'Send nothing to an address any more; one that is on the list stays as it is',
    body: z.object({
      channel: ChannelKind,
      address: z.string().trim().min(1).max(512),
      reason: SuppressionReason.exclude(['erased']).default('manual'),
      detail: z.string().trim().max(300).default(''),
      expiresAt: Timestamp.optional(),
    }),
    returns: Suppression,
    status: 201,
    fails: ['suppression.bad_address', 'suppression.ended', 'profile.asked_too_often'],
  },
  removeSuppression: {
    delete: '/api/suppressions/:id',
    access: 'suppression:write',
    summary: 'Take an address off the list; consents stay as they are',
    params: OneSuppression,
    returns: z.void(),
    fails: ['suppression.missing'],
  },
  importSuppressions: {
    post: '/api/suppressions/import',
    access: 'suppression:write',
    summary: 'Put addresses of a CSV file on the list: columns address, and if given channel, reason, detail',
    body: z.object({
      csv: z.string().min(1).max(3_500_000),
      /** Of lines that name none. */
      channel: ChannelKind.default('email'),
    }),
    returns: z.object({
      /** Its work in the background; null: no line is good. */
      jobId: z.string().nullable(),
      lines: z.number().int(),
      faulty: z.number().int(),
      /** The first of them; the header is line 1. */
      faults: z.array(
        z.object({ line: z.number().int(), why: z.enum(['bad_address', 'bad_channel', 'bad_reason']) }),
      ),
    }),
    status: 202,
    fails: ['suppression.no_address_column', 'suppression.unreadable', 'profile.asked_too_often'],
  },
  exportSuppressions: {
    get: '/api/suppressions/export',
    access: 'suppression:write',
    summary: 'The list as a CSV file: masked addresses and their hashes',
    returns: z.unknown(),
    produces: 'text/csv; charset=utf-8',
  },
})
