import { makerOfKey } from '#modules/access/server/keys/api-key-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

/** The member behind a request: of a key its maker, so that keys made by keys die together with them. */
export async function actingMember(tx: Tx, ctx: WorkspaceCtx): Promise<string> {
  const member = ctx.actor.kind === 'api_key' ? await makerOfKey(tx, ctx.actor.keyId) : memberIdOf(ctx)
  if (!member) throw new AppError('access.denied', 'denied', 'Only a member can do this.')
  return member
}

const memberIdOf = (ctx: WorkspaceCtx) => (ctx.actor.kind === 'member' ? ctx.actor.memberId : undefined)
