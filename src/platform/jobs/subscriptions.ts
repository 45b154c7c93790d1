import type { WorkspaceCtx } from '#platform/context.ts'

export type EventHandler = {
  /** Event name of another module's contract, past tense: `profile.merged`. */
  event: string
  /** Unique name, kebab-case; with the event it names the job kind. */
  name: string
  handle: (ctx: WorkspaceCtx, payload: Record<string, unknown>) => Promise<void>
}

/** Which job kinds an emitted event becomes: one per subscriber, so each retries alone. */
export type Subscriptions = { kindsOf(event: string): string[]; handlers: readonly EventHandler[] }

export function subscriptionsOf(handlers: readonly EventHandler[]): Subscriptions {
  const byEvent = new Map<string, string[]>()
  for (const handler of handlers) {
    const kinds = byEvent.get(handler.event) ?? []
    kinds.push(jobKindOf(handler))
    byEvent.set(handler.event, kinds)
  }
  return { kindsOf: (event) => byEvent.get(event) ?? [], handlers }
}

export const jobKindOf = (handler: Pick<EventHandler, 'event' | 'name'>) =>
  `on:${handler.event}:${handler.name}`
