import { ChannelKind } from '#slots/channel-kind.ts'

export const channelKinds = ChannelKind.options
