import { z } from 'zod'

/** The ways a message can reach a person. */
export const channelKinds = ['email', 'sms', 'push', 'web_push', 'wechat', 'onsite', 'webhook'] as const
export const ChannelKind = z.enum(channelKinds)
export type ChannelKind = z.infer<typeof ChannelKind>
