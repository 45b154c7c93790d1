import { z } from 'zod'

/** The ways a message can reach a person. */
export const ChannelKind = z.enum(['email', 'sms', 'push', 'web_push', 'wechat', 'onsite', 'webhook'])
export type ChannelKind = z.infer<typeof ChannelKind>
