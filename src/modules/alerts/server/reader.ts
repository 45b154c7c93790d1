import type { Reader } from '#modules/alerts/server/alert-store.ts'
import type { AlertsDeps } from '#modules/alerts/server/alerts-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

/**
 * Which alerts somebody sees. Their values are counted with the rights of their makers, so one sees what one made or is told
 * of; all of them only who sees all people in full and looks after the workspace.
 */
export async function readerOf(
  { access }: Pick<AlertsDeps, 'access'>,
  tx: Tx,
  ctx: WorkspaceCtx,
): Promise<Reader> {
  const all = ctx.scope.all && ctx.permissions.has('setting:write') && ctx.permissions.has('people:unmask')
  return { member: await access.memberBehind(tx, ctx), all }
}
