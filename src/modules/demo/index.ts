import { type LiveState, liveMessages as liveSince, startLive as startLiveFrom } from './live.ts'
import { type DemoBatch, type DemoOptions, demoBatches as tellStory } from './story/demo-batches.ts'
import type { Message } from './story/message.ts'

/** The people, messages and length of the demo workspace: what its documents and tests speak of. */
export const demoDefaults = { seed: 1, people: 50_000, events: 1_000_000 } as const

/**
 * The seeded past: Segment messages in order of sending, about a thousand to a batch. `at` is the sending time of the
 * batch's last message. Messages carry no `sentAt`, so a collector's clock-skew correction leaves them where they are.
 */
export function demoBatches(options: DemoOptions): Generator<DemoBatch> {
  return tellStory(options)
}

/** Prepares the live stream of the same story; pass the very options the past was made with. */
export function startLive(options: { seed: number; people: number; end: Date }): LiveState {
  return startLiveFrom(options)
}

/** The messages since the last call, at most a minute's worth: call it about once a second. */
export function liveMessages(state: LiveState, now: Date): Message[] {
  return liveSince(state, now)
}
