import type { WorkspaceCtx } from '#platform/context.ts'
import type { JobKind } from '#platform/jobs/worker.ts'

export type EventHandler = {
  /** Event name of another module's contract, past tense: `profile.merged`. */
  event: string
  /** Unique name, kebab-case; with the event it names the job kind. */
  name: string
  handle: (ctx: WorkspaceCtx, payload: Record<string, unknown>) => Promise<void>
  /** Default: as every job. Waits double, so each further one doubles the outage that is outlived. */
  maxAttempts?: number
}

/** Which job kinds an emitted event becomes: one per subscriber, so each retries alone. */
export type Subscriptions = { kindsOf(event: string): string[]; handlers: readonly EventHandler[] }

/** `handlers` may still grow while modules are opened; it is read when an event is emitted. */
export function subscriptionsOf(handlers: readonly EventHandler[]): Subscriptions {
  return {
    handlers,
    kindsOf: (event) => handlers.filter((handler) => handler.event === event).map(jobKindOf),
  }
}

/** Job kinds that run the handlers, one each. */
export function jobsOf(handlers: readonly EventHandler[]): JobKind[] {
  return handlers.map((handler) => ({
    kind: jobKindOf(handler),
    run: ({ ctx, payload }) => handler.handle(ctx, payload),
    ...(handler.maxAttempts === undefined ? {} : { maxAttempts: handler.maxAttempts }),
  }))
}

export const jobKindOf = (handler: Pick<EventHandler, 'event' | 'name'>) =>
  `on:${handler.event}:${handler.name}`
