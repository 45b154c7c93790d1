import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { MessagingPolicy, Refusal } from '#modules/consents/contract/shapes.ts'
import { routes } from '#modules/consents/contract.ts'
import { addressHasher } from '#modules/consents/server/address.ts'
import { askToConfirm } from '#modules/consents/server/confirm/ask-to-confirm.ts'
import { mailSender } from '#modules/consents/server/confirm/mail-sender.ts'
import type { ConsentDeps } from '#modules/consents/server/consent-deps.ts'
import { createLinkTokens } from '#modules/consents/server/links/link-token.ts'
import {
  type LinkedMessage,
  type UnsubscribeLinks,
  unsubscribeLinks,
} from '#modules/consents/server/links/unsubscribe-links.ts'
import { changeCap, changeConsent, changeConsents } from '#modules/consents/server/log/change-consent.ts'
import { consentHistory } from '#modules/consents/server/log/history.ts'
import { type Recorded, recordStatements, type Statement } from '#modules/consents/server/log/record.ts'
import { pageRates, servePages } from '#modules/consents/server/pages/serve-pages.ts'
import { consentKeeper, forgetInPostgres } from '#modules/consents/server/personal-data.ts'
import { readCaps } from '#modules/consents/server/policy/person-cap.ts'
import { readPolicy } from '#modules/consents/server/policy/policy-store.ts'
import { getPolicy, savePolicy } from '#modules/consents/server/policy/save-policy.ts'
import { personConsents } from '#modules/consents/server/reach/person-consents.ts'
import { reachProjection as projectReach } from '#modules/consents/server/reach/person-projection.ts'
import { shipEverywhere } from '#modules/consents/server/reach/ship-unshipped.ts'
import { type Asked, refusals } from '#modules/consents/server/refusals.ts'
import { type ConsentsForRules, consentsForRules } from '#modules/consents/server/rule-answers.ts'
import {
  addSuppression,
  listSuppressions,
  removeSuppression,
} from '#modules/consents/server/suppressions/change-suppressions.ts'
import { expireSuppressions } from '#modules/consents/server/suppressions/expire.ts'
import { type Suppressing, suppressAll } from '#modules/consents/server/suppressions/suppress.ts'
import {
  exportSuppressions,
  importJob,
  importSuppressions,
} from '#modules/consents/server/suppressions/suppression-files.ts'
import { consentTimeline } from '#modules/consents/server/timeline-source.ts'
import { changeTopic, createTopic, listTopics } from '#modules/consents/server/topics/save-topics.ts'
import { type Clock, systemClock } from '#platform/clock.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'
import { createOpenRate } from '#platform/http/open-rate.ts'
import { openLookLoop } from '#platform/jobs/look-loop.ts'
import type { JobKind } from '#platform/jobs/worker.ts'
import type { Mailer } from '#platform/mail/open-mailer.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { ConfirmationSender } from '#slots/confirmation-sender.ts'
import type { PersonProjection } from '#slots/person-projection.ts'
import type { ErasedPerson, PersonalDataKeeper } from '#slots/personal-data.ts'
import type { TimelineSource } from '#slots/timeline-source.ts'

/** For workspaces that are made: the topics they begin with. */
export { seedTopics } from '#modules/consents/seed.ts'
/** Keyed hash of an address, the same everywhere; and which kinds of identifiers are addresses of which channel. */
export { addressHasher, addressKinds } from '#modules/consents/server/address.ts'
/** Whether a link in a message was rather opened by a machine, and why. */
export {
  isLikelyRobot,
  type RobotReason,
  type RobotVerdict,
} from '#modules/consents/server/links/likely-robot.ts'
/** What the module keeps in ClickHouse. */
export { analyticsSchema } from '#modules/consents/server/reach/analytics-schema.ts'
/** An address in its normal spelling, and how it looks masked. */
export { maskAddress, normalAddress } from '#modules/consents/server/suppressions/suppress.ts'
export type {
  Asked,
  ConsentsForRules,
  LinkedMessage,
  MessagingPolicy,
  Refusal,
  Statement,
  Suppressing,
  UnsubscribeLinks,
}

/** Consents and reach of people beside their rows in ClickHouse. */
export const reachProjection = (instanceKey: Buffer, clock: Clock): PersonProjection =>
  projectReach({ hash: addressHasher(instanceKey), clock })

/** What goes of people who were erased after the backup that is restored. */
export const forgetInConsents =
  (instanceKey: Buffer) =>
  (tx: Tx, erased: ErasedPerson): Promise<void> =>
    forgetInPostgres({ hash: addressHasher(instanceKey), clock: systemClock }, tx, erased)

export type ConsentsOptions = Omit<ConsentDeps, 'hash' | 'tokens' | 'senders'> & {
  instanceKey: Buffer
  mailer: Mailer
  /** Who can bring confirmations to addresses, before the operator's mail server; may still grow. */
  senders: readonly ConfirmationSender[]
}

