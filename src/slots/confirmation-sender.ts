import type { WorkspaceCtx } from '#platform/context.ts'
import type { ChannelKind } from '#slots/channel-kind.ts'

/** What asks somebody to confirm a consent. */
export type Confirmation = {
  channel: ChannelKind
  address: string
  /** Page on which they confirm; works until `expiresAt` (ms). */
  url: string
  expiresAt: number
  language: 'zh' | 'en'
  /** What is confirmed, in their language; the sender's name. */
  topic: string
  sender: string
}

/**
 * Extension point: who can bring a confirmation to an address. The first that takes the channel sends; without one the
 * link is given to whoever asked for it.
 * Example: messaging, with the workspace's own channels.
 */
export type ConfirmationSender = {
  name: string
  /** Whether it can send on a channel for this workspace now. */
  takes(ctx: WorkspaceCtx, channel: ChannelKind): Promise<boolean>
  send(ctx: WorkspaceCtx, confirmation: Confirmation): Promise<void>
}
