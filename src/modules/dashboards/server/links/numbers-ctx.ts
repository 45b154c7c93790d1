import type { MemberStanding } from '#modules/access/index.ts'
import type { Ctx, WorkspaceCtx } from '#platform/context.ts'

/** What tiles are made of; people are not among it. */
const numbersOnly = ['analytics:read', 'order:read']

/**
 * With the rows the maker may see, and nothing else of theirs: no people, and personal data blind, so that none stands in
 * a breakdown before the eyes of whoever has the address or gets the mail.
 */
export function numbersCtx(asked: Ctx, name: string, maker: MemberStanding): WorkspaceCtx {
  return {
    ...asked,
    actor: { kind: 'system', name },
    permissions: new Set(numbersOnly.filter((one) => maker.permissions.has(one))),
    scope: maker.scope,
    workspace: maker.workspace,
    sight: 'blind',
  }
}
