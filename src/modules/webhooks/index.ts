import { routes } from '#modules/webhooks/contract.ts'
import {
  changeEndpoint,
  createEndpoint,
  removeEndpoint,
  rotateSecret,
} from '#modules/webhooks/server/change-endpoints.ts'
import { startDelivery } from '#modules/webhooks/server/delivery-loop.ts'
import { forgetPerson } from '#modules/webhooks/server/forget-person.ts'
import { getEndpoint, listEndpoints } from '#modules/webhooks/server/list-endpoints.ts'
import {
  alertListener,
  consentListener,
  peopleListener,
  segmentListener,
} from '#modules/webhooks/server/note-changes.ts'
import { getDelivery, listDeliveries } from '#modules/webhooks/server/read-deliveries.ts'
import { segmentUsers } from '#modules/webhooks/server/segment-users.ts'
import { replay, sendAgain } from '#modules/webhooks/server/send-again.ts'
import { sendTest } from '#modules/webhooks/server/send-test.ts'
import type { WebhooksDeps } from '#modules/webhooks/server/webhooks-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'
import type { AlertListener } from '#slots/alert-listener.ts'
import type { ConsentListener } from '#slots/consent-listener.ts'
import type { PeopleListener } from '#slots/people-listener.ts'
import type { SegmentListener } from '#slots/segment-listener.ts'
import type { SegmentUsers } from '#slots/segment-users.ts'

export type Webhooks = {
  routes: ServedRoute[]
  /** Note messages in the moment of the change; for the slots of collect and segments. */
  peopleListener: PeopleListener
  segmentListener: SegmentListener
  /** Notes messages in the moment an alert fires or recovers; for the slot of alerts. */
  alertListener: AlertListener
  /** Notes messages in the moment a consent changes; for the slot of consents. */
  consentListener: ConsentListener
  /** Endpoints that name a segment. */
  segmentUsers: SegmentUsers
  /** Takes the ids of the erased out of messages. */
  keeper: { name: string; forget(ctx: WorkspaceCtx, person: { marks: readonly string[] }): Promise<void> }
  /** Delivery begins. */
  start(): void
  /** What is on its way is given up and sent again at the next start. */
  stop(): Promise<void>
}

/** The module, opened once by the composition root. */
export function openWebhooks(options: Omit<WebhooksDeps, 'random'> & { random?: () => number }): Webhooks {
  const deps: WebhooksDeps = { random: Math.random, ...options }
  let loop: ReturnType<typeof startDelivery> | undefined
  return {
    routes: implement(routes, {
      list: ({ ctx, query }) => listEndpoints(deps, ctx, query),
      create: ({ ctx, body }) => createEndpoint(deps, ctx, body),
      get: ({ ctx, params }) => getEndpoint(deps, ctx, params.id),
      change: ({ ctx, params, body }) => changeEndpoint(deps, ctx, params.id, body),
      remove: ({ ctx, params }) => removeEndpoint(deps, ctx, params.id),
      rotateSecret: ({ ctx, params }) => rotateSecret(deps, ctx, params.id),
      test: ({ ctx, params }) => sendTest(deps, ctx, params.id),
      listDeliveries: ({ ctx, params, query }) => listDeliveries(deps, ctx, params.id, query),
      getDelivery: ({ ctx, params }) => getDelivery(deps, ctx, params.id, params.message),
      sendAgain: ({ ctx, params }) => sendAgain(deps, ctx, params.id, params.message),
      replay: ({ ctx, params, body }) => replay(deps, ctx, params.id, body),
    }),
    peopleListener: peopleListener(deps),
    segmentListener: segmentListener(deps),
    alertListener,
    consentListener: consentListener(deps),
    segmentUsers,
    keeper: { name: 'webhooks', forget: (ctx, { marks }) => forgetPerson(deps, ctx, marks) },
    start: () => {
      loop = startDelivery(deps)
    },
    stop: async () => loop?.stop(),
  }
}