export type Consents = {
  routes: ServedRoute[]
  jobKinds: JobKind[]
  keeper: PersonalDataKeeper
  timeline: TimelineSource
  forRules: ConsentsForRules
  /** Pages that links in messages open. */
  servePages(server: FastifyInstance): void
  /**
   * Why each person may not be sent to on a channel and topic; who has no entry may be. Inside the transaction that claims
   * the messages: until its end no consent of these people and addresses changes.
   */
  refusals(tx: Tx, ctx: Pick<WorkspaceCtx, 'workspace' | 'now'>, asked: Asked): Promise<Map<number, Refusal>>
  /** How messages may be sent in this workspace. */
  policyOf(tx: Tx, ctx: Pick<WorkspaceCtx, 'workspace'>): Promise<MessagingPolicy>
  /** Caps of their own, by person; stricter or not, they count in place of the policy's where they are stricter. */
  capsOf(tx: Tx, persons: readonly number[]): Promise<Map<number, { messages: number; days: number }>>
  /** Ends sending to an address, in the caller's transaction; lists and segments follow within a second or two. */
  suppress(tx: Tx, ctx: Pick<WorkspaceCtx, 'now' | 'actor'>, given: Suppressing): Promise<void>
  /** Notes what people said (a reply, a form), in the caller's transaction. */
  record(tx: Tx, statements: readonly Statement[]): Promise<Recorded[]>
  /** Addresses by which who gets a message ends or changes what they are sent; no row is kept of them. */
  unsubscribeLinks(ctx: Pick<WorkspaceCtx, 'workspace'>, message: LinkedMessage): UnsubscribeLinks
  /** Keyed hash of an address, 32 bytes. */
  addressHash(ctx: Pick<WorkspaceCtx, 'workspace'>, address: string): Buffer
  start(): void
  stop(): Promise<void>
}

/** The module, opened once by the composition root. */
export function openConsents({ instanceKey, mailer, senders, ...options }: ConsentsOptions): Consents {
  const ownServer = mailSender(mailer)
  const deps: ConsentDeps = {
    ...options,
    hash: addressHasher(instanceKey),
    tokens: createLinkTokens(instanceKey),
    senders: () => [...senders, ownServer],
  }
  const rate = createOpenRate(deps.clock, pageRates)
  // What was noted without waiting for its turn, or was broken off.
  const loop = openLookLoop(deps.log, { everyMs: 1000, failed: 'shipping consents failed' }, async () => {
    await expireSuppressions(deps)
    await shipEverywhere(deps)
  })
  return {
    routes: serveConsents(deps),
    jobKinds: [importJob(deps)],
    keeper: consentKeeper(deps),
    timeline: consentTimeline(deps),
    forRules: consentsForRules(deps),
    servePages: (server) => servePages(server, { ...deps, rate }),
    refusals: (tx, ctx, asked) => refusals(deps.hash, tx, ctx, asked),
    policyOf: (tx) => readPolicy(tx),
    capsOf: readCaps,
    suppress: async (tx, ctx, given) => {
      await suppressAll(deps.hash, tx, ctx, [given])
    },
    record: (tx, statements) => recordStatements(deps, tx, statements),
    unsubscribeLinks: (ctx, message) => unsubscribeLinks(deps, ctx, message),
    addressHash: (ctx, address) => deps.hash(ctx.workspace.num, address),
    start: loop.start,
    stop: loop.stop,
  }
}

const serveConsents = (deps: ConsentDeps) =>
  implement(routes, {
    change: ({ ctx, params, body }) => changeConsent(deps, ctx, params.id, body),
    changeMany: ({ ctx, body }) => changeConsents(deps, ctx, body),
    ofPerson: ({ ctx, params }) => personConsents(deps, ctx, params.id),
    history: ({ ctx, params, query }) => consentHistory(deps, ctx, params.id, query),
    changeCap: ({ ctx, params, body }) => changeCap(deps, ctx, params.id, body.cap),
    askToConfirm: ({ ctx, params, body }) => askToConfirm(deps, ctx, params.id, body),
    listTopics: ({ ctx }) => listTopics(deps, ctx),
    createTopic: ({ ctx, body }) => createTopic(deps, ctx, body),
    changeTopic: ({ ctx, params, body }) => changeTopic(deps, ctx, params.key, body),
    policy: ({ ctx }) => getPolicy(deps, ctx),
    savePolicy: ({ ctx, body }) => savePolicy(deps, ctx, body),
    listSuppressions: ({ ctx, query }) => listSuppressions(deps, ctx, query),
    addSuppression: ({ ctx, body }) => addSuppression(deps, ctx, body),
    removeSuppression: ({ ctx, params }) => removeSuppression(deps, ctx, params.id),
    importSuppressions: ({ ctx, body }) => importSuppressions(deps, ctx, body),
    exportSuppressions: async ({ ctx, reply }) => {
      const day = new Date(ctx.now).toISOString().slice(0, 10)
      reply.header('content-disposition', `attachment; filename="suppressions-${day}.csv"`)
      return Readable.from(exportSuppressions(deps, ctx))
    },
  })
