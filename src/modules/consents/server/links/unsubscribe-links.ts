import type { ConsentDeps } from '#modules/consents/server/consent-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { ChannelKind } from '#slots/channel-kind.ts'

export type LinkedMessage = {
  person: number
  address: string
  channel: ChannelKind
  topic: string
  hash?: Buffer
}
/** `oneClick` goes into `List-Unsubscribe` beside `List-Unsubscribe-Post` (RFC 8058); `preferences` into the text. */
export type UnsubscribeLinks = { preferences: string; oneClick: string }

/** The addresses by which who gets a message may end or change what they are sent; nothing is kept of them. */
export function unsubscribeLinks(
  deps: Pick<ConsentDeps, 'tokens' | 'hash' | 'baseUrl'>,
  ctx: Pick<WorkspaceCtx, 'workspace'>,
  { person, address, channel, topic, hash }: LinkedMessage,
): UnsubscribeLinks {
  const token = deps.tokens.make({
    ...{ purpose: 'choose', workspace: ctx.workspace.num, person, channel, topic, expiresAt: undefined },
    address: hash ?? deps.hash(ctx.workspace.num, address),
  })
  return { preferences: `${deps.baseUrl}/u/${token}`, oneClick: `${deps.baseUrl}/u/${token}/one-click` }
}
